// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// From nothing to the first chat: welcome, account, protection, recovery key (ui 4.1, 4.2).
Item {
    id: root

    property string step: Registration.registered ? "recovery" : "welcome" // welcome, account, protect, recovery

    Component.onCompleted: Registration.lookForLocalServer()
    Connections {
        target: Registration
        function onBusyChanged(): void {
            if (!Registration.registered || Registration.busy)
                return
            if (!AgentSettings.canRecover)
                return Registration.finish()
            root.step = "recovery"
            AgentSettings.createRecovery()
        }
    }
    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, card.height + 48)
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: Scroller {}
        Rectangle {
            id: card
            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(24, (parent.height - height) / 2)
            width: Math.min(460, root.width - 24)
            height: steps.height + 72
            radius: 20
            color: Theme.surface
            border.width: Theme.dark || Theme.highContrast ? 1 : 0
            border.color: Theme.outline
            Loader {
                id: steps
                anchors { left: parent.left; right: parent.right; top: parent.top; margins: 36 }
                sourceComponent: root.step === "welcome" ? welcome : root.step === "account" ? account : root.step === "protect" ? protect : recovery
            }
        }
    }
    Component { id: welcome; WelcomeStep { onNext: root.step = "account" } }
    Component { id: account; AccountStep { onBack: root.step = "welcome"; onNext: root.step = "protect" } }
    Component { id: protect; ProtectStep { onBack: root.step = "account" } }
    Component { id: recovery; RecoveryStep { onDone: Registration.finish() } }
}
