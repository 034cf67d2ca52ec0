// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// Ctrl+Shift+F: every message of every chat.
Sheet {
    id: root

    wide: 640
    title: qsTr("Find in all chats")
    first: field
    y: parent ? Math.min(72, (parent.height - height) / 2) : 0
    function choose(row: int): void {
        const mid = Finder.everywhere.midAt(row)
        if (!mid)
            return
        const chat = Finder.everywhere.chatAt(row)
        close()
        Navigation.open(chat, mid)
    }

    SearchField {
        id: field
        objectName: "everywhereField"
        width: parent.width
        label: qsTr("Words in messages")
        onTextChanged: {
            Finder.everywhere.search(text)
            list.currentIndex = 0
        }
        Keys.onReturnPressed: root.choose(list.currentIndex)
        Keys.onDownPressed: list.incrementCurrentIndex()
        Keys.onUpPressed: list.decrementCurrentIndex()
    }
    PlainLabel {
        width: parent.width
        visible: Finder.everywhere.count === 0
        text: Finder.everywhere.error ? Finder.everywhere.error : !field.text ? qsTr("Searched on this device only; nothing leaves it.") : Finder.everywhere.busy ? qsTr("Looking…") : qsTr("Nothing found")
        color: Theme.textDim
        wrapMode: Text.Wrap
    }
    ListView {
        id: list
        width: parent.width
        height: Math.min(440, contentHeight)
        clip: true
        model: Finder.everywhere
        boundsBehavior: Flickable.StopAtBounds
        onAtYEndChanged: if (atYEnd && count > 0) Finder.everywhere.loadMore()
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Hits")
        delegate: HitRow { onClicked: root.choose(index) }
    }
}
