// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// The safety number: 60 digits and a code, to be compared on a call or in person.
Sheet {
    id: root

    title: qsTr("Safety number")
    wide: 480

    PlainLabel { width: parent.width; text: Safety.error; visible: text; wrapMode: Text.Wrap; color: Theme.textDim }
    QrCode {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: Safety.code
        width: 200
        height: 200
        payload: Safety.code
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("The safety number as a QR code")
    }
    Grid {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: Safety.groups.length > 0
        columns: 4
        columnSpacing: Math.round(18 * Theme.scale)
        rowSpacing: 8
        LayoutMirroring.enabled: false
        Accessible.role: Accessible.StaticText
        Accessible.name: Safety.groups.join(" ")
        Repeater {
            model: Safety.groups
            PlainLabel { required property string modelData; text: modelData; font.family: Theme.mono; font.pixelSize: Math.round(18 * Theme.scale); Accessible.ignored: true }
        }
    }
    PlainLabel {
        width: parent.width
        visible: !Safety.error
        text: qsTr("Compare these digits with %1 on a call or in person. If they are the same, nobody reads along.").arg(Safety.user)
        color: Theme.textDim
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        lineHeight: 1.2
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: Safety.state === "verified"
        spacing: 6
        Icon { name: "shieldCheck"; size: 20; tint: Theme.online }
        PlainLabel { text: qsTr("Verified"); color: Theme.online; font.weight: Font.DemiBold }
    }
    buttons: [
        PushButton { visible: Safety.groups.length > 0 && Safety.state !== "verified"; text: qsTr("Mark as verified"); onClicked: Safety.verify() },
        PushButton { visible: Safety.state === "verified"; kind: "outlined"; text: qsTr("Forget the verification"); onClicked: Safety.reset() },
        PushButton { visible: Safety.groups.length > 0; kind: "flat"; text: qsTr("Copy digits"); onClicked: Desktop.copy(Safety.groups.join(" ")) }
    ]
}
