// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <array>

namespace kith::gui {

enum class Scheme { light, dark, highContrastLight, highContrastDark };

constexpr int accentCount = 8;
constexpr int hueCount = 8;

/// Every colour of the window (ui 5). The table test computes the contrast of each pair that carries text.
struct Palette {
    QColor bg, surface, surface2, canvas, selected, outline;
    QColor text, textDim;
    QColor accent, accentText;
    QColor bubbleIn, bubbleOut, textOut, textOutDim, read;
    QColor online, danger, warning;
    QColor quoteOut; ///< the quote block inside an own bubble
    std::array<QColor, hueCount> hues;
    double avatarTint = 0.12; ///< how much of a person's hue is behind the initials
};

/// `accent`: 0 is the house's indigo; the others are the person hues but the blue.
Palette paletteOf(Scheme scheme, int accent);

/// The colour that an accent has in the picker.
QColor accentColour(Scheme scheme, int accent);

/// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrast(const QColor &one, const QColor &other);

} // namespace kith::gui
