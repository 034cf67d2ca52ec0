// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// About the person of the open chat, and what can be done with it.
Rectangle {
    id: root

    required property ConfirmSheet confirm

    signal closeWanted()
    signal safetyWanted()
    signal findWanted()

    color: Theme.surface
    Rectangle { width: 1; height: parent.height; color: Theme.outline; anchors.left: parent.left }
    Item {
        id: head
        width: parent.width
        height: 64
        IconButton { id: closer; anchors { left: parent.left; leftMargin: 12; verticalCenter: parent.verticalCenter } iconName: "close"; label: qsTr("Close"); onClicked: root.closeWanted() }
        PlainLabel { anchors { left: closer.right; leftMargin: 8; verticalCenter: parent.verticalCenter } text: qsTr("Info"); font.pixelSize: Theme.subtitle; font.weight: Font.DemiBold; Accessible.role: Accessible.Heading }
        Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.outline }
    }
    Flickable {
        anchors { top: head.bottom; bottom: parent.bottom; left: parent.left; right: parent.right }
        contentHeight: column.implicitHeight + 48
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: Scroller {}
        Column {
            id: column
            x: 20
            y: 24
            width: parent.width - 40
            spacing: 8
            Avatar { anchors.horizontalCenter: parent.horizontalCenter; size: 96; initials: Conversation.initials; hue: Conversation.hue; self: Conversation.self }
            PlainLabel { width: parent.width; text: Conversation.title; font.pixelSize: Theme.dialogTitle; font.weight: Font.DemiBold; horizontalAlignment: Text.AlignHCenter; wrapMode: Text.Wrap }
            PlainLabel { width: parent.width; visible: !Conversation.self; text: Conversation.chat; color: Theme.textDim; horizontalAlignment: Text.AlignHCenter; elide: Text.ElideMiddle }
            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: 12
                topPadding: 8
                bottomPadding: 8
                IconButton { visible: Conversation.canSetChats; iconName: Conversation.muted ? "mute" : "bell"; label: Conversation.muted ? qsTr("Unmute") : qsTr("Mute"); tint: Theme.accent; onClicked: ChatActions.mute(Conversation.chat, Conversation.muted ? 0 : -1) }
                IconButton { visible: Conversation.canSearch; iconName: "search"; label: qsTr("Find in this chat"); tint: Theme.accent; onClicked: root.findWanted() }
                IconButton { visible: !Conversation.self; iconName: "shield"; label: qsTr("Safety number"); tint: Theme.accent; onClicked: root.safetyWanted() }
            }
            ActionRow { visible: !Conversation.self; iconName: Conversation.verified ? "shieldCheck" : "shield"; text: qsTr("Safety number"); detail: Conversation.keyChanged ? qsTr("Changed") : Conversation.verified ? qsTr("Verified") : qsTr("Not compared yet"); onClicked: root.safetyWanted() }
            ActionRow { visible: Conversation.canSetChats; iconName: "pin"; text: Conversation.pinned ? qsTr("Unpin this chat") : qsTr("Pin this chat"); onClicked: ChatActions.pin(Conversation.chat, !Conversation.pinned) }
            ActionRow { visible: Conversation.canSetChats; iconName: "archive"; text: Conversation.archived ? qsTr("Back to the list") : qsTr("Archive"); onClicked: ChatActions.archive(Conversation.chat, !Conversation.archived) }
            ActionRow { visible: !Conversation.self; iconName: "user"; text: qsTr("Rename here…"); onClicked: { nameField.text = ""; renameSheet.open() } }
            ActionRow { visible: !Conversation.self; iconName: "block"; danger: !Conversation.blocked; text: Conversation.blocked ? qsTr("Unblock") : qsTr("Block…"); onClicked: Conversation.blocked ? ChatActions.block(Conversation.chat, false) : root.confirm.ask(qsTr("Block %1?").arg(Conversation.title), qsTr("You get nothing from this person any more. They are not told."), qsTr("Block"), true, () => ChatActions.block(Conversation.chat, true)) }
            ActionRow { visible: Conversation.canDelete; iconName: "trash"; danger: true; text: qsTr("Delete chat…"); onClicked: root.confirm.ask(qsTr("Delete this chat?"), qsTr("The chat with %1 and all its messages are deleted on this device. The contact stays.").arg(Conversation.title), qsTr("Delete"), true, () => ChatActions.remove(Conversation.chat)) }
        }
    }
    Sheet {
        id: renameSheet
        title: qsTr("Rename here")
        first: nameField.input
        function done(): void {
            ChatActions.rename(Conversation.chat, nameField.text)
            close()
        }
        Field { id: nameField; width: parent.width; label: qsTr("What you call this person"); note: qsTr("Only you see it. Empty: the user name."); limit: 64; onAccepted: renameSheet.done() }
        buttons: [ PushButton { text: qsTr("Save"); onClicked: renameSheet.done() } ]
    }
}
