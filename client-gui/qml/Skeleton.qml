// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// Grey bars where something will be, from 150 ms on.
Item {
    id: root

    property bool active: false
    property bool bubbles: false
    property int rows: bubbles ? 3 : 6
    property bool due: false

    onActiveChanged: due = false
    visible: active && due
    Accessible.ignored: true
    Timer { interval: 150; running: root.active; onTriggered: root.due = true }

    Column {
        anchors { left: parent.left; right: parent.right; margins: 20 }
        y: 12
        spacing: root.bubbles ? 14 : 24
        Repeater {
            model: root.rows
            Item {
                id: bar
                required property int index
                width: parent.width
                height: 48
                Rectangle { visible: !root.bubbles; width: 48; height: 48; radius: 24; color: Theme.surface2 }
                Rectangle { visible: !root.bubbles; x: 60; y: 6; width: parent.width * 0.4; height: 12; radius: 6; color: Theme.surface2 }
                Rectangle { visible: !root.bubbles; x: 60; y: 30; width: parent.width * 0.6; height: 10; radius: 5; color: Theme.surface2 }
                Rectangle {
                    visible: root.bubbles
                    x: bar.index % 2 ? parent.width - width : 0
                    width: parent.width * (0.3 + 0.08 * bar.index)
                    height: 44
                    radius: 18
                    color: Theme.surface2
                }
            }
        }
    }
}
