// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    id: root

    property bool byKeyring: !Registration.noKeyring
    readonly property bool strong: first.text.length >= 8
    readonly property bool equal: first.text === second.text

    signal back()

    function go(): void {
        if (byKeyring)
            Registration.registerAccount("")
        else if (strong && equal)
            Registration.registerAccount(first.text)
    }

    spacing: 16

    PlainLabel { width: parent.width; text: qsTr("Protect your messages"); font.pixelSize: Theme.paneTitle; font.weight: Font.Bold; wrapMode: Text.Wrap; Accessible.role: Accessible.Heading }
    PlainLabel { width: parent.width; text: qsTr("Everything is kept encrypted on this computer. What opens it?"); color: Theme.textDim; wrapMode: Text.Wrap }
    ChoiceRow { visible: !Registration.noKeyring; text: qsTr("System keyring"); detail: qsTr("Opens by itself when you are logged in."); checked: root.byKeyring; onClicked: { root.byKeyring = true; Registration.clearError() } }
    ChoiceRow { text: qsTr("Passphrase"); detail: qsTr("You type it each time Kith starts."); checked: !root.byKeyring; onClicked: { root.byKeyring = false; Registration.clearError(); first.input.forceActiveFocus() } }
    Field { id: first; objectName: "passphraseField"; width: parent.width; visible: !root.byKeyring; secret: true; label: qsTr("Passphrase"); limit: 1024; noteKind: text && !root.strong ? "bad" : "plain"; note: qsTr("At least 8 characters. A few words are good."); onAccepted: second.input.forceActiveFocus() }
    Field { id: second; objectName: "passphraseAgainField"; width: parent.width; visible: !root.byKeyring; secret: true; label: qsTr("The same again"); limit: 1024; noteKind: text && !root.equal ? "bad" : "plain"; note: text && !root.equal ? qsTr("They differ.") : ""; onAccepted: root.go() }
    PlainLabel { width: parent.width; visible: text; text: Registration.error; color: Theme.danger; wrapMode: Text.Wrap; Accessible.role: Accessible.AlertMessage }
    Row {
        anchors.right: parent.right
        spacing: 8
        PushButton { kind: "flat"; text: qsTr("Back"); enabled: !Registration.busy; onClicked: root.back() }
        PushButton { text: qsTr("Create account"); busy: Registration.busy; enabled: !busy && (root.byKeyring || (root.strong && root.equal)); onClicked: root.go() }
    }
    Connections {
        target: Registration
        function onBusyChanged(): void { if (Registration.noKeyring) root.byKeyring = false }
    }
}
