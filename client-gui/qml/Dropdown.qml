// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// A menu of the house.
T.Menu {
    id: root

    implicitWidth: 240
    implicitHeight: contentItem.implicitHeight + 12
    padding: 6
    margins: 8
    focus: true

    delegate: DropdownItem {}
    contentItem: ListView {
        implicitHeight: contentHeight
        model: root.contentModel
        interactive: contentHeight > height
        clip: true
        currentIndex: root.currentIndex
    }
    background: Rectangle {
        implicitWidth: 220
        radius: 12
        color: Theme.surface
        border.width: 1
        border.color: Theme.outline
    }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick } }
}
