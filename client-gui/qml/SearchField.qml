// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

T.TextField {
    id: root

    required property string label

    implicitHeight: Math.max(40, Math.round(30 * Theme.scale))
    leftPadding: 40
    rightPadding: text ? 40 : 16
    verticalAlignment: TextInput.AlignVCenter
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    font.pixelSize: Theme.secondary + 1
    selectByMouse: true
    maximumLength: 256
    Accessible.role: Accessible.EditableText
    Accessible.name: label

    PlainLabel {
        anchors { left: parent.left; right: parent.right; leftMargin: 40; rightMargin: 16; verticalCenter: parent.verticalCenter }
        visible: !root.text && !root.preeditText
        text: root.label
        color: Theme.textDim
        font.pixelSize: root.font.pixelSize
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    background: Rectangle {
        radius: 20
        color: Theme.surface2
        border.width: root.activeFocus ? 2 : Theme.highContrast ? 1 : 0
        border.color: root.activeFocus ? Theme.accent : Theme.outline
    }
    Icon {
        anchors { left: parent.left; leftMargin: 13; verticalCenter: parent.verticalCenter }
        name: "search"
        size: 18
    }
    IconButton {
        anchors { right: parent.right; verticalCenter: parent.verticalCenter }
        visible: root.text
        iconName: "close"
        iconSize: 16
        label: qsTr("Clear the search")
        onClicked: root.clear()
    }
}
