// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// Find in the open chat: n of m, up and down.
Rectangle {
    id: root

    property int at: 0

    signal closed()

    function start(): void {
        visible = true
        field.forceActiveFocus()
        field.selectAll()
    }
    function stop(): void {
        visible = false
        field.clear()
        closed()
    }
    function go(step: int): void {
        const hits = Finder.inChat
        if (hits.count === 0)
            return
        at = (at + step + hits.count) % hits.count
        if (at >= hits.count - 2)
            hits.loadMore()
        Conversation.messages.jumpTo(hits.midAt(at))
    }

    implicitHeight: 56
    color: Theme.surface
    Connections {
        target: Finder.inChat
        function onChanged(): void {
            if (root.visible && !Finder.inChat.busy && root.at < 0)
                root.go(1)
        }
    }
    Connections {
        target: Conversation
        function onChatChanged(): void { if (root.visible) root.stop() }
    }
    SearchField {
        id: field
        objectName: "findField"
        anchors { left: parent.left; leftMargin: 16; right: count.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
        label: qsTr("Find in this chat")
        onTextChanged: {
            root.at = -1
            Finder.inChat.search(text, Conversation.chat)
        }
        Keys.onReturnPressed: root.go(1)
        Keys.onUpPressed: root.go(1)
        Keys.onDownPressed: root.go(-1)
    }
    PlainLabel {
        id: count
        anchors { right: tools.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
        text: !field.text ? "" : Finder.inChat.error ? qsTr("Search failed") : Finder.inChat.count === 0 ? (Finder.inChat.busy ? "" : qsTr("Nothing found"))
            : qsTr("%1 of %2").arg(root.at + 1).arg(Finder.inChat.more ? Finder.inChat.count + "+" : Finder.inChat.count)
        color: Theme.textDim
        font.pixelSize: Theme.secondary
    }
    Row {
        id: tools
        anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
        IconButton { iconName: "up"; label: qsTr("Older hit"); enabled: Finder.inChat.count > 0; onClicked: root.go(1) }
        IconButton { iconName: "down"; label: qsTr("Newer hit"); enabled: Finder.inChat.count > 0; onClicked: root.go(-1) }
        IconButton { iconName: "close"; label: qsTr("Close the search"); onClicked: root.stop() }
    }
    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.outline }
}
