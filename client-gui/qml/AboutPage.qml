// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    spacing: 12
    Rectangle {
        width: 72
        height: 72
        radius: 20
        color: Theme.accent
        Icon { anchors.centerIn: parent; name: "kith"; size: 44; tint: Theme.accentText }
    }
    PlainLabel { text: qsTr("Kith %1").arg(Qt.application.version); font.pixelSize: Theme.dialogTitle; font.weight: Font.DemiBold }
    PlainLabel { width: parent.width; text: qsTr("End-to-end encrypted messages that belong to you. Free software under the GNU General Public License, version 3 or later."); wrapMode: Text.Wrap; color: Theme.textDim; lineHeight: 1.2 }
    PushButton { kind: "outlined"; text: qsTr("Check the set-up"); onClicked: Session.runDoctor() }
    Repeater { model: Session.checks; CheckRow {} }
}
