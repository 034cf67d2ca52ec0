// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// A bubble with the corners of its place in a run: 18, or 6 towards its neighbours. Two rectangles, because Qt 6.4 has
/// no radius per corner and the software renderer no effects: the small one squares the corner that faces the run.
Item {
    id: root

    property color colour
    property bool mine: false
    property bool first: true
    property bool last: true

    Rectangle {
        anchors.fill: parent
        radius: 18
        color: root.colour
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.outline
    }
    Rectangle {
        anchors { top: parent.top; left: root.mine ? undefined : parent.left; right: root.mine ? parent.right : undefined }
        visible: !root.first && !Theme.highContrast
        width: 20
        height: 20
        radius: 6
        color: root.colour
    }
    Rectangle {
        anchors { bottom: parent.bottom; left: root.mine ? undefined : parent.left; right: root.mine ? parent.right : undefined }
        visible: !root.last && !Theme.highContrast
        width: 20
        height: 20
        radius: 6
        color: root.colour
    }
}
