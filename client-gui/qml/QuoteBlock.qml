// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

T.AbstractButton {
    id: root

    property string sender
    property color tint: Theme.accent
    property bool ownBubble: false
    property bool known: true
    readonly property real wanted: Math.max(who.implicitWidth, Math.min(what.implicitWidth, 300)) + 24

    implicitHeight: Math.max(44, who.implicitHeight + what.implicitHeight + 10)
    enabled: known
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Quoted message of %1: %2").arg(sender).arg(text)

    background: Rectangle {
        radius: 8
        color: root.ownBubble ? Theme.quoteOut : Theme.surface2
        border.width: root.visualFocus ? 2 : 0
        border.color: root.tint
        Rectangle { width: 3; height: parent.height; radius: 2; color: root.tint }
    }
    contentItem: Item {
        PlainLabel {
            id: who
            anchors { left: parent.left; leftMargin: 12; right: parent.right; rightMargin: 8 }
            y: 5
            text: root.sender
            color: root.tint
            font.pixelSize: Theme.caption
            font.weight: Font.DemiBold
            font.italic: !root.known
            elide: Text.ElideRight
        }
        PlainLabel {
            id: what
            anchors { left: who.left; right: who.right; top: who.bottom; topMargin: 1 }
            text: root.text || qsTr("Message")
            color: root.ownBubble ? Theme.textOut : Theme.textDim
            font.pixelSize: Theme.secondary
            elide: Text.ElideRight
        }
    }
}
