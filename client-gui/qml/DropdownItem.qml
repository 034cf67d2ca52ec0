// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

T.MenuItem {
    id: root

    property string iconName
    property string keys
    property bool danger: false

    implicitWidth: 220
    implicitHeight: visible ? Math.max(36, words.implicitHeight + 14) : 0
    hoverEnabled: true
    Accessible.role: Accessible.MenuItem
    Accessible.name: text
    Accessible.onPressAction: triggered()

    contentItem: Item {
        Icon {
            id: sign
            x: Theme.mirrored ? parent.width - width - 8 : 8
            anchors.verticalCenter: parent.verticalCenter
            size: 18
            name: root.iconName
            tint: root.danger ? Theme.danger : Theme.textDim
        }
        PlainLabel {
            id: words
            anchors { left: parent.left; leftMargin: 36; right: shortcut.left; verticalCenter: parent.verticalCenter }
            text: root.text
            color: root.danger ? Theme.danger : Theme.text
            font.pixelSize: Theme.secondary + 1
            elide: Text.ElideRight
        }
        PlainLabel {
            id: shortcut
            anchors { right: parent.right; rightMargin: 10; verticalCenter: parent.verticalCenter }
            text: root.keys
            color: Theme.textDim
            font.pixelSize: Theme.caption
        }
    }
    background: Rectangle {
        radius: 8
        color: root.highlighted || root.hovered ? Theme.surface2 : "transparent"
    }
}
