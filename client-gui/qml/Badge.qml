// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// How many are unread; a dot where somebody marked it by hand.
Rectangle {
    id: root

    property int count: 0
    property bool dot: false
    property bool dim: false

    visible: count > 0 || dot
    implicitWidth: count > 0 ? Math.max(20, words.implicitWidth + 12) : 12
    implicitHeight: count > 0 ? Math.max(20, words.implicitHeight + 4) : 12
    radius: height / 2
    color: dim ? Theme.textDim : Theme.accent
    Accessible.ignored: true

    PlainLabel {
        id: words
        anchors.centerIn: parent
        visible: root.count > 0
        text: root.count > 99 ? "99+" : root.count
        color: root.dim ? Theme.surface : Theme.accentText
        font.pixelSize: Theme.meta
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
