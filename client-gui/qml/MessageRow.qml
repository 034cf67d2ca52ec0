// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Kith

/// One message: day chip, unread line, bubble or system chip. A pure function of its roles.
Item {
    id: root

    required property int index
    required property string mid
    required property string sender
    required property int hue
    required property string body
    required property bool clipped
    required property string time
    required property string delivery
    required property string reason
    required property bool mine
    required property string day
    required property bool first
    required property bool last
    required property string kind
    required property bool jumbo
    required property bool rightToLeft
    required property string quoteMid
    required property string quoteSender
    required property string quoteText
    required property int quoteHue
    required property bool quoteKnown
    required property string link
    required property string marks
    required property bool unreadLine
    required property string spoken
    property int padMine: 0
    property int padOther: 0
    property bool flashing: false
    readonly property bool isSystem: kind === "system"
    readonly property bool isWaiting: kind === "undecryptable"
    readonly property real above: (dayChip.visible ? 44 : 0) + (unreadMark.visible ? 40 : 0) + (first || isSystem ? 10 : 2)

    signal menuWanted(real x, real y)
    signal quoteClicked()
    signal infoWanted()
    signal wholeWanted()

    width: ListView.view ? ListView.view.width : 600
    height: above + (isSystem ? system.height + 6 : bubble.height)
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => root.menuWanted(point.position.x, point.position.y)
    }
    HoverHandler { id: hover }
    DayChip { id: dayChip; anchors.horizontalCenter: parent.horizontalCenter; y: 9; visible: root.day; text: root.day }
    Item {
        id: unreadMark
        visible: root.unreadLine
        y: dayChip.visible ? 44 : 0
        width: parent.width
        height: 40
        Rectangle { anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: 20 } height: 1; color: Theme.accent; opacity: 0.5 }
        DayChip { anchors.centerIn: parent; text: qsTr("New messages"); colour: Theme.accent }
    }
    DayChip { id: system; visible: root.isSystem; anchors.horizontalCenter: parent.horizontalCenter; y: root.above; text: root.body; limit: root.width - 80 }

    Item {
        id: bubble
        visible: !root.isSystem
        readonly property real room: Math.min(root.width * 0.72, 560)
        readonly property bool ownLine: root.rightToLeft !== Theme.mirrored || root.jumbo || root.isWaiting
        readonly property real inner: Math.max(quote.visible ? Math.min(room - 24, quote.wanted) : 0, Math.min(room - 24, words.implicitWidth), meta.width, more.visible ? more.implicitWidth : 0)
        anchors { left: root.mine ? undefined : parent.left; right: root.mine ? parent.right : undefined; leftMargin: 20; rightMargin: 20 }
        y: root.above
        width: inner + (root.jumbo ? 0 : 24)
        height: column.height + (root.jumbo ? 4 : 16) + (ownLine ? meta.height : 0)

        BubbleShape {
            anchors.fill: parent
            visible: !root.jumbo
            colour: root.flashing ? Theme.selected : root.isWaiting ? Theme.surface2 : root.mine ? Theme.bubbleOut : Theme.bubbleIn
            mine: root.mine
            first: root.first
            last: root.last
        }
        Column {
            id: column
            x: root.jumbo ? 0 : 12
            y: root.jumbo ? 2 : 8
            width: bubble.inner
            spacing: 4
            QuoteBlock {
                id: quote
                visible: root.quoteMid
                width: parent.width
                sender: root.quoteSender
                text: root.quoteText
                tint: root.mine ? Theme.textOut : Theme.hues[root.quoteHue]
                ownBubble: root.mine
                known: root.quoteKnown
                onClicked: root.quoteClicked()
            }
            PlainLabel {
                id: words
                readonly property int pad: root.mine ? root.padMine : root.padOther
                width: bubble.inner
                // A run of no-break spaces as wide as time and ticks: they end in the last line if it has room, else in a new one.
                text: (root.isWaiting ? qsTr("Waiting for this message") : root.body) + (bubble.ownLine || root.clipped ? "" : " " + "\u00A0".repeat(pad))
                color: root.flashing ? Theme.text : root.isWaiting ? Theme.textDim : root.mine && !root.jumbo ? Theme.textOut : Theme.text
                font.pixelSize: root.jumbo ? Math.round(40 * Theme.scale) : Theme.body
                font.italic: root.isWaiting
                lineHeight: root.jumbo ? 1.05 : 1.25
                wrapMode: Text.Wrap
                LayoutMirroring.enabled: false // by the text's own direction, not the window's
                horizontalAlignment: root.rightToLeft ? Text.AlignRight : Text.AlignLeft
                Accessible.ignored: true
            }
            T.AbstractButton {
                id: more
                visible: root.clipped
                implicitWidth: moreWords.implicitWidth
                implicitHeight: moreWords.implicitHeight + 26
                focusPolicy: Qt.TabFocus
                Accessible.role: Accessible.Button
                Accessible.name: qsTr("Show the whole message")
                onClicked: root.wholeWanted()
                contentItem: PlainLabel {
                    id: moreWords
                    text: qsTr("Show the whole message")
                    color: root.mine ? Theme.textOut : Theme.accent
                    font.weight: Font.DemiBold
                    font.underline: more.visualFocus || more.hovered
                }
            }
        }
        Row {
            id: meta
            anchors { right: parent.right; rightMargin: root.jumbo ? 2 : 12; bottom: parent.bottom; bottomMargin: root.jumbo ? 0 : 7 }
            spacing: 3
            Icon { visible: root.marks; name: "warning"; size: 13; anchors.verticalCenter: parent.verticalCenter; tint: root.mine ? Theme.textOutDim : Theme.warning }
            PlainLabel {
                text: root.time
                anchors.verticalCenter: parent.verticalCenter
                color: root.flashing ? Theme.textDim : root.mine && !root.jumbo ? Theme.textOutDim : Theme.textDim
                font.pixelSize: Theme.meta
                Accessible.ignored: true
            }
            Ticks {
                visible: root.mine
                delivery: root.delivery
                ownBubble: !root.jumbo && !root.flashing
                TapHandler { onTapped: root.infoWanted() }
            }
        }
        IconButton {
            anchors { verticalCenter: parent.verticalCenter; left: root.mine ? undefined : parent.right; right: root.mine ? parent.left : undefined; leftMargin: 4; rightMargin: 4 }
            implicitWidth: 32
            implicitHeight: 32
            visible: hover.hovered
            focusPolicy: Qt.NoFocus
            iconName: "more"
            iconSize: 18
            label: qsTr("Message menu")
            onClicked: root.menuWanted(root.mine ? bubble.x - 40 : bubble.x + bubble.width, bubble.y)
        }
    }
}
