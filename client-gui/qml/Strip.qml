// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// The state of the connection, when there is something to say.
Rectangle {
    implicitHeight: Math.max(28, words.implicitHeight + 10)
    color: Theme.faded(Theme.warning, Theme.dark ? 0.16 : 0.12)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Session.strip

    PlainLabel {
        id: words
        anchors { left: parent.left; right: again.left; leftMargin: 16; verticalCenter: parent.verticalCenter }
        text: Session.strip
        color: Theme.warning
        font.pixelSize: Theme.secondary
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    PushButton {
        id: again
        anchors { right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
        visible: Session.stripRetry
        width: visible ? implicitWidth : 0
        implicitHeight: 26
        kind: "flat"
        text: qsTr("Retry now")
        onClicked: Session.retry()
    }
}
