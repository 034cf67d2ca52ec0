// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// Locked: the agent has closed the store, and nothing that was read is left here.
Item {
    id: root

    property string slot: "passphrase" // passphrase, keyring, recovery

    Component.onCompleted: {
        Session.clearUnlockError()
        field.input.forceActiveFocus()
    }
    Component.onDestruction: field.input.clear()
    Connections { // the next try replaces the wrong one
        target: Session
        function onBusyChanged(): void { if (Session.unlockError) field.input.selectAll() }
    }

    Column {
        anchors.centerIn: parent
        width: Math.min(380, parent.width - 48)
        spacing: 16
        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 88
            height: 88
            radius: 44
            color: Theme.selected
            Icon { anchors.centerIn: parent; name: "lock"; size: 40; tint: Theme.accent }
        }
        PlainLabel { width: parent.width; text: qsTr("Kith is locked"); font.pixelSize: Theme.paneTitle; font.weight: Font.Bold; horizontalAlignment: Text.AlignHCenter; Accessible.role: Accessible.Heading }
        Field {
            id: field
            objectName: "unlockField"
            width: parent.width
            label: root.slot === "recovery" ? qsTr("Recovery key") : qsTr("Passphrase")
            secret: root.slot !== "recovery"
            limit: 1024
            noteKind: Session.unlockError ? "bad" : "plain"
            note: Session.unlockError
            onAccepted: if (text) Session.unlock(root.slot, text)
        }
        PushButton { width: parent.width; text: qsTr("Unlock"); busy: Session.busy; enabled: !busy && field.text; onClicked: Session.unlock(root.slot, field.text) }
        PushButton { width: parent.width; kind: "outlined"; enabled: !Session.busy; text: qsTr("Unlock with the system keyring"); onClicked: Session.unlock("keyring", "") }
        PushButton { width: parent.width; kind: "flat"; text: root.slot === "recovery" ? qsTr("Use the passphrase") : qsTr("Use the recovery key"); onClicked: { root.slot = root.slot === "recovery" ? "passphrase" : "recovery"; field.input.clear(); Session.clearUnlockError(); field.input.forceActiveFocus() } }
    }
}
