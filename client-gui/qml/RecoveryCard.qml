// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// The recovery key: shown once, to be written down.
Rectangle {
    width: parent ? parent.width : 300
    height: keys.implicitHeight + 36
    radius: 12
    color: Theme.surface2
    Accessible.role: Accessible.StaticText
    Accessible.name: AgentSettings.recoveryKey

    Grid {
        id: keys
        anchors.centerIn: parent
        columns: 4
        columnSpacing: Math.round(18 * Theme.scale)
        rowSpacing: 10
        LayoutMirroring.enabled: false
        Repeater {
            model: AgentSettings.recoveryKey ? AgentSettings.recoveryKey.split("-") : ["····", "····", "····", "····", "····", "····", "····", "····"]
            PlainLabel { required property string modelData; text: modelData; font.family: Theme.mono; font.pixelSize: Math.round(18 * Theme.scale); color: AgentSettings.recoveryKey ? Theme.text : Theme.textDim; Accessible.ignored: true }
        }
    }
}
