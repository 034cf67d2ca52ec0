// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    spacing: 8
    Component.onCompleted: { People.text = ""; People.blockedOnly = true; People.reload() }
    Component.onDestruction: People.blockedOnly = false
    SwitchRow { text: qsTr("Read receipts"); detail: qsTr("Others see when you have read their messages, and you see theirs."); checked: AgentSettings.receipts; onToggledByUser: AgentSettings.setReceipts(checked) }
    SwitchRow { text: qsTr("Only write to verified people"); detail: qsTr("Nothing is sent to somebody before you have compared the safety number."); checked: AgentSettings.strictTrust; onToggledByUser: AgentSettings.setStrictTrust(checked) }
    SettingTitle { text: qsTr("Blocked people") }
    PlainLabel { visible: People.count === 0; text: qsTr("Nobody is blocked."); color: Theme.textDim }
    Repeater {
        model: People
        Item {
            id: row
            required property var model
            width: parent ? parent.width : 0
            height: 56
            PersonRow { anchors { left: parent.left; right: unblock.left } title: row.model.title; detail: row.model.user; initials: row.model.initials; hue: row.model.hue }
            PushButton { id: unblock; anchors { right: parent.right; verticalCenter: parent.verticalCenter } kind: "outlined"; text: qsTr("Unblock"); onClicked: People.unblock(row.model.user) }
        }
    }
}
