// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// A question with the verb on its button.
Sheet {
    id: root

    property string question
    property string verb
    property bool dangerous: false
    property var act: null

    function ask(theTitle: string, theQuestion: string, theVerb: string, isDangerous: bool, theAct: var): void {
        title = theTitle
        question = theQuestion
        verb = theVerb
        dangerous = isDangerous
        act = theAct
        open()
    }

    first: yes

    PlainLabel {
        width: parent.width
        text: root.question
        wrapMode: Text.Wrap
        lineHeight: 1.25
    }
    buttons: [
        PushButton {
            id: yes
            text: root.verb
            kind: root.dangerous ? "danger" : "filled"
            onClicked: { root.close(); if (root.act) root.act() }
        },
        PushButton {
            text: qsTr("Cancel")
            kind: "flat"
            onClicked: root.close()
        }
    ]
}
