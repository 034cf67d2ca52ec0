// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// What can be done with one chat, from its row or its header.
Dropdown {
    id: root

    property string chat
    property string who
    property bool pinned: false
    property bool muted: false
    property bool archived: false
    property bool hasNews: false
    property bool blocked: false
    property bool self: false
    required property ConfirmSheet confirm

    DropdownItem { visible: root.hasNews; iconName: "check"; text: qsTr("Mark as read"); onTriggered: ChatActions.markRead(root.chat) }
    DropdownItem { visible: !root.hasNews && Conversation.canSetChats; iconName: "unread"; text: qsTr("Mark as unread"); keys: Shortcuts.keysOf("markUnread"); onTriggered: ChatActions.markUnread(root.chat) }
    DropdownItem { visible: Conversation.canSetChats; iconName: "pin"; text: root.pinned ? qsTr("Unpin") : qsTr("Pin"); onTriggered: ChatActions.pin(root.chat, !root.pinned) }
    DropdownItem { visible: Conversation.canSetChats && root.muted; iconName: "bell"; text: qsTr("Unmute"); onTriggered: ChatActions.mute(root.chat, 0) }
    DropdownItem { visible: Conversation.canSetChats && !root.muted; iconName: "mute"; text: qsTr("Mute for 1 hour"); onTriggered: ChatActions.mute(root.chat, 1) }
    DropdownItem { visible: Conversation.canSetChats && !root.muted; iconName: "mute"; text: qsTr("Mute for 8 hours"); onTriggered: ChatActions.mute(root.chat, 8) }
    DropdownItem { visible: Conversation.canSetChats && !root.muted; iconName: "mute"; text: qsTr("Mute for 1 week"); onTriggered: ChatActions.mute(root.chat, 168) }
    DropdownItem { visible: Conversation.canSetChats && !root.muted; iconName: "mute"; text: qsTr("Mute always"); onTriggered: ChatActions.mute(root.chat, -1) }
    DropdownItem { visible: Conversation.canSetChats; iconName: "archive"; text: root.archived ? qsTr("Back to the list") : qsTr("Archive"); keys: Shortcuts.keysOf("archive"); onTriggered: ChatActions.archive(root.chat, !root.archived) }
    DropdownItem {
        visible: Conversation.canDelete
        iconName: "trash"
        text: qsTr("Clear messages…")
        onTriggered: root.confirm.ask(qsTr("Clear this chat?"), qsTr("All messages with %1 are deleted on this device. The other side keeps its own.").arg(root.who), qsTr("Clear"), true, () => ChatActions.clear(root.chat))
    }
    DropdownItem {
        visible: Conversation.canDelete
        iconName: "trash"
        danger: true
        text: qsTr("Delete chat…")
        onTriggered: root.confirm.ask(qsTr("Delete this chat?"), qsTr("The chat with %1 and all its messages are deleted on this device. The contact stays.").arg(root.who), qsTr("Delete"), true, () => ChatActions.remove(root.chat))
    }
    DropdownItem {
        visible: !root.self
        iconName: "block"
        danger: !root.blocked
        text: root.blocked ? qsTr("Unblock") : qsTr("Block…")
        onTriggered: root.blocked ? ChatActions.block(root.chat, false)
            : root.confirm.ask(qsTr("Block %1?").arg(root.who), qsTr("You get nothing from this person any more. They are not told."), qsTr("Block"), true, () => ChatActions.block(root.chat, true))
    }
}
