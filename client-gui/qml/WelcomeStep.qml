// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    id: root

    property bool changing: false
    readonly property bool found: Registration.serverCheck === Registration.Good

    signal next()

    spacing: 16

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 72
        height: 72
        radius: 20
        color: Theme.accent
        Icon { anchors.centerIn: parent; name: "kith"; size: 44; tint: Theme.accentText }
    }
    PlainLabel { width: parent.width; text: qsTr("Welcome to Kith"); font.pixelSize: Theme.welcome; font.weight: Font.Bold; horizontalAlignment: Text.AlignHCenter; wrapMode: Text.Wrap; Accessible.role: Accessible.Heading }
    PlainLabel { width: parent.width; text: qsTr("Messages that only you and the people you write to can read, on a server that you choose."); color: Theme.textDim; horizontalAlignment: Text.AlignHCenter; wrapMode: Text.Wrap; lineHeight: 1.25 }
    Item { width: 1; height: 4 }
    Field {
        id: field
        width: parent.width
        visible: root.changing || !root.found
        label: qsTr("Server")
        hint: "chat.example:8443"
        text: Registration.server
        busy: Registration.serverCheck === Registration.Checking
        noteKind: root.found ? "good" : Registration.serverCheck === Registration.Bad ? "bad" : "plain"
        note: Registration.serverText
        limit: 2048
        onEdited: text => Registration.server = text
        onAccepted: if (root.found) root.next()
    }
    PushButton { width: parent.width; text: qsTr("Create account"); enabled: root.found; onClicked: root.next() }
    PushButton {
        width: parent.width
        visible: Registration.canStartServer && !root.found
        kind: "outlined"
        busy: Registration.startingServer
        text: qsTr("Start a server on this computer")
        onClicked: Registration.startLocalServer()
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.found && !root.changing
        spacing: 6
        Icon { name: "check"; size: 16; tint: Theme.online; anchors.verticalCenter: parent.verticalCenter }
        PlainLabel { text: qsTr("Server: %1").arg(Registration.server); color: Theme.textDim; font.pixelSize: Theme.secondary; anchors.verticalCenter: parent.verticalCenter }
        PushButton { kind: "flat"; implicitHeight: 32; text: qsTr("Change"); onClicked: { root.changing = true; field.input.forceActiveFocus() } }
    }
}
