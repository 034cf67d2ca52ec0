// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// One line of the doctor.
Column {
    id: root

    required property var modelData

    width: parent ? parent.width : 0
    spacing: 2
    Row {
        width: parent.width
        spacing: 8
        Icon { id: sign; size: 18; name: root.modelData.result === "ok" ? "check" : "warning"; tint: root.modelData.result === "ok" ? Theme.online : root.modelData.result === "warn" ? Theme.warning : Theme.danger }
        PlainLabel { width: parent.width - 26; text: root.modelData.name + ": " + root.modelData.message; wrapMode: Text.Wrap; font.pixelSize: Theme.secondary }
    }
    PlainLabel { x: 26; width: parent.width - 26; visible: text; text: root.modelData.fix || ""; color: Theme.textDim; wrapMode: Text.Wrap; font.pixelSize: Theme.secondary }
}
