// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

T.AbstractButton {
    id: root

    property string iconName
    property string detail
    property bool danger: false

    width: parent ? parent.width : 300
    implicitHeight: visible ? Math.max(48, words.implicitHeight + 16) : 0
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: detail
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()

    background: Rectangle {
        radius: 12
        color: root.hovered ? Theme.surface2 : "transparent"
        border.width: root.visualFocus ? 2 : 0
        border.color: Theme.accent
    }
    contentItem: Item {
        Icon { id: sign; anchors { left: parent.left; leftMargin: 10; verticalCenter: parent.verticalCenter } name: root.iconName; size: 20; tint: root.danger ? Theme.danger : Theme.textDim }
        Column {
            id: words
            anchors { left: sign.right; leftMargin: 14; right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
            PlainLabel { width: parent.width; text: root.text; color: root.danger ? Theme.danger : Theme.text; elide: Text.ElideRight }
            PlainLabel { width: parent.width; visible: text; text: root.detail; color: Theme.textDim; font.pixelSize: Theme.secondary; wrapMode: Text.Wrap }
        }
    }
}
