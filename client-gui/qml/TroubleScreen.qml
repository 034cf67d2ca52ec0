// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// Why there is nothing to show, and what to do: database, version, device, agent (ui 4.13). Nothing here deletes.
Item {
    id: root

    readonly property int phase: Session.phase
    readonly property bool noAgent: phase === Session.AgentFailed || phase === Session.AgentIsOther

    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, column.implicitHeight + 64)
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: Scroller {}
        Column {
            id: column
            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(32, (parent.height - implicitHeight) / 2)
            width: Math.min(520, root.width - 48)
            spacing: 16
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                width: 88
                height: 88
                radius: 44
                color: Theme.faded(Theme.warning, 0.16)
                Icon { anchors.centerIn: parent; name: "warning"; size: 40; tint: Theme.warning }
            }
            PlainLabel {
                width: parent.width
                text: root.phase === Session.Damaged ? qsTr("Your messages cannot be opened")
                    : root.phase === Session.UpdateNeeded ? qsTr("Update needed")
                    : root.phase === Session.AgentIsOther ? qsTr("Two versions of Kith meet")
                    : root.phase === Session.SignedOut ? qsTr("You are signed out")
                    : root.phase === Session.DeviceRemoved ? qsTr("This device was removed")
                    : qsTr("Kith's background service does not start")
                font.pixelSize: Theme.paneTitle
                font.weight: Font.Bold
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                Accessible.role: Accessible.Heading
            }
            PlainLabel {
                width: parent.width
                text: root.phase === Session.Damaged ? qsTr("The secret is right, but the database is damaged or its disk is full. Nothing was deleted or overwritten; the files are in the folder below.")
                    : root.phase === Session.UpdateNeeded ? qsTr("This version of Kith is too old for its server. Your messages are safe on this computer; install the newer version to go on.")
                    : root.phase === Session.AgentIsOther ? qsTr("The running background service is of another version than this window. Quit it and try again, or update both.")
                    : root.phase === Session.SignedOut ? qsTr("The server does not accept this device any more. Your messages stay on this computer.")
                    : root.phase === Session.DeviceRemoved ? qsTr("Another device of your account removed this one. What was received before stays on this computer.")
                    : qsTr("Without it nothing can be read or sent. Your messages are safe on this computer.")
                color: Theme.textDim
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                lineHeight: 1.25
            }
            Rectangle {
                width: parent.width
                visible: reason.text
                height: reason.implicitHeight + 24
                radius: 12
                color: Theme.surface
                PlainLabel { id: reason; anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: 14 } text: [Session.problem, Session.problemHint].filter(s => s).join("\n"); wrapMode: Text.Wrap; font.pixelSize: Theme.secondary }
            }
            Flow {
                width: parent.width
                spacing: 8
                PushButton { text: qsTr("Try again"); onClicked: Session.retry() }
                PushButton { kind: "outlined"; text: qsTr("Show folder"); onClicked: Desktop.openAddress(Session.dataFolder) }
                PushButton { visible: root.noAgent; kind: "outlined"; text: qsTr("Show the log"); onClicked: log.text = Session.logExcerpt() || qsTr("The log is empty.") }
                PushButton { visible: !root.noAgent; kind: "outlined"; text: qsTr("Check the set-up"); onClicked: Session.runDoctor() }
                PushButton { kind: "flat"; text: qsTr("Quit"); onClicked: Desktop.quit() }
            }
            PlainLabel { id: log; width: parent.width; visible: text; wrapMode: Text.WrapAnywhere; font.family: Theme.mono; font.pixelSize: Theme.caption; color: Theme.textDim }
            Repeater { model: Session.checks; CheckRow {} }
        }
    }
}
