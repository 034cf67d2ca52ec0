// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

/// How far an own message got: a shape for each state, never a colour alone.
Icon {
    property string delivery
    property bool ownBubble: false

    size: Math.round(16 * Theme.scale)
    name: delivery === "queued" ? "clock" : delivery === "accepted" ? "tick1"
        : delivery === "delivered" || delivery === "read" ? "tick2" : delivery === "failed" ? "failed" : ""
    tint: delivery === "read" ? (ownBubble ? Theme.read : Theme.accent)
        : delivery === "failed" ? (ownBubble ? Theme.textOut : Theme.danger) : ownBubble ? Theme.textOutDim : Theme.textDim
}
