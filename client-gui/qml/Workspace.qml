// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// The panes: three from 1180, two from 720, else one at a time (ui 3).
Item {
    id: root

    readonly property bool wide: width >= 1180
    readonly property bool single: width < 720
    readonly property bool listShown: !single || !Conversation.chat
    property bool infoShown: false
    property alias settings: settingsScreen

    function act(id: string): void {
        if (id.startsWith("nth"))
            return Navigation.openNth(Number(id[3]) - 1)
        switch (id) {
        case "switcher": return switcherSheet.open()
        case "newChat": return newChatSheet.open()
        case "find": return conversation.find()
        case "findEverywhere": return Conversation.canSearch ? searchSheet.open() : undefined
        case "previousChat": return Navigation.step(-1, false)
        case "nextChat": return Navigation.step(1, false)
        case "lastChat": return Navigation.openLast()
        case "previousUnread": return Navigation.step(-1, true)
        case "nextUnread": return Navigation.step(1, true)
        case "newest": return conversation.toNewest()
        case "nextPane": return nextPane()
        case "settings": return settingsScreen.open()
        case "shortcuts": return shortcutSheet.open()
        case "info": return toggleInfo()
        case "archive": return Conversation.chat && Conversation.canSetChats ? ChatActions.archive(Conversation.chat, !Conversation.archived) : undefined
        case "mute": return Conversation.chat && Conversation.canSetChats ? ChatActions.mute(Conversation.chat, Conversation.muted ? 0 : -1) : undefined
        case "markUnread": return Conversation.chat && Conversation.canSetChats ? ChatActions.markUnread(Conversation.chat) : undefined
        case "lock": return Session.lock()
        case "escape": return stepBack()
        }
    }
    function toggleInfo(): void { infoShown = !infoShown && Conversation.chat !== "" }
    function stepBack(): void {
        if (chats.clearSearch() || conversation.stepBack())
            return
        if (infoShown)
            infoShown = false
        else if (single)
            Navigation.close()
    }
    property int pane: 0
    function nextPane(): void {
        pane = (pane + 1) % 3
        if (pane === 0)
            conversation.focusComposer()
        else if (pane === 1)
            chats.focusList()
        else
            conversation.focusMessages()
    }
    function showSafety(): void {
        Safety.show(Conversation.chat)
        safetySheet.open()
    }
    function ask(title: string, question: string, verb: string, action: var): void {
        confirmSheet.ask(title, question, verb, false, action)
    }
    function startChat(user: string): void { newChatSheet.startWith(user) }

    ChatListPane {
        id: chats
        objectName: "chatListPane"
        anchors { left: parent.left; top: parent.top; bottom: parent.bottom }
        width: root.single ? parent.width : Math.min(Preferences.listWidth, parent.width - 360)
        visible: root.listShown
        confirm: confirmSheet
        onNewChatWanted: newChatSheet.open()
        onSettingsWanted: settingsScreen.open()
        onShortcutsWanted: shortcutSheet.open()
        onLockWanted: Session.lock()
    }
    Rectangle {
        id: divider
        anchors { left: chats.right; top: parent.top; bottom: parent.bottom }
        width: 1
        visible: !root.single
        color: Theme.outline
        MouseArea {
            anchors { fill: parent; leftMargin: -4; rightMargin: -4 }
            cursorShape: Qt.SplitHCursor
            onPositionChanged: mouse => {
                const x = mapToItem(root, mouse.x, 0).x
                const wanted = Theme.mirrored ? root.width - x : x
                Preferences.listWidth = wanted < 150 ? 72 : Math.max(240, Math.min(420, wanted))
            }
        }
    }
    ConversationPane {
        id: conversation
        objectName: "conversationPane"
        anchors { left: root.single ? parent.left : divider.right; right: info.visible && root.wide ? info.left : parent.right; top: parent.top; bottom: parent.bottom }
        visible: !root.single || Conversation.chat
        withBack: root.single
        confirm: confirmSheet
        onBackWanted: Navigation.close()
        onInfoWanted: root.toggleInfo()
        onSafetyWanted: root.showSafety()
        onMessageInfoWanted: mid => {
            MessageInfo.show(mid)
            messageInfoSheet.open()
        }
        onWholeWanted: mid => {
            wholeSheet.text = Conversation.messages.textOf(mid)
            wholeSheet.open()
        }
    }
    Rectangle {
        anchors.fill: conversation
        visible: info.visible && !root.wide
        color: Qt.rgba(0, 0, 0, Theme.dark ? 0.5 : 0.3)
        TapHandler { onTapped: root.infoShown = false }
    }
    InfoPane {
        id: info
        objectName: "infoPane"
        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: root.single ? parent.width : 340
        visible: root.infoShown && Conversation.chat
        confirm: confirmSheet
        onCloseWanted: root.infoShown = false
        onSafetyWanted: root.showSafety()
        onFindWanted: {
            if (!root.wide)
                root.infoShown = false
            conversation.find()
        }
    }
    ConfirmSheet { id: confirmSheet }
    NewChatSheet { id: newChatSheet; objectName: "newChatSheet" }
    SwitcherSheet { id: switcherSheet; objectName: "switcherSheet" }
    SearchSheet { id: searchSheet; objectName: "searchSheet" }
    SafetySheet { id: safetySheet; objectName: "safetySheet" }
    MessageInfoSheet { id: messageInfoSheet; objectName: "messageInfoSheet" }
    WholeTextSheet { id: wholeSheet }
    ShortcutSheet { id: shortcutSheet; objectName: "shortcutSheet" }
    SettingsSheet { id: settingsScreen; objectName: "settingsSheet"; confirm: confirmSheet }
}
