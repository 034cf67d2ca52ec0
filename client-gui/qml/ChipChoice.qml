// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// One of a few values, as chips.
Flow {
    id: root

    property var names: []
    property var values: []
    property var current

    signal chosen(var value)

    width: parent ? parent.width : 0
    spacing: 8
    Repeater {
        model: root.names
        Chip {
            required property string modelData
            required property int index
            text: modelData
            checkable: false
            checked: root.values[index] === root.current
            onClicked: root.chosen(root.values[index])
        }
    }
}
