// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    id: root

    signal done()

    spacing: 16
    Component.onDestruction: AgentSettings.forgetRecovery()

    PlainLabel { width: parent.width; text: qsTr("Your recovery key"); font.pixelSize: Theme.paneTitle; font.weight: Font.Bold; wrapMode: Text.Wrap; Accessible.role: Accessible.Heading }
    PlainLabel { width: parent.width; text: qsTr("If the keyring or the passphrase is lost, only this opens your messages. It is shown this once: write it down, or keep it where your other important papers are."); color: Theme.textDim; wrapMode: Text.Wrap; lineHeight: 1.2 }
    RecoveryCard {}
    PushButton { kind: "outlined"; enabled: AgentSettings.recoveryKey; text: qsTr("Copy"); onClicked: Desktop.copy(AgentSettings.recoveryKey) }
    SwitchRow { id: stored; objectName: "storedSwitch"; text: qsTr("I stored it") }
    PushButton { objectName: "startButton"; width: parent.width; text: qsTr("Start writing"); enabled: stored.checked; onClicked: root.done() }
}
