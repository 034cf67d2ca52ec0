// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// One chat in the list: two lines beside an avatar. A pure function of its roles.
T.ItemDelegate {
    id: root

    required property int index
    required property string chat
    required property string title
    required property string initials
    required property int hue
    required property string preview
    required property string draft
    required property string time
    required property string delivery
    required property int unread
    required property bool markedUnread
    required property bool muted
    required property bool pinned
    required property bool archived
    required property bool request
    required property bool blocked
    required property bool self
    required property bool typing
    required property string spoken
    property bool open: false
    property bool narrow: false
    readonly property bool hasNews: unread > 0 || markedUnread

    signal menuWanted(real x, real y)

    width: ListView.view ? ListView.view.width : 348
    height: Math.max(Theme.compact ? 60 : 72, lines.implicitHeight + 24)
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken
    Accessible.onPressAction: clicked()

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => root.menuWanted(point.position.x, point.position.y)
    }
    background: Rectangle {
        anchors { fill: parent; leftMargin: 8; rightMargin: 8; topMargin: 2; bottomMargin: 2 }
        radius: 12
        color: root.open ? Theme.selected : root.hovered ? Theme.surface2 : "transparent"
        border.width: root.ListView.isCurrentItem && root.ListView.view && root.ListView.view.activeFocus ? 2 : root.open && Theme.highContrast ? 1 : 0
        border.color: Theme.accent
    }
    contentItem: Item {
        Avatar {
            id: face
            anchors { left: parent.left; leftMargin: root.narrow ? (parent.width - width) / 2 : 20; verticalCenter: parent.verticalCenter }
            initials: root.initials
            hue: root.hue
            self: root.self
            size: Theme.compact ? 40 : 48
            Badge {
                anchors { right: parent.right; top: parent.top; rightMargin: -4; topMargin: -4 }
                visible: root.narrow && root.hasNews
                count: root.unread
                dot: root.markedUnread
                dim: root.muted
            }
        }
        Column {
            id: lines
            anchors { left: face.right; leftMargin: 12; right: parent.right; rightMargin: 20; verticalCenter: parent.verticalCenter }
            visible: !root.narrow
            spacing: 3
            Item {
                width: parent.width
                height: name.implicitHeight
                PlainLabel {
                    id: name
                    anchors { left: parent.left; right: signs.left; rightMargin: 6 }
                    text: root.title
                    elide: Text.ElideRight
                    font.weight: root.hasNews ? Font.DemiBold : Font.Medium
                }
                Row {
                    id: signs
                    anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                    spacing: 5
                    Icon { anchors.verticalCenter: parent.verticalCenter; visible: root.blocked; name: "block"; size: 14 }
                    Icon { anchors.verticalCenter: parent.verticalCenter; visible: root.muted; name: "mute"; size: 14 }
                    Icon { anchors.verticalCenter: parent.verticalCenter; visible: root.pinned; name: "pin"; size: 14 }
                    PlainLabel {
                        text: root.time
                        color: root.hasNews && !root.muted ? Theme.accent : Theme.textDim
                        font.pixelSize: Theme.caption
                        font.weight: root.hasNews ? Font.DemiBold : Font.Normal
                    }
                }
            }
            Item {
                width: parent.width
                height: Math.max(20, line.implicitHeight)
                Ticks {
                    id: ticks
                    anchors { left: parent.left; verticalCenter: parent.verticalCenter }
                    visible: delivery && !root.draft && !root.typing
                    delivery: root.delivery
                    width: visible ? implicitWidth : 0
                }
                PlainLabel {
                    id: line
                    anchors { left: ticks.right; leftMargin: ticks.visible ? 4 : 0; right: badge.left; rightMargin: badge.visible ? 8 : 0; verticalCenter: parent.verticalCenter }
                    text: root.typing ? qsTr("typing…") : root.draft ? qsTr("Draft: %1").arg(root.draft)
                        : root.request ? qsTr("Message request: %1").arg(root.preview) : root.preview
                    color: root.typing ? Theme.online : root.draft ? Theme.danger : root.request ? Theme.warning : Theme.textDim
                    font.pixelSize: Theme.secondary
                    font.italic: root.typing
                    elide: Text.ElideRight
                }
                Badge {
                    id: badge
                    anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                    count: root.unread
                    dot: root.markedUnread
                    dim: root.muted
                    width: visible ? implicitWidth : 0
                }
            }
        }
    }
}
