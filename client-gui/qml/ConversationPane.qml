// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// The open chat: header, messages, and the composer or what stands in its place.
Rectangle {
    id: root

    property bool withBack: false
    required property ConfirmSheet confirm
    property alias finding: findBar.visible

    signal backWanted()
    signal infoWanted()
    signal safetyWanted()
    signal messageInfoWanted(string mid)
    signal wholeWanted(string mid)

    function focusComposer(): void { composer.focusField() }
    function focusMessages(): void { list.forceActiveFocus() }
    function toNewest(): void { list.toNewest() }
    function find(): void { if (Conversation.canSearch) findBar.start() }
    /// What Esc closes here, in order; false when there was nothing.
    function stepBack(): bool {
        if (findBar.visible)
            findBar.stop()
        else if (Conversation.replyMid)
            Conversation.cancelReply()
        else if (list.farUp)
            list.toNewest()
        else
            return false
        composer.focusField()
        return true
    }

    color: Theme.canvas

    Rectangle {
        id: head
        width: parent.width
        height: Math.max(64, Math.round(54 * Theme.scale))
        color: Theme.surface
        visible: Conversation.chat
        IconButton { id: back; anchors { left: parent.left; leftMargin: 8; verticalCenter: parent.verticalCenter } visible: root.withBack; width: visible ? 40 : 0; iconName: "back"; mirrors: true; label: qsTr("Back to the chats"); onClicked: root.backWanted() }
        Avatar { id: face; anchors { left: back.right; leftMargin: 12; verticalCenter: parent.verticalCenter } initials: Conversation.initials; hue: Conversation.hue; self: Conversation.self }
        Column {
            anchors { left: face.right; leftMargin: 12; right: tools.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
            spacing: 1
            PlainLabel { width: parent.width; text: Conversation.title; font.pixelSize: Theme.subtitle; font.weight: Font.DemiBold; elide: Text.ElideRight; Accessible.role: Accessible.Heading }
            Row {
                anchors.left: parent.left // mirrors, which a Row alone in a Column does not
                spacing: 5
                Icon { anchors.verticalCenter: parent.verticalCenter; name: Conversation.keyChanged ? "warning" : Conversation.verified ? "shieldCheck" : "lock"; size: 13; tint: Conversation.keyChanged ? Theme.warning : Conversation.verified ? Theme.online : Theme.textDim }
                PlainLabel {
                    text: Conversation.typing ? qsTr("typing…") : Conversation.self ? qsTr("Only you read this") : Conversation.keyChanged ? qsTr("Safety number changed") : Conversation.verified ? qsTr("%1 · verified").arg(Conversation.chat) : Conversation.chat
                    color: Conversation.typing ? Theme.online : Conversation.keyChanged ? Theme.warning : Theme.textDim
                    font.pixelSize: Theme.caption
                }
            }
        }
        Row {
            id: tools
            anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
            IconButton { visible: Conversation.canSearch; iconName: "search"; label: qsTr("Find in this chat"); keys: Shortcuts.keysOf("find"); onClicked: root.find() }
            IconButton { iconName: "info"; label: qsTr("Chat info"); keys: Shortcuts.keysOf("info"); onClicked: root.infoWanted() }
        }
        Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 1; color: Theme.outline }
    }
    FindBar { id: findBar; anchors.top: head.bottom; width: parent.width; visible: false; height: visible ? implicitHeight : 0; onClosed: composer.focusField() }
    MessageList {
        id: list
        objectName: "messageList"
        anchors { top: findBar.bottom; bottom: feet.top; left: parent.left; right: parent.right }
        visible: Conversation.chat
        onMenuWanted: (row, x, y) => {
            messageMenu.mid = row.mid
            messageMenu.link = row.link
            messageMenu.delivery = row.mine ? row.delivery : ""
            messageMenu.isText = row.kind === "text"
            messageMenu.popup(row, x, y)
        }
        onInfoWanted: mid => root.messageInfoWanted(mid)
        onWholeWanted: mid => root.wholeWanted(mid)
    }
    MessageMenu {
        id: messageMenu
        onInfoWanted: mid => root.messageInfoWanted(mid)
        onLinkWanted: link => root.confirm.ask(qsTr("Open this link?"), link, qsTr("Open"), false, () => Desktop.openAddress(link))
    }
    Skeleton { anchors.fill: list; bubbles: true; active: Conversation.messages.loading && Conversation.messages.count === 0 && Conversation.chat }
    EmptyNote {
        anchors { left: list.left; right: list.right; verticalCenter: list.verticalCenter; margins: 32 }
        visible: Conversation.chat && Conversation.messages.count === 0 && !Conversation.messages.loading
        iconName: Conversation.messages.failed ? "warning" : "chats"
        title: Conversation.messages.failed ? qsTr("The messages could not be read") : Conversation.self ? qsTr("Notes only you can read") : qsTr("Say hello to %1").arg(Conversation.title)
        text: Conversation.messages.failed ? "" : qsTr("Messages here are end-to-end encrypted.")
        action: Conversation.messages.failed || Conversation.self || Conversation.blocked || Conversation.request ? "" : qsTr("Wave 👋")
        onActed: Conversation.send("👋")
    }
    EmptyNote {
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: 32 }
        visible: !Conversation.chat
        iconName: "chats"
        title: qsTr("Choose a chat or press %1").arg(Shortcuts.keysOf("switcher"))
    }
    Rectangle {
        anchors { right: list.right; bottom: list.bottom; margins: 16 }
        width: 44
        height: 44
        radius: 22
        visible: list.visible && list.farUp
        color: Theme.surface
        border.width: 1
        border.color: Theme.outline
        IconButton { anchors.centerIn: parent; iconName: "down"; label: Conversation.unread > 0 ? qsTr("To the newest message, %n unread", "", Conversation.unread) : qsTr("To the newest message"); keys: Shortcuts.keysOf("newest"); onClicked: list.toNewest() }
        Badge { anchors { horizontalCenter: parent.horizontalCenter; verticalCenter: parent.top } count: Conversation.unread }
    }
    Column {
        id: feet
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        visible: Conversation.chat
        NoticeBar {
            width: parent.width
            visible: Conversation.request
            height: visible ? implicitHeight : 0
            iconName: "user"
            title: qsTr("%1 wants to write to you").arg(Conversation.title)
            text: qsTr("Until you accept, they do not learn whether you have read this.")
            actions: [
                PushButton { text: qsTr("Accept"); onClicked: Conversation.accept() },
                PushButton { text: qsTr("Delete"); kind: "outlined"; onClicked: root.confirm.ask(qsTr("Delete this request?"), qsTr("The messages are deleted. %1 may write again.").arg(Conversation.title), qsTr("Delete"), true, () => Conversation.refuse(false)) },
                PushButton { text: qsTr("Block"); kind: "flat"; onClicked: root.confirm.ask(qsTr("Block %1?").arg(Conversation.title), qsTr("The messages are deleted and nothing comes from this person any more."), qsTr("Block"), true, () => Conversation.refuse(true)) }
            ]
        }
        NoticeBar {
            width: parent.width
            visible: Conversation.blocked && !Conversation.request
            height: visible ? implicitHeight : 0
            iconName: "block"
            tint: Theme.textDim
            title: qsTr("You blocked %1").arg(Conversation.title)
            actions: [ PushButton { text: qsTr("Unblock"); kind: "outlined"; onClicked: ChatActions.block(Conversation.chat, false) } ]
        }
        NoticeBar {
            width: parent.width
            visible: Conversation.keyChanged && !Conversation.blocked
            height: visible ? implicitHeight : 0
            iconName: "warning"
            tint: Theme.warning
            title: qsTr("The safety number with %1 has changed").arg(Conversation.title)
            text: qsTr("They may have set up Kith anew, or somebody else reads along. Compare it before you write on; nothing is sent until then.")
            actions: [
                PushButton { text: qsTr("Compare"); onClicked: root.safetyWanted() },
                PushButton { text: qsTr("Go on without comparing"); kind: "flat"; onClicked: root.confirm.ask(qsTr("Go on without comparing?"), qsTr("You would trust the new key without knowing whose it is."), qsTr("Go on"), true, () => Conversation.acceptNewKey()) }
            ]
        }
        Composer {
            id: composer
            width: parent.width
            visible: !Conversation.request && !Conversation.blocked && !Conversation.keyChanged
            height: visible ? implicitHeight : 0
            onEmojiWanted: emojiPicker.open()
            onScrollWanted: direction => list.page(direction)
        }
    }
    EmojiPicker { id: emojiPicker; anchorItem: composer; onPicked: emoji => composer.insert(emoji) }
    Connections {
        target: Conversation
        function onChatChanged(): void { if (Conversation.chat) composer.focusField() }
        function onSent(): void { list.toNewest() }
        function onReplyChanged(): void { if (Conversation.replyMid) composer.focusField() }
    }
    Connections {
        target: Conversation.messages
        function onArrived(spoken: string): void { announcer.text = spoken }
    }
    Item {
        id: announcer
        property string text
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
