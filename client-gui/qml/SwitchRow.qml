// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// A setting that is on or off.
T.AbstractButton {
    id: root

    property string detail

    checkable: true
    implicitHeight: Math.max(52, words.implicitHeight + 20)
    width: parent ? parent.width : implicitWidth
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: detail
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onToggleAction: { toggle(); toggledByUser() }
    Accessible.onPressAction: { toggle(); toggledByUser() }
    onClicked: toggledByUser()

    signal toggledByUser()

    contentItem: Item {
        implicitHeight: words.implicitHeight
        Column {
            id: words
            anchors { left: parent.left; right: track.left; rightMargin: 16; verticalCenter: parent.verticalCenter }
            spacing: 2
            PlainLabel { width: parent.width; text: root.text; wrapMode: Text.Wrap }
            PlainLabel {
                width: parent.width
                visible: text
                text: root.detail
                color: Theme.textDim
                font.pixelSize: Theme.secondary
                wrapMode: Text.Wrap
            }
        }
        Rectangle {
            id: track
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            width: 44
            height: 26
            radius: 13
            color: root.checked ? Theme.accent : Theme.surface2
            border.width: root.visualFocus ? 2 : 1
            border.color: root.visualFocus ? Theme.text : root.checked ? Theme.accent : Theme.textDim
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                x: (root.checked !== Theme.mirrored) ? parent.width - width - 4 : 4
                width: 18
                height: 18
                radius: 9
                color: root.checked ? Theme.accentText : Theme.textDim
                Behavior on x { NumberAnimation { duration: Theme.quick } }
            }
        }
    }
    background: Item {}
}
