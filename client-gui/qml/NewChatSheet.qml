// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// Somebody known, or somebody new by the exact user name or contact link.
Sheet {
    id: root

    title: qsTr("New chat")
    first: field
    onAboutToShow: {
        field.clear()
        People.blockedOnly = false
        People.reload()
    }
    function startWith(user: string): void {
        open()
        field.text = user
    }
    Connections {
        target: People
        enabled: root.opened
        function onFound(chat: string): void {
            root.close()
            Navigation.open(chat)
        }
    }

    SearchField {
        id: field
        objectName: "newChatField"
        width: parent.width
        label: qsTr("Name or user name")
        onTextChanged: People.text = text
        Keys.onReturnPressed: {
            if (People.candidate)
                People.add(People.candidate)
            else if (People.count > 0)
                list.choose(Math.max(0, list.currentIndex))
        }
        Keys.onDownPressed: list.incrementCurrentIndex()
        Keys.onUpPressed: list.decrementCurrentIndex()
    }
    PersonRow {
        visible: People.candidate
        width: parent.width
        iconName: People.busy ? "clock" : "user"
        title: People.candidate
        detail: People.busy ? qsTr("Looking…") : qsTr("Write to this user")
        onClicked: People.add(People.candidate)
    }
    PlainLabel {
        width: parent.width
        visible: text
        text: People.error
        color: Theme.danger
        wrapMode: Text.Wrap
    }
    PlainLabel {
        width: parent.width
        visible: People.count === 0 && !People.candidate
        text: field.text ? qsTr("Nobody found. A user name has 3 to 32 of a–z, 0–9, _ and .") : qsTr("Type the user name of somebody. Others reach you as %1.").arg(Session.user)
        color: Theme.textDim
        wrapMode: Text.Wrap
    }
    ListView {
        id: list
        width: parent.width
        height: Math.min(320, contentHeight)
        clip: true
        model: People
        boundsBehavior: Flickable.StopAtBounds
        function choose(row: int): void {
            const item = itemAtIndex(row) as PersonRow
            if (item)
                item.clicked()
        }
        delegate: PersonRow {
            required property string user
            required property var model
            title: model.title
            initials: model.initials
            hue: model.hue
            verified: model.verified
            detail: user
            onClicked: {
                root.close()
                Navigation.open(user)
            }
        }
    }
}
