// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    spacing: 8
    SwitchRow { text: qsTr("Stay connected"); detail: qsTr("Messages come in also while the window is closed."); checked: AgentSettings.stayConnected; onToggledByUser: AgentSettings.setStayConnected(checked) }
    SwitchRow { text: qsTr("Start at login"); checked: Desktop.autostart; onToggledByUser: Desktop.autostart = checked }
    SwitchRow { enabled: Desktop.trayAvailable; text: qsTr("Icon in the tray"); detail: Desktop.trayAvailable ? "" : qsTr("This desktop shows no tray icons."); checked: Preferences.tray; onToggledByUser: Preferences.tray = checked }
    SwitchRow { visible: Preferences.tray && Desktop.trayAvailable; text: qsTr("Closing hides the window in the tray"); checked: Preferences.closeToTray; onToggledByUser: Preferences.closeToTray = checked }
    SwitchRow { visible: Preferences.tray && Desktop.trayAvailable; text: qsTr("Start hidden"); checked: Preferences.startHidden; onToggledByUser: Preferences.startHidden = checked }
    SettingTitle { text: qsTr("Drawing (from the next start)") }
    ChipChoice { names: [qsTr("Automatic"), qsTr("Graphics card"), qsTr("Software")]; values: ["automatic", "gpu", "software"]; current: Preferences.renderer; onChosen: value => Preferences.renderer = value }
}
