// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// The history, newest at the bottom. Row 0 is the newest (ui 9.2), so the view stays there by itself.
ListView {
    id: root

    property string flash
    readonly property bool atEnd: Conversation.messages.atNewest && contentY + height >= originY + contentHeight - 4
    readonly property bool farUp: !Conversation.messages.atNewest || contentY + height < originY + contentHeight - height

    signal menuWanted(MessageRow row, real x, real y)
    signal wholeWanted(string mid)
    signal infoWanted(string mid)

    /// The newest row that is in sight has been seen, and so has everything older.
    function tellSeen(): void {
        if (!Window.active || !visible || count === 0)
            return
        const row = indexAt(width / 2, contentY + height - 8)
        Conversation.seen(Conversation.messages.newestIncomingFrom(Math.max(0, row)))
    }
    function toNewest(): void {
        Conversation.messages.jumpToNewest()
    }
    function page(direction: int): void {
        contentY = Math.max(originY, Math.min(originY + contentHeight - height, contentY + direction * height * 0.85))
        returnToBounds()
    }

    clip: true
    model: Conversation.messages
    verticalLayoutDirection: ListView.BottomToTop
    reuseItems: true
    cacheBuffer: 400
    boundsBehavior: Flickable.StopAtBounds
    topMargin: 12
    bottomMargin: 12
    currentIndex: -1
    keyNavigationEnabled: true
    activeFocusOnTab: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Messages")
    T.ScrollBar.vertical: Scroller {}

    onContentYChanged: edges.restart()
    onCountChanged: edges.restart()
    onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = 0
    Timer {
        id: edges
        interval: 30
        onTriggered: {
            root.tellSeen()
            if (root.contentY - root.originY < root.height)
                Conversation.messages.loadOlder()
            else if (root.originY + root.contentHeight - root.contentY - root.height < root.height)
                Conversation.messages.loadNewer()
        }
    }
    Timer { id: unflash; interval: 600; onTriggered: root.flash = "" }
    Connections {
        target: Conversation.messages
        function onOpened(): void {
            const row = Conversation.messages.unreadRow
            root.currentIndex = -1
            root.forceLayout()
            if (row > 4)
                root.positionViewAtIndex(row, ListView.End)
            else
                root.positionViewAtBeginning()
            edges.restart()
        }
        function onJumped(row: int, flashes: bool): void {
            root.forceLayout()
            if (row <= 0 && !flashes)
                root.positionViewAtBeginning()
            else
                root.positionViewAtIndex(row, ListView.Center)
            if (flashes) {
                root.flash = Conversation.messages.midAt(row)
                unflash.restart()
            }
        }
        function onJumpFailed(): void { Notices.say(qsTr("That message is not here any more.")) }
    }
    Connections {
        target: root.Window.window
        function onActiveChanged(): void { edges.restart() }
    }

    TextMetrics { id: space; font.pixelSize: Theme.body; font.family: Theme.family; text: "\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0" }
    TextMetrics { id: clock; font.pixelSize: Theme.meta; font.family: Theme.family; text: Qt.locale().timeFormat(Locale.ShortFormat).toLowerCase().indexOf("ap") >= 0 ? "00:00 PM" : "00:00" }
    readonly property int padOther: Math.ceil((clock.advanceWidth + 2) / Math.max(1, space.advanceWidth / 10))
    readonly property int padMine: Math.ceil((clock.advanceWidth + 22) / Math.max(1, space.advanceWidth / 10))

    delegate: MessageRow {
        id: row
        padMine: root.padMine
        padOther: root.padOther
        flashing: root.flash && root.flash === mid
        onMenuWanted: (x, y) => root.menuWanted(row, x, y)
        onQuoteClicked: Conversation.messages.jumpTo(quoteMid)
        onWholeWanted: root.wholeWanted(mid)
        onInfoWanted: root.infoWanted(mid)
        Rectangle {
            anchors { fill: parent; topMargin: row.above - 2; bottomMargin: -2; leftMargin: 8; rightMargin: 8 }
            visible: row.ListView.isCurrentItem && root.activeFocus
            color: "transparent"
            radius: 12
            border.width: 2
            border.color: Theme.accent
        }
    }
    Keys.onPressed: event => {
        const mid = Conversation.messages.midAt(currentIndex)
        if (!mid)
            return
        event.accepted = true
        if (event.key === Qt.Key_R && event.modifiers === Qt.NoModifier)
            Conversation.reply(mid)
        else if (event.key === Qt.Key_Delete && Conversation.canDelete)
            Conversation.deleteForMe(mid)
        else if (event.key === Qt.Key_Return)
            root.infoWanted(mid)
        else if (event.matches(StandardKey.Copy))
            Desktop.copy(Conversation.messages.textOf(mid))
        else if (event.key === Qt.Key_Menu && currentItem)
            root.menuWanted(currentItem as MessageRow, 40, 20)
        else if (event.key === Qt.Key_Home)
            positionViewAtEnd()
        else if (event.key === Qt.Key_End)
            toNewest()
        else if (event.key === Qt.Key_PageUp)
            page(-1)
        else if (event.key === Qt.Key_PageDown)
            page(1)
        else
            event.accepted = false
    }
}
