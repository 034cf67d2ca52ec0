// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

Item {
    id: root

    property string name
    property string value
    property string iconName

    width: parent ? parent.width : 0
    implicitHeight: Math.max(24, label.implicitHeight, fact.implicitHeight)

    Icon { id: sign; visible: root.iconName; name: root.iconName; size: 18; anchors { left: parent.left; verticalCenter: parent.verticalCenter } width: visible ? 18 : 0 }
    PlainLabel { id: label; anchors { left: sign.right; leftMargin: sign.visible ? 10 : 0; verticalCenter: parent.verticalCenter } width: Math.min(implicitWidth, root.width * 0.5); text: root.name; color: Theme.textDim; font.pixelSize: Theme.secondary; wrapMode: Text.Wrap }
    PlainLabel { id: fact; anchors { left: label.right; leftMargin: 12; right: parent.right; verticalCenter: parent.verticalCenter } text: root.value; font.pixelSize: Theme.secondary; horizontalAlignment: Text.AlignRight; wrapMode: Text.WrapAnywhere }
}
