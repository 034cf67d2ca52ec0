// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// Initials on a tint of the person's hue; a drawing for the note to self and for nobody.
Rectangle {
    id: root

    property string initials
    property int hue: 0
    property int size: 40
    property bool self: false

    implicitWidth: size
    implicitHeight: size
    radius: size / 2
    color: Theme.avatarBacks[hue]
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.hues[hue]
    Accessible.ignored: true

    PlainLabel {
        anchors.centerIn: parent
        visible: !root.self && root.initials
        text: root.initials
        color: Theme.hues[root.hue]
        font.pixelSize: root.size * 0.38
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
    Icon {
        anchors.centerIn: parent
        visible: root.self || !root.initials
        name: root.self ? "pin" : "user"
        size: root.size * 0.5
        tint: Theme.hues[root.hue]
    }
}
