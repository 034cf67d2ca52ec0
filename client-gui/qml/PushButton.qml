// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// A button with a verb: filled for what is meant, outlined for the other choice, flat beside them, danger for what hurts.
T.AbstractButton {
    id: root

    property string kind: "filled" // filled, outlined, flat, danger
    property bool busy: false
    readonly property bool isSolid: kind === "filled" || kind === "danger"
    readonly property color solid: kind === "danger" ? Theme.danger : Theme.accent

    implicitWidth: Math.max(88, words.implicitWidth + 40)
    implicitHeight: Math.max(40, words.implicitHeight + 18)
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    enabled: !busy
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()

    background: Rectangle {
        radius: 20
        opacity: root.enabled ? 1 : 0.5
        color: root.isSolid ? (root.down || root.hovered ? Qt.darker(root.solid, root.down ? 1.2 : 1.08) : root.solid)
             : root.down ? Theme.outline : root.hovered ? Theme.surface2 : "transparent"
        border.width: root.visualFocus ? 2 : root.kind === "outlined" ? 1 : 0
        border.color: root.visualFocus ? (root.isSolid ? Theme.text : Theme.accent) : Theme.outline
        Behavior on color { ColorAnimation { duration: Theme.quick } }
    }
    contentItem: PlainLabel {
        id: words
        text: root.busy ? qsTr("One moment…") : root.text
        color: root.kind === "filled" ? Theme.accentText : root.kind === "danger" ? Theme.surface : Theme.accent
        font.weight: Font.DemiBold
        elide: Text.ElideRight
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        opacity: root.enabled ? 1 : 0.6
    }
}
