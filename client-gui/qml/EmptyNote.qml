// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// A quiet drawing and a sentence where nothing is.
Column {
    id: root

    property string iconName
    property string title
    property string text
    property string action

    signal acted()

    spacing: 12

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 88
        height: 88
        radius: 44
        color: Theme.selected
        Icon { anchors.centerIn: parent; name: root.iconName; size: 40; tint: Theme.accent }
    }
    PlainLabel {
        width: parent.width
        text: root.title
        font.pixelSize: Theme.subtitle
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
    }
    PlainLabel {
        width: parent.width
        visible: text
        text: root.text
        color: Theme.textDim
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        lineHeight: 1.2
    }
    PushButton {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.action
        text: root.action
        onClicked: root.acted()
    }
}
