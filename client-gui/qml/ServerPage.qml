// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    id: root

    property string pinged

    spacing: 10
    FactRow { name: qsTr("Address"); value: AgentSettings.server.url || "" }
    FactRow { name: qsTr("Connection"); value: AgentSettings.server.connection === "online" ? qsTr("Connected") : AgentSettings.server.connection === "connecting" ? qsTr("Connecting…") : qsTr("Offline") }
    FactRow { visible: AgentSettings.server.pin; name: qsTr("Fingerprint"); value: AgentSettings.server.pin || "" }
    PushButton { kind: "outlined"; text: qsTr("Measure the way there"); onClicked: AgentSettings.ping() }
    PlainLabel { visible: root.pinged; text: root.pinged; color: Theme.textDim }
    SettingTitle { text: qsTr("Devices of this account") }
    Repeater {
        model: AgentSettings.devices
        FactRow { required property var modelData; iconName: "desktop"; name: modelData.me ? qsTr("This device") : qsTr("Device %1").arg(modelData.number); value: modelData.since }
    }
    Connections {
        target: AgentSettings
        function onPinged(ms: real): void { root.pinged = qsTr("There and back in %1 ms").arg(Number(ms).toLocaleString(Qt.locale(), "f", 1)) }
    }
}
