// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// A dialog: a card over a dimmed window, with a title, a body that scrolls when it must, and buttons.
T.Popup {
    id: root

    property string title
    property int wide: 440
    property alias buttons: buttonRow.data
    default property alias body: content.data
    property Item first // gets the focus

    parent: T.Overlay.overlay
    width: Math.min(wide, (parent ? parent.width : wide) - 24)
    height: Math.min(frame.implicitHeight, (parent ? parent.height : 600) - 24)
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((parent.height - height) / 2) : 0
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: if (first) first.forceActiveFocus()

    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.normal }
        NumberAnimation { property: "scale"; from: 0.96; to: 1; duration: Theme.normal; easing.type: Easing.OutCubic }
    }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.quick } }
    T.Overlay.modal: Rectangle { color: Qt.rgba(0, 0, 0, Theme.dark ? 0.6 : 0.38) }

    background: Rectangle {
        radius: 20
        color: Theme.surface
        border.width: Theme.dark || Theme.highContrast ? 1 : 0
        border.color: Theme.outline
    }
    contentItem: Item {
        id: frame
        implicitHeight: head.height + content.implicitHeight + (buttonRow.visible ? buttonRow.height + 16 : 0) + 24
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title

        Item {
            id: head
            width: parent.width
            height: root.title ? 64 : 24
            PlainLabel {
                anchors { left: parent.left; right: closer.left; leftMargin: 24; verticalCenter: parent.verticalCenter }
                text: root.title
                font.pixelSize: Theme.dialogTitle
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
            }
            IconButton {
                id: closer
                anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
                visible: root.title && (root.closePolicy & T.Popup.CloseOnEscape)
                iconName: "close"
                label: qsTr("Close")
                onClicked: root.close()
            }
        }
        Flickable {
            anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: buttonRow.visible ? buttonRow.top : parent.bottom; bottomMargin: buttonRow.visible ? 16 : 24 }
            contentHeight: content.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            T.ScrollBar.vertical: Scroller {}
            Column {
                id: content
                x: 24
                width: parent.width - 48
                spacing: 16
            }
        }
        Row {
            id: buttonRow
            anchors { right: parent.right; bottom: parent.bottom; rightMargin: 24; bottomMargin: 20 }
            visible: children.length > 0
            spacing: 8
            layoutDirection: Qt.RightToLeft
        }
    }
}
