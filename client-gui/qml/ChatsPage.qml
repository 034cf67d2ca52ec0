// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    spacing: 8
    SwitchRow { text: qsTr("Enter sends"); detail: Preferences.enterSends ? qsTr("Shift+Enter makes a new line.") : qsTr("Shift+Enter or Ctrl+Enter sends."); checked: Preferences.enterSends; onToggledByUser: Preferences.enterSends = checked }
    SettingTitle { text: qsTr("Stored on this computer") }
    FactRow { name: qsTr("Messages"); value: Number(AgentSettings.storage.messages || 0).toLocaleString(Qt.locale(), "f", 0) }
    FactRow { name: qsTr("Size of the database"); value: Qt.locale().formattedDataSize(AgentSettings.storage.bytes || 0) }
}
