// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Kith

PlainLabel {
    width: parent ? parent.width : 0
    topPadding: 8
    font.pixelSize: Theme.secondary
    font.weight: Font.DemiBold
    color: Theme.accent
    wrapMode: Text.Wrap
    Accessible.role: Accessible.Heading
}
