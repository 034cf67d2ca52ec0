// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

Column {
    spacing: 10
    SettingTitle { text: qsTr("Theme") }
    ChipChoice { names: [qsTr("System"), qsTr("Light"), qsTr("Dark"), qsTr("High contrast")]; values: ["system", "light", "dark", "contrast"]; current: Preferences.theme; onChosen: value => Preferences.theme = value }
    SettingTitle { text: qsTr("Colour") }
    Flow {
        width: parent.width
        spacing: 10
        Repeater {
            model: [qsTr("Indigo"), qsTr("Pink"), qsTr("Green"), qsTr("Amber"), qsTr("Purple"), qsTr("Olive"), qsTr("Orange"), qsTr("Blue")]
            T.AbstractButton {
                id: dot
                required property string modelData
                required property int index
                implicitWidth: 40
                implicitHeight: 40
                focusPolicy: Qt.TabFocus
                Accessible.role: Accessible.RadioButton
                Accessible.name: modelData
                Accessible.checked: Preferences.accent === index
                onClicked: Preferences.accent = index
                background: Rectangle { radius: 20; color: "transparent"; border.width: Preferences.accent === dot.index || dot.visualFocus ? 2 : 0; border.color: Theme.text }
                contentItem: Item { Rectangle { anchors.centerIn: parent; width: 28; height: 28; radius: 14; color: Theme.accents[dot.index] } }
            }
        }
    }
    SettingTitle { text: qsTr("Text size") }
    ChipChoice { names: ["85 %", "100 %", "115 %", "130 %", "150 %", "200 %"]; values: [85, 100, 115, 130, 150, 200]; current: Preferences.textSize; onChosen: value => Preferences.textSize = value }
    SwitchRow { text: qsTr("Compact list"); checked: Preferences.compact; onToggledByUser: Preferences.compact = checked }
    SwitchRow { text: qsTr("Less motion"); checked: Preferences.reduceMotion; onToggledByUser: Preferences.reduceMotion = checked }
    SettingTitle { text: qsTr("Language (from the next start)") }
    ChipChoice { names: [qsTr("System"), "English", "Deutsch"]; values: ["", "en", "de"]; current: Preferences.language; onChosen: value => Preferences.language = value } // languages by their own names
}
