// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    id: root

    required property ConfirmSheet confirm

    spacing: 10
    Component.onDestruction: AgentSettings.forgetRecovery()
    SettingTitle { text: qsTr("What opens your messages") }
    Repeater {
        model: AgentSettings.unlockWays
        Item {
            id: way
            required property var modelData
            width: parent ? parent.width : 0
            height: 52
            FactRow {
                anchors { left: parent.left; right: remove.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
                iconName: "key"
                name: way.modelData.kind === "keyring" ? qsTr("System keyring") : way.modelData.kind === "passphrase" ? qsTr("Passphrase") : way.modelData.kind === "recovery" ? qsTr("Recovery key") : qsTr("Key file")
                value: way.modelData.since
            }
            PushButton {
                id: remove
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                visible: AgentSettings.unlockWays.length > 1
                width: visible ? implicitWidth : 0
                kind: "flat"
                text: qsTr("Remove")
                onClicked: root.confirm.ask(qsTr("Remove this way?"), qsTr("It no longer opens your messages. The others still do."), qsTr("Remove"), true, () => AgentSettings.removeSlot(way.modelData.id))
            }
        }
    }
    PushButton { visible: !AgentSettings.unlockWays.some(w => w.kind === "keyring"); kind: "outlined"; text: qsTr("Also open with the system keyring"); busy: AgentSettings.busy; onClicked: AgentSettings.addKeyring() }
    SettingTitle { text: AgentSettings.unlockWays.some(w => w.kind === "passphrase") ? qsTr("Another passphrase") : qsTr("Set a passphrase") }
    Field { id: phrase; width: parent.width; secret: true; label: qsTr("Passphrase"); limit: 1024; note: qsTr("At least 8 characters.") }
    Field { id: again; width: parent.width; secret: true; label: qsTr("The same again"); limit: 1024; noteKind: text && text !== phrase.text ? "bad" : "plain"; note: text && text !== phrase.text ? qsTr("They differ.") : "" }
    PushButton { text: qsTr("Set passphrase"); busy: AgentSettings.busy; enabled: !busy && phrase.text.length >= 8 && phrase.text === again.text; onClicked: { AgentSettings.setPassphrase(phrase.text); phrase.input.clear(); again.input.clear() } }
    SettingTitle { visible: AgentSettings.canRecover; text: qsTr("Recovery key") }
    PlainLabel { visible: AgentSettings.canRecover; width: parent.width; text: qsTr("A new key makes an older one worthless."); color: Theme.textDim; font.pixelSize: Theme.secondary; wrapMode: Text.Wrap }
    RecoveryCard { visible: AgentSettings.recoveryKey }
    Row {
        visible: AgentSettings.canRecover
        spacing: 8
        PushButton { kind: "outlined"; text: qsTr("Make a recovery key"); busy: AgentSettings.busy; onClicked: AgentSettings.createRecovery() }
        PushButton { visible: AgentSettings.recoveryKey; kind: "flat"; text: qsTr("Copy"); onClicked: Desktop.copy(AgentSettings.recoveryKey) }
    }
    SettingTitle { text: qsTr("Lock by itself after") }
    ChipChoice { names: [qsTr("Never"), qsTr("1 min"), qsTr("5 min"), qsTr("15 min"), qsTr("1 h")]; values: ["never", "1m", "5m", "15m", "1h"]; current: AgentSettings.lockAfter; onChosen: value => AgentSettings.setLockAfter(value) }
    SwitchRow { text: qsTr("Only this window may use the account"); detail: qsTr("The command line is refused. It guards against mistakes, not against programs of your own user."); checked: AgentSettings.onlyWindow; onToggledByUser: AgentSettings.setOnlyWindow(checked) }
}
