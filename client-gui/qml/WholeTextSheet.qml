// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// A message that was cut in its bubble.
Sheet {
    id: root

    property string text

    title: qsTr("The whole message")
    wide: 720
    TextEdit {
        width: parent.width
        text: root.text
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font.pixelSize: Theme.body
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("The whole message")
    }
    buttons: [ PushButton { text: qsTr("Copy"); kind: "outlined"; onClicked: Desktop.copy(root.text) } ]
}
