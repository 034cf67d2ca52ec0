// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/palette.h"

#include <cmath>

namespace kith::gui {

namespace {

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

QColor mixed(const QColor &one, const QColor &other, double ofOther)
{
    const auto part = [&](float a, float b) { return static_cast<float>(a * (1 - ofOther) + b * ofOther); };
    return QColor::fromRgbF(part(one.redF(), other.redF()), part(one.greenF(), other.greenF()),
                            part(one.blueF(), other.blueF()));
}

const std::array<QColor, hueCount> lightHues { rgb(0x2F5FD0), rgb(0xB8326B), rgb(0x0D7866), rgb(0x9A5B00),
                                               rgb(0x7A3FC4), rgb(0x3F7A1D), rgb(0xB8431B), rgb(0x0B6FA4) };
const std::array<QColor, hueCount> darkHues { rgb(0x7AA2FF), rgb(0xF58BB0), rgb(0x5FD3BC), rgb(0xF2B45B),
                                              rgb(0xC49BFF), rgb(0x8FD16A), rgb(0xFF9C7A), rgb(0x6CC8F5) };

Palette light()
{
    Palette p;
    p.bg = rgb(0xF4F5F8);
    p.surface = rgb(0xFFFFFF);
    p.surface2 = rgb(0xF0F1F5);
    p.canvas = rgb(0xECEEF4);
    p.selected = rgb(0xE6E6FB);
    p.outline = rgb(0xDFE2EA);
    p.text = rgb(0x171A21);
    p.textDim = rgb(0x5B6472);
    p.accent = rgb(0x4B45D6);
    p.accentText = rgb(0xFFFFFF);
    p.bubbleIn = rgb(0xFFFFFF);
    p.bubbleOut = rgb(0x4B45D6);
    p.textOut = rgb(0xFFFFFF);
    p.textOutDim = rgb(0xD9D8FA);
    p.read = rgb(0x9BE7FF);
    p.online = rgb(0x0D7350);
    p.danger = rgb(0xC42B1C);
    p.warning = rgb(0x8A5A00);
    p.hues = lightHues;
    return p;
}

Palette dark()
{
    Palette p;
    p.bg = rgb(0x0E1116);
    p.surface = rgb(0x151A21);
    p.surface2 = rgb(0x1D232C);
    p.canvas = rgb(0x0B0E13);
    p.selected = rgb(0x262B45);
    p.outline = rgb(0x2A313C);
    p.text = rgb(0xE8EBF0);
    p.textDim = rgb(0x9AA4B2);
    p.accent = rgb(0x8E8CFF);
    p.accentText = rgb(0x0E1030);
    p.bubbleIn = rgb(0x1D232C);
    p.bubbleOut = rgb(0x3A36A8);
    p.textOut = rgb(0xFFFFFF);
    p.textOutDim = rgb(0xC9C8F6);
    p.read = rgb(0x7FE3FF);
    p.online = rgb(0x3DD68C);
    p.danger = rgb(0xFF7B6E);
    p.warning = rgb(0xF2B45B);
    p.hues = darkHues;
    p.avatarTint = 0.24;
    return p;
}

/// Which person hue an accent is; indigo is none of them.
std::size_t hueOfAccent(int accent)
{
    return static_cast<std::size_t>(std::clamp(accent, 1, accentCount - 1));
}

void setAccent(Palette &p, bool isDark, int accent)
{
    if (accent == 0)
        return;
    const QColor hue = (isDark ? darkHues : lightHues)[hueOfAccent(accent)];
    const QColor deep = lightHues[hueOfAccent(accent)];
    p.accent = hue;
    p.accentText = isDark ? mixed(Qt::black, deep, 0.25) : QColor(Qt::white);
    p.bubbleOut = isDark ? mixed(deep, Qt::black, 0.28) : mixed(deep, Qt::black, 0.08);
    p.selected = mixed(p.surface, hue, isDark ? 0.17 : 0.11);
    p.textOutDim = mixed(Qt::white, p.bubbleOut, 0.12);
    p.read = isDark ? rgb(0x9BEBFF) : rgb(0xB9F0FF);
}

void raiseContrast(Palette &p, bool isDark)
{
    p.textDim = isDark ? rgb(0xC6CDD8) : rgb(0x3A424F);
    p.outline = p.textDim;
    p.text = isDark ? QColor(Qt::white) : QColor(Qt::black);
    p.textOutDim = p.textOut;
    p.canvas = isDark ? QColor(Qt::black) : rgb(0xFFFFFF);
    p.bg = p.canvas;
}

double luminance(const QColor &colour)
{
    const auto linear = [](float channel) {
        return channel <= 0.04045f ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

Palette paletteOf(Scheme scheme, int accent)
{
    const bool isDark = scheme == Scheme::dark || scheme == Scheme::highContrastDark;
    Palette p = isDark ? dark() : light();
    setAccent(p, isDark, accent);
    if (scheme == Scheme::highContrastLight || scheme == Scheme::highContrastDark)
        raiseContrast(p, isDark);
    p.quoteOut = mixed(p.bubbleOut, Qt::white, accent == 0 ? 0.14 : 0.10);
    return p;
}

QColor accentColour(Scheme scheme, int accent)
{
    return paletteOf(scheme, accent).accent;
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace kith::gui
