// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Dropdown {
    id: root

    property string mid
    property string link
    property string delivery
    property bool isText: true

    signal infoWanted(string mid)
    signal linkWanted(string link)

    DropdownItem { visible: root.delivery === "failed"; iconName: "send"; text: qsTr("Try again"); onTriggered: Conversation.retry(root.mid) }
    DropdownItem { visible: root.delivery === "queued"; iconName: "close"; text: qsTr("Do not send"); onTriggered: Conversation.cancelSending(root.mid) }
    DropdownItem { visible: root.isText && Conversation.canQuote; iconName: "reply"; text: qsTr("Reply"); keys: "R"; onTriggered: Conversation.reply(root.mid) }
    DropdownItem { visible: root.isText; iconName: "copy"; text: qsTr("Copy"); keys: Shortcuts.keysOf("copy"); onTriggered: Desktop.copy(Conversation.messages.textOf(root.mid)) }
    DropdownItem { visible: root.link; iconName: "link"; text: qsTr("Open link…"); onTriggered: root.linkWanted(root.link) }
    DropdownItem { iconName: "info"; text: qsTr("Info"); onTriggered: root.infoWanted(root.mid) }
    DropdownItem { visible: Conversation.canDelete; iconName: "trash"; danger: true; text: qsTr("Delete for me"); keys: Shortcuts.keysOf("delete"); onTriggered: Conversation.deleteForMe(root.mid) }
}
