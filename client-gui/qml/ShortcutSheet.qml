// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// Every shortcut, from the registry.
Sheet {
    title: qsTr("Keyboard shortcuts")
    wide: 560
    Repeater {
        model: Shortcuts
        Item {
            id: row
            required property string title
            required property string keys
            required property string section
            required property bool listed
            required property int index
            visible: listed
            width: parent ? parent.width : 0
            height: visible ? words.implicitHeight + 4 : 0
            PlainLabel { id: words; anchors { left: parent.left; right: keysLabel.left; verticalCenter: parent.verticalCenter } text: row.title; wrapMode: Text.Wrap }
            PlainLabel { id: keysLabel; anchors { right: parent.right; verticalCenter: parent.verticalCenter } text: row.keys; color: Theme.textDim; font.pixelSize: Theme.secondary }
        }
    }
}
