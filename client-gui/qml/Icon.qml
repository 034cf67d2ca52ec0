// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Window
import Kith

/// An own drawing in a colour. An Item around the Image: an Image's implicit size is its pixel size, doubled at 200 %.
Item {
    id: root

    property string name
    property color tint: Theme.textDim
    property int size: 24
    property bool mirrors: false // direction-bearing: turns round in right-to-left windows

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Image {
        anchors.fill: parent
        sourceSize: Qt.size(root.size * Screen.devicePixelRatio, root.size * Screen.devicePixelRatio)
        source: root.name ? "image://icon/" + root.name + "/" + root.tint.toString().slice(-6) : ""
        mirror: root.mirrors && Theme.mirrored
    }
}
