// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// A hit: where, who, when, and the words with the mark.
T.ItemDelegate {
    id: root

    required property int index
    required property string title
    required property string sender
    required property string time
    required property string before
    required property string marked
    required property string after

    width: ListView.view ? ListView.view.width : 400
    height: who.implicitHeight + line.height + 22
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: title + ", " + sender + ", " + before + marked + after + ", " + time
    Accessible.onPressAction: clicked()

    background: Rectangle {
        radius: 12
        color: root.ListView.isCurrentItem ? Theme.selected : root.hovered ? Theme.surface2 : "transparent"
    }
    contentItem: Item {
        PlainLabel { id: who; x: 12; y: 9; width: parent.width - when.width - 32; text: root.sender === root.title ? root.title : qsTr("%1 in %2").arg(root.sender).arg(root.title); font.pixelSize: Theme.secondary; font.weight: Font.DemiBold; elide: Text.ElideRight }
        PlainLabel { id: when; anchors { right: parent.right; rightMargin: 12 } y: 9; text: root.time; color: Theme.textDim; font.pixelSize: Theme.caption }
        Row {
            id: line
            x: 12
            anchors.top: who.bottom
            anchors.topMargin: 2
            width: parent.width - 24
            clip: true
            PlainLabel { text: root.before; color: Theme.textDim }
            PlainLabel {
                text: root.marked
                font.weight: Font.DemiBold
                Rectangle { anchors.fill: parent; z: -1; radius: 3; color: Theme.faded(Theme.accent, 0.22) }
            }
            PlainLabel { text: root.after; color: Theme.textDim; elide: Text.ElideRight; width: Math.min(implicitWidth, Math.max(0, line.width - x)) }
        }
    }
}
