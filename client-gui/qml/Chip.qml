// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

T.AbstractButton {
    id: root

    checkable: true
    implicitWidth: words.implicitWidth + 28
    implicitHeight: Math.max(32, words.implicitHeight + 12)
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.checked: checked
    Accessible.onPressAction: clicked()

    background: Rectangle {
        radius: height / 2
        color: root.checked ? Theme.selected : root.hovered ? Theme.surface2 : "transparent"
        border.width: root.visualFocus ? 2 : 1
        border.color: root.visualFocus || root.checked ? Theme.accent : Theme.outline
    }
    contentItem: PlainLabel {
        id: words
        text: root.text
        color: root.checked ? Theme.accent : Theme.textDim
        font.pixelSize: Theme.secondary
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
}
