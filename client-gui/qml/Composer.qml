// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// Where one writes: a field that grows, emoji, and the button that sends.
Rectangle {
    id: root

    property bool usable: Session.agentPresent
    readonly property int surplus: Conversation.surplusOf(input.text.trim())
    readonly property bool ready: usable && surplus === 0 && input.text.trim()

    signal emojiWanted()
    signal scrollWanted(int direction)

    function focusField(): void { input.forceActiveFocus() }
    function insert(text: string): void {
        input.insert(input.cursorPosition, text)
        focusField()
    }
    function send(): void {
        if (ready && Conversation.send(input.text)) {
            input.clear()
            focusField()
        }
    }
    function chooseReply(older: bool): void {
        const mid = Conversation.messages.neighbour(Conversation.replyMid, older)
        if (mid)
            Conversation.reply(mid)
        else if (!older)
            Conversation.cancelReply()
    }

    implicitHeight: (reply.visible ? reply.height : 0) + Math.max(64, box.height + 24)
    color: Theme.surface

    Rectangle { width: parent.width; height: 1; color: Theme.outline }
    Connections {
        target: Conversation
        function onDraftRestored(text: string): void {
            input.text = text
            input.cursorPosition = input.length
        }
    }
    Item {
        id: reply
        visible: Conversation.replyMid
        width: parent.width
        height: 56
        Icon { id: arrow; x: Theme.mirrored ? parent.width - width - 20 : 20; anchors.verticalCenter: parent.verticalCenter; name: "reply"; size: 20; mirrors: true; tint: Theme.accent }
        QuoteBlock {
            anchors { left: parent.left; leftMargin: 56; right: cancel.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
            sender: Conversation.replySender
            text: Conversation.replyText
            onClicked: Conversation.messages.jumpTo(Conversation.replyMid)
        }
        IconButton { id: cancel; anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter } iconName: "close"; iconSize: 18; label: qsTr("Do not reply"); onClicked: Conversation.cancelReply() }
    }
    Rectangle {
        id: box
        anchors { left: parent.left; leftMargin: 16; right: emoji.left; rightMargin: 8; bottom: parent.bottom; bottomMargin: 12 }
        height: Math.min(160, Math.max(40, input.contentHeight + 18))
        radius: 20
        color: Theme.surface2
        border.width: input.activeFocus ? 2 : Theme.highContrast ? 1 : 0
        border.color: root.surplus > 0 ? Theme.danger : input.activeFocus ? Theme.accent : Theme.outline

        Flickable {
            id: flick
            anchors { fill: parent; leftMargin: 4; rightMargin: 4 }
            contentHeight: input.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            T.ScrollBar.vertical: Scroller {}
            T.TextArea {
                id: input
                objectName: "composer"
                width: flick.width
                height: Math.max(box.height, contentHeight + 18)
                leftPadding: 12
                rightPadding: 12
                topPadding: 9
                bottomPadding: 9
                wrapMode: TextEdit.Wrap
                textFormat: TextEdit.PlainText
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.pixelSize: Theme.body
                selectByMouse: true
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("Message")
                Accessible.multiLine: true
                onTextChanged: Conversation.setDraft(text)
                onCursorRectangleChanged: {
                    if (cursorRectangle.y < flick.contentY)
                        flick.contentY = Math.max(0, cursorRectangle.y - 9)
                    else if (cursorRectangle.y + cursorRectangle.height > flick.contentY + flick.height)
                        flick.contentY = cursorRectangle.y + cursorRectangle.height - flick.height + 9
                }
                Keys.onPressed: event => {
                    const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
                    const shifted = event.modifiers & (Qt.ShiftModifier | Qt.ControlModifier)
                    event.accepted = true
                    if (enter && !!shifted !== Preferences.enterSends)
                        root.send()
                    else if (enter)
                        input.insert(input.cursorPosition, "\n")
                    else if (event.key === Qt.Key_Up && event.modifiers & Qt.ControlModifier)
                        root.chooseReply(true)
                    else if (event.key === Qt.Key_Down && event.modifiers & Qt.ControlModifier)
                        root.chooseReply(false)
                    else if (event.key === Qt.Key_Period && event.modifiers & Qt.ControlModifier)
                        root.emojiWanted()
                    else if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab)
                        input.nextItemInFocusChain(event.key === Qt.Key_Tab).forceActiveFocus(Qt.TabFocusReason)
                    else if (event.key === Qt.Key_PageUp)
                        root.scrollWanted(-1)
                    else if (event.key === Qt.Key_PageDown)
                        root.scrollWanted(1)
                    else
                        event.accepted = false
                }
                PlainLabel {
                    x: Theme.mirrored ? parent.width - width - 12 : 12
                    y: 9
                    visible: !input.text && !input.preeditText
                    text: qsTr("Message")
                    color: Theme.textDim
                    Accessible.ignored: true
                }
            }
        }
    }
    PlainLabel {
        anchors { right: box.right; rightMargin: 12; bottom: box.top; bottomMargin: 2 }
        visible: root.surplus > 0
        text: qsTr("%n byte(s) too long", "", root.surplus)
        color: Theme.danger
        font.pixelSize: Theme.caption
    }
    IconButton { id: emoji; anchors { right: sender.left; rightMargin: 4; bottom: parent.bottom; bottomMargin: 12 } iconName: "emoji"; label: qsTr("Emoji"); keys: Shortcuts.keysOf("emoji"); onClicked: root.emojiWanted() }
    IconButton { id: sender; objectName: "sendButton"; anchors { right: parent.right; rightMargin: 12; bottom: parent.bottom; bottomMargin: 12 } iconName: "send"; label: qsTr("Send"); filled: true; mirrors: true; enabled: root.ready; onClicked: root.send() }
}
