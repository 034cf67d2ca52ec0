// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Column {
    spacing: 14
    Component.onCompleted: { nameField.text = Session.name; aboutField.text = Session.about }
    FactRow { name: qsTr("User name"); value: Session.user }
    PushButton { kind: "outlined"; text: qsTr("Copy your contact link"); onClicked: { Desktop.copy("kith://chat/" + Session.user.slice(1)); Notices.say(qsTr("Copied. Whoever opens it can write to you.")) } }
    Field { id: nameField; width: parent.width; label: qsTr("Your name"); limit: 64 }
    Field { id: aboutField; width: parent.width; label: qsTr("About"); limit: 140 }
    PushButton { text: qsTr("Save"); enabled: nameField.text.trim() && (nameField.text !== Session.name || aboutField.text !== Session.about); onClicked: Session.setProfile(nameField.text, aboutField.text) }
}
