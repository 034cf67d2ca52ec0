// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

T.AbstractButton {
    id: root

    property string detail

    width: parent ? parent.width : 300
    implicitHeight: Math.max(60, words.implicitHeight + 22)
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.description: detail
    Accessible.checked: checked
    Accessible.onPressAction: clicked()

    background: Rectangle {
        radius: 12
        color: root.checked ? Theme.selected : root.hovered ? Theme.surface2 : "transparent"
        border.width: root.visualFocus ? 2 : 1
        border.color: root.checked || root.visualFocus ? Theme.accent : Theme.outline
    }
    contentItem: Item {
        Rectangle {
            id: dot
            anchors { left: parent.left; leftMargin: 16; verticalCenter: parent.verticalCenter }
            width: 20
            height: 20
            radius: 10
            color: "transparent"
            border.width: 2
            border.color: root.checked ? Theme.accent : Theme.textDim
            Rectangle { anchors.centerIn: parent; width: 10; height: 10; radius: 5; color: Theme.accent; visible: root.checked }
        }
        Column {
            id: words
            anchors { left: dot.right; leftMargin: 14; right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
            PlainLabel { width: parent.width; text: root.text; font.weight: Font.Medium }
            PlainLabel { width: parent.width; visible: text; text: root.detail; color: Theme.textDim; font.pixelSize: Theme.secondary; wrapMode: Text.Wrap }
        }
    }
}
