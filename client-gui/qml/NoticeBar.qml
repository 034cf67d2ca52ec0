// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// In place of the composer, or above it: why one cannot write now, and what can be done.
Rectangle {
    id: root

    property string iconName
    property string title
    property string text
    property color tint: Theme.accent
    property alias actions: row.data

    implicitHeight: column.implicitHeight + 32
    color: Theme.surface

    Rectangle { width: parent.width; height: 1; color: Theme.outline }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; leftMargin: 20; rightMargin: 20; verticalCenter: parent.verticalCenter }
        spacing: 12
        Item {
            width: parent.width
            height: words.implicitHeight
            Icon { id: sign; anchors { left: parent.left; top: parent.top } name: root.iconName; tint: root.tint; size: 24 }
            Column {
                id: words
                anchors { left: sign.right; leftMargin: 12; right: parent.right }
                spacing: 2
                PlainLabel { width: parent.width; text: root.title; font.weight: Font.DemiBold; wrapMode: Text.Wrap }
                PlainLabel { width: parent.width; visible: text; text: root.text; color: Theme.textDim; font.pixelSize: Theme.secondary; wrapMode: Text.Wrap }
            }
        }
        Flow { id: row; width: parent.width; spacing: 8 }
    }
}
