// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    id: root

    signal back()
    signal next()

    function go(): void { if (Registration.complete) next() }

    spacing: 16
    Component.onCompleted: nameField.input.forceActiveFocus()

    PlainLabel { width: parent.width; text: qsTr("Create your account"); font.pixelSize: Theme.paneTitle; font.weight: Font.Bold; wrapMode: Text.Wrap; Accessible.role: Accessible.Heading }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        Avatar { size: 72; initials: nameField.text.trim().split(" ").filter(w => w).map(w => w[0].toUpperCase()).filter((c, i, all) => i === 0 || i === all.length - 1).join("") }
    }
    Field {
        id: nameField
        objectName: "nameField"
        width: parent.width
        label: qsTr("Your name")
        text: Registration.name
        note: qsTr("Only the people you write to see it; the server does not.")
        limit: 64
        onEdited: text => Registration.name = text
        onAccepted: userField.input.forceActiveFocus()
    }
    Field {
        id: userField
        objectName: "userField"
        width: parent.width
        label: qsTr("User name")
        text: Registration.user
        limit: 33
        busy: Registration.userCheck === Registration.Checking
        noteKind: Registration.userCheck === Registration.Good ? "good" : Registration.userCheck === Registration.Bad ? "bad" : "plain"
        note: Registration.userText || qsTr("Others find you by it. 3 to 32 of a–z, 0–9, _ and .")
        onEdited: text => Registration.user = text
        onAccepted: root.go()
    }
    Field {
        width: parent.width
        visible: Registration.needsInvite
        label: qsTr("Invite code")
        text: Registration.invite
        note: qsTr("This server asks for one. You get it from its operator.")
        onEdited: text => Registration.invite = text
        onAccepted: root.go()
    }
    Row {
        anchors.right: parent.right
        spacing: 8
        PushButton { kind: "flat"; text: qsTr("Back"); onClicked: root.back() }
        PushButton { text: qsTr("Continue"); enabled: Registration.complete; onClicked: root.go() }
    }
}
