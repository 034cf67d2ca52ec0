// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// The emoji that people use most, and the own recent ones. A click or Enter takes one; the picker stays for more.
T.Popup {
    id: root

    property Item anchorItem
    readonly property var all: ("😀 😃 😄 😁 😆 😅 😂 🤣 😊 😇 🙂 🙃 😉 😌 😍 🥰 😘 😋 😛 😜 🤪 🤨 🧐 🤓 😎 🥳 😏 😒 😞 😔 😟 😕 🙁 😣 😖 😫 😩 🥺 😢 😭 😤 😠 😡 🤬 🤯 😳 🥵 🥶 😱 😨 😰 😥 🤗 🤔 🤭 🤫 😶 😐 😑 😬 🙄 😯 😴 🤤 😪 😵 🤐 🥴 🤢 🤮 🤧 😷 🤒 🤕 👋 🤚 ✋ 🖖 👌 🤏 ✌️ 🤞 🤟 🤘 🤙 👈 👉 👆 👇 👍 👎 ✊ 👊 👏 🙌 👐 🤲 🤝 🙏 💪 ❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💕 💯 💥 🔥 ✨ ⭐ 🎉 🎊 🎁 🎂 🍰 ☕ 🍵 🍺 🍷 🍕 🍜 🍎 🌸 🌹 🌻 🌳 🌍 🌙 ☀️ 🌈 ⛅ 🌧️ ❄️ 🐶 🐱 🦊 🐻 🐼 🐧 🐦 🐝 🦋 🐢 🐙 🚗 🚲 🚆 ✈️ 🚀 🏠 🏡 🏖️ ⏰ 📅 📌 📎 ✏️ 📚 💡 🔒 🔑 ✅ ❌ ❓ ❗").split(" ")
    readonly property var shown: Preferences.recentEmoji.concat(all.filter(e => !Preferences.recentEmoji.includes(e)))

    signal picked(string emoji)

    parent: anchorItem
    x: parent ? (Theme.mirrored ? 12 : parent.width - width - 12) : 0
    y: -height - 8
    width: Math.min(372, parent ? parent.width - 24 : 372)
    height: 292
    padding: 8
    focus: true
    onOpened: grid.forceActiveFocus()

    function take(emoji: string): void {
        picked(emoji)
        Preferences.recentEmoji = [emoji].concat(Preferences.recentEmoji.filter(e => e !== emoji)).slice(0, 16)
    }

    background: Rectangle {
        radius: 18
        color: Theme.surface
        border.width: 1
        border.color: Theme.outline
    }
    contentItem: GridView {
        id: grid
        clip: true
        cellWidth: Math.floor(width / Math.floor(width / 44))
        cellHeight: 44
        model: root.shown
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Emoji")
        T.ScrollBar.vertical: Scroller {}
        Keys.onReturnPressed: root.take(root.shown[currentIndex])
        Keys.onSpacePressed: root.take(root.shown[currentIndex])
        delegate: T.AbstractButton {
            id: cell
            required property string modelData
            required property int index
            width: grid.cellWidth
            height: grid.cellHeight
            hoverEnabled: true
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.Button
            Accessible.name: modelData
            onClicked: root.take(modelData)
            background: Rectangle {
                radius: 10
                color: cell.hovered ? Theme.surface2 : "transparent"
                border.width: cell.GridView.isCurrentItem && grid.activeFocus ? 2 : 0
                border.color: Theme.accent
            }
            contentItem: PlainLabel { text: cell.modelData; font.pixelSize: 24; horizontalAlignment: Text.AlignHCenter; verticalAlignment: Text.AlignVCenter; Accessible.ignored: true }
        }
    }
}
