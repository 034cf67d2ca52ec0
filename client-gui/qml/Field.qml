// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// A line to type in, with its name above and what is to be said below.
Column {
    id: root

    property string label
    property alias text: input.text
    property alias input: input
    property string hint
    property string note
    property string noteKind: "plain" // plain, good, bad
    property bool secret: false
    property bool busy: false
    property int limit: 256

    signal accepted()
    signal edited(string text)

    spacing: 6

    PlainLabel {
        visible: root.label
        text: root.label
        color: Theme.textDim
        font.pixelSize: Theme.secondary
        font.weight: Font.Medium
        width: parent.width
    }
    T.TextField {
        id: input
        width: root.width
        height: Math.max(44, contentHeight + 20)
        leftPadding: 14
        rightPadding: 40
        verticalAlignment: TextInput.AlignVCenter
        color: Theme.text
        placeholderTextColor: Theme.textDim
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font.pixelSize: Theme.body
        maximumLength: root.limit
        selectByMouse: true
        echoMode: root.secret ? TextInput.Password : TextInput.Normal
        Accessible.role: Accessible.EditableText
        Accessible.name: root.label || root.hint
        Accessible.passwordEdit: root.secret
        onTextEdited: root.edited(text)
        onAccepted: root.accepted()

        PlainLabel {
            anchors { left: parent.left; right: parent.right; leftMargin: 14; rightMargin: 14; verticalCenter: parent.verticalCenter }
            visible: !input.text && !input.preeditText
            text: root.hint
            color: Theme.textDim
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        background: Rectangle {
            radius: 12
            color: Theme.surface2
            border.width: input.activeFocus ? 2 : Theme.highContrast ? 1 : 0
            border.color: input.activeFocus ? Theme.accent : Theme.outline
        }
        Icon {
            anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
            size: 18
            visible: root.busy || root.noteKind !== "plain"
            name: root.busy ? "clock" : root.noteKind === "good" ? "check" : "failed"
            tint: root.busy ? Theme.textDim : root.noteKind === "good" ? Theme.online : Theme.danger
        }
    }
    PlainLabel {
        width: parent.width
        visible: text
        text: root.note
        wrapMode: Text.Wrap
        font.pixelSize: Theme.secondary
        color: root.noteKind === "good" ? Theme.online : root.noteKind === "bad" ? Theme.danger : Theme.textDim
    }
}
