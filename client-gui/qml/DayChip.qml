// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Rectangle {
    id: root

    property string text
    property color colour: Theme.textDim
    property real limit: 480

    width: Math.min(limit, words.implicitWidth + 24)
    height: Math.max(26, words.implicitHeight + 10)
    radius: 13
    color: Theme.surface
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.outline

    PlainLabel {
        id: words
        anchors { verticalCenter: parent.verticalCenter; left: parent.left; right: parent.right; leftMargin: 12; rightMargin: 12 }
        text: root.text
        color: root.colour
        font.pixelSize: Theme.caption
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
    }
}
