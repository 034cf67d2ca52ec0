// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Rectangle {
    id: root

    implicitWidth: Math.min(parent ? parent.width - 32 : 400, words.implicitWidth + (undo.visible ? undo.width : 0) + 40)
    implicitHeight: Math.max(48, words.implicitHeight + 24)
    radius: 12
    color: Theme.text
    visible: opacity > 0
    opacity: Notices.shown ? 1 : 0
    Behavior on opacity { NumberAnimation { duration: Theme.normal } }
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Notices.text

    PlainLabel {
        id: words
        anchors { left: parent.left; right: undo.visible ? undo.left : parent.right; leftMargin: 20; rightMargin: 20; verticalCenter: parent.verticalCenter }
        text: Notices.text
        color: Theme.surface
        font.pixelSize: Theme.secondary + 1
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    PushButton {
        id: undo
        anchors { right: parent.right; rightMargin: 4; verticalCenter: parent.verticalCenter }
        visible: Notices.undoable
        kind: "flat"
        text: qsTr("Undo")
        onClicked: Notices.undo()
        contentItem: PlainLabel {
            text: undo.text
            color: Theme.dark ? "#3A36A8" : "#B9B7FF"
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
        }
        background: Rectangle {
            radius: 10
            color: undo.hovered ? Theme.faded(Theme.surface, 0.12) : "transparent"
            border.width: undo.visualFocus ? 2 : 0
            border.color: Theme.surface
        }
    }
}
