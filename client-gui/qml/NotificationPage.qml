// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    spacing: 8
    SwitchRow { text: qsTr("Notifications"); detail: qsTr("When a message comes that you do not see. Muted chats stay silent."); checked: Preferences.notify; onToggledByUser: Preferences.notify = checked }
    SettingTitle { text: qsTr("They show") }
    ChipChoice { names: [qsTr("Name and message"), qsTr("Only the name"), qsTr("Nothing")]; values: ["message", "name", "nothing"]; current: Preferences.notifyShows; onChosen: value => Preferences.notifyShows = value }
}
