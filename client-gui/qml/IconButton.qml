// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// A round button of 40 with an icon, a name for everybody, and a tooltip.
T.AbstractButton {
    id: root

    property string iconName
    required property string label
    property string keys
    property color tint: Theme.textDim
    property bool filled: false
    property bool mirrors: false
    property int iconSize: 22

    implicitWidth: 40
    implicitHeight: 40
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()

    Tip {
        visible: (root.hovered || root.visualFocus) && root.enabled
        text: root.keys ? root.label + "  " + root.keys : root.label
    }

    background: Rectangle {
        radius: width / 2
        color: root.filled ? (root.enabled ? Theme.accent : Theme.outline)
             : root.down ? Theme.outline : root.hovered ? Theme.surface2 : "transparent"
        border.width: root.visualFocus ? 2 : 0
        border.color: root.filled ? Theme.text : Theme.accent
        Behavior on color { ColorAnimation { duration: Theme.quick } }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            size: root.iconSize
            mirrors: root.mirrors
            tint: root.filled ? (root.enabled ? Theme.accentText : Theme.textDim) : root.tint
            opacity: root.enabled || root.filled ? 1 : 0.4
        }
    }
}
