// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// Ctrl+K: a chat by a few letters of its name; behind ">" a command.
Sheet {
    id: root

    wide: 560
    first: field
    y: parent ? Math.min(96, (parent.height - height) / 2) : 0
    onAboutToShow: {
        field.clear()
        Switcher.text = ""
        list.currentIndex = 0
    }
    function choose(row: int): void {
        const chat = Switcher.chatAt(row)
        const command = Switcher.commandAt(row)
        if (!chat && !command)
            return
        close()
        if (chat)
            Navigation.open(chat)
        else
            Shortcuts.trigger(command)
    }

    SearchField {
        id: field
        objectName: "switcherField"
        width: parent.width
        label: qsTr("Go to a chat, or > for a command")
        onTextChanged: {
            Switcher.text = text
            list.currentIndex = 0
        }
        Keys.onReturnPressed: root.choose(list.currentIndex)
        Keys.onDownPressed: list.incrementCurrentIndex()
        Keys.onUpPressed: list.decrementCurrentIndex()
    }
    PlainLabel { width: parent.width; visible: Switcher.count === 0; text: qsTr("Nothing found"); color: Theme.textDim }
    ListView {
        id: list
        width: parent.width
        height: Math.min(392, contentHeight)
        clip: true
        model: Switcher
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Results")
        delegate: PersonRow {
            required property var model
            required property int index
            title: model.title
            detail: model.detail
            initials: model.initials
            hue: model.hue
            unread: model.unread
            iconName: model.command ? "keyboard" : ""
            onClicked: root.choose(index)
        }
    }
}
