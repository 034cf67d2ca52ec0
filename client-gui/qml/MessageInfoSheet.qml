// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// How far a message got, and when.
Sheet {
    id: root

    title: qsTr("Message info")

    PlainLabel { width: parent.width; text: MessageInfo.text; visible: text; wrapMode: Text.Wrap; maximumLineCount: 4; elide: Text.ElideRight; color: Theme.textDim }
    FactRow { name: qsTr("Written"); value: MessageInfo.written }
    Repeater {
        model: MessageInfo.recipients
        Column {
            id: one
            required property var modelData
            width: parent ? parent.width : 0
            spacing: 8
            FactRow { name: qsTr("Stored by the server"); value: one.modelData.accepted || "–"; iconName: "tick1" }
            FactRow { name: qsTr("Delivered to %1").arg(one.modelData.user); value: one.modelData.delivered || "–"; iconName: "tick2" }
            FactRow { name: qsTr("Read"); value: one.modelData.read || "–"; iconName: "eye" }
            PlainLabel { width: parent.width; visible: text; text: one.modelData.reason; color: Theme.danger; wrapMode: Text.Wrap }
        }
    }
    Repeater {
        model: MessageInfo.marks
        PlainLabel { required property string modelData; width: parent ? parent.width : 0; text: modelData; color: Theme.warning; wrapMode: Text.Wrap }
    }
}
