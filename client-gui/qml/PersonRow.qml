// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// A person or a command in a list that one chooses from.
T.ItemDelegate {
    id: root

    property string title
    property string detail
    property string initials
    property int hue: 0
    property string iconName
    property int unread: 0
    property bool verified: false

    width: ListView.view ? ListView.view.width : parent ? parent.width : 300
    height: Math.max(56, words.implicitHeight + 16)
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: detail ? title + ", " + detail : title
    Accessible.onPressAction: clicked()

    background: Rectangle {
        radius: 12
        color: root.highlighted || root.ListView.isCurrentItem ? Theme.selected : root.hovered ? Theme.surface2 : "transparent"
    }
    contentItem: Item {
        Avatar { id: face; visible: !root.iconName; anchors { left: parent.left; leftMargin: 8; verticalCenter: parent.verticalCenter } initials: root.initials; hue: root.hue }
        Rectangle {
            visible: root.iconName
            anchors.fill: face
            radius: 20
            color: Theme.selected
            Icon { anchors.centerIn: parent; name: root.iconName; size: 20; tint: Theme.accent }
        }
        Column {
            id: words
            anchors { left: face.right; leftMargin: 12; right: badge.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
            Row {
                width: parent.width
                spacing: 6
                PlainLabel { text: root.title; font.weight: Font.Medium; elide: Text.ElideRight; width: Math.min(implicitWidth, parent.width - 24) }
                Icon { visible: root.verified; name: "shieldCheck"; size: 14; tint: Theme.online; anchors.verticalCenter: parent.verticalCenter }
            }
            PlainLabel { width: parent.width; visible: text; text: root.detail; color: Theme.textDim; font.pixelSize: Theme.secondary; elide: Text.ElideRight }
        }
        Badge { id: badge; anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter } count: root.unread }
    }
}
