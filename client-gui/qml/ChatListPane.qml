// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// The left pane: search, filters and every chat.
Rectangle {
    id: root

    required property ConfirmSheet confirm
    readonly property bool narrow: width < 200

    signal newChatWanted()
    signal settingsWanted()
    signal shortcutsWanted()
    signal lockWanted()

    function focusSearch(): void { search.forceActiveFocus() }
    function focusList(): void { list.forceActiveFocus() }
    function clearSearch(): bool {
        if (!search.text)
            return false
        search.clear()
        return true
    }

    color: Theme.surface

    Item {
        id: head
        width: parent.width
        height: Math.max(64, Math.round(54 * Theme.scale))
        PlainLabel {
            anchors { left: parent.left; leftMargin: 16; right: tools.left; verticalCenter: parent.verticalCenter }
            visible: !root.narrow
            text: Navigation.chats.show === ChatFilter.Archived ? qsTr("Archive") : qsTr("Chats")
            font.pixelSize: Theme.paneTitle
            font.weight: Font.Bold
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
        }
        Row {
            id: tools
            anchors { right: parent.right; rightMargin: root.narrow ? (parent.width - width) / 2 : 12; verticalCenter: parent.verticalCenter }
            IconButton {
                visible: !root.narrow
                iconName: "compose"
                label: qsTr("New chat")
                keys: Shortcuts.keysOf("newChat")
                onClicked: root.newChatWanted()
            }
            IconButton {
                id: menuButton
                objectName: "mainMenuButton"
                iconName: "more"
                label: qsTr("Menu")
                onClicked: menu.popup(menuButton, 0, menuButton.height)
            }
        }
        Dropdown {
            id: menu
            DropdownItem { iconName: "compose"; text: qsTr("New chat"); keys: Shortcuts.keysOf("newChat"); onTriggered: root.newChatWanted() }
            DropdownItem { iconName: "settings"; text: qsTr("Settings"); keys: Shortcuts.keysOf("settings"); onTriggered: root.settingsWanted() }
            DropdownItem { iconName: "keyboard"; text: qsTr("Keyboard shortcuts"); keys: Shortcuts.keysOf("shortcuts"); onTriggered: root.shortcutsWanted() }
            DropdownItem { iconName: "lock"; text: qsTr("Lock"); keys: Shortcuts.keysOf("lock"); onTriggered: root.lockWanted() }
        }
    }
    Strip {
        id: strip
        anchors.top: head.bottom
        width: parent.width
        visible: Session.strip && !root.narrow
        height: visible ? implicitHeight : 0
    }
    SearchField {
        id: search
        objectName: "searchField"
        anchors { top: strip.bottom; left: parent.left; right: parent.right; leftMargin: 16; rightMargin: 16 }
        visible: !root.narrow
        height: visible ? implicitHeight : 0
        label: qsTr("Search")
        onTextChanged: Navigation.chats.text = text
        Keys.onDownPressed: list.forceActiveFocus()
        Keys.onReturnPressed: Navigation.openNth(0)
    }
    Row {
        id: filters
        anchors { top: search.bottom; topMargin: 10; left: parent.left; leftMargin: 16 }
        visible: !root.narrow && !search.text
        height: visible ? implicitHeight : 0
        spacing: 8
        Chip { text: qsTr("All"); checked: Navigation.chats.show === ChatFilter.All; checkable: false; onClicked: Navigation.chats.show = ChatFilter.All }
        Chip { text: Navigation.unreadChats > 0 ? qsTr("Unread (%1)").arg(Navigation.unreadChats) : qsTr("Unread"); checked: Navigation.chats.show === ChatFilter.Unread; checkable: false; onClicked: Navigation.chats.show = ChatFilter.Unread }
        Chip { visible: Navigation.archivedChats > 0 || checked; text: qsTr("Archive"); checked: Navigation.chats.show === ChatFilter.Archived; checkable: false; onClicked: Navigation.chats.show = ChatFilter.Archived }
    }
    ListView {
        id: list
        objectName: "chatList"
        anchors { top: filters.bottom; topMargin: 8; left: parent.left; right: parent.right; bottom: parent.bottom }
        clip: true
        model: Navigation.chats
        reuseItems: true
        currentIndex: 0
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Chats")
        T.ScrollBar.vertical: Scroller {}
        Keys.onReturnPressed: Navigation.openNth(currentIndex)
        Keys.onMenuPressed: if (currentItem) (currentItem as ChatRow).menuWanted(40, 40)
        delegate: ChatRow {
            id: row
            open: Conversation.chat === chat
            narrow: root.narrow
            onClicked: {
                list.currentIndex = index
                Navigation.open(chat)
            }
            onMenuWanted: (x, y) => {
                chatMenu.chat = chat
                chatMenu.who = title
                chatMenu.pinned = pinned
                chatMenu.muted = muted
                chatMenu.archived = archived
                chatMenu.hasNews = hasNews
                chatMenu.blocked = blocked
                chatMenu.self = self
                chatMenu.popup(row, x, y)
            }
        }
    }
    ChatMenu { id: chatMenu; confirm: root.confirm }
    Skeleton {
        anchors.fill: list
        active: Navigation.loading && Navigation.allChats === 0
    }
    EmptyNote {
        anchors { left: list.left; right: list.right; verticalCenter: list.verticalCenter; margins: 24 }
        visible: !root.narrow && Navigation.chats.count === 0 && !Navigation.loading
        readonly property bool searching: search.text
        iconName: searching ? "search" : "chats"
        title: searching ? qsTr("Nobody found") : Navigation.chats.show === ChatFilter.Unread ? qsTr("Everything is read") : Navigation.chats.show === ChatFilter.Archived ? qsTr("The archive is empty") : qsTr("No chats yet")
        text: searching ? qsTr("No chat has “%1” in its name.").arg(search.text) : Navigation.allChats > 0 ? "" : qsTr("Write to somebody by user name. Others reach you as %1.").arg(Session.user)
        action: searching || Navigation.allChats > 0 ? "" : qsTr("New chat")
        onActed: root.newChatWanted()
    }
}
