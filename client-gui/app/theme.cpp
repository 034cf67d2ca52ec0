// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/theme.h"

#include <QFontDatabase>
#include <QGuiApplication>

#include <cmath>

namespace kith::gui {

Theme::Theme(Preferences &preferences, QObject *parent) : QObject(parent), preferences_(preferences)
{
    connect(&preferences_, &Preferences::changed, this, &Theme::update);
    connect(qGuiApp, &QGuiApplication::layoutDirectionChanged, this, &Theme::changed);
    update();
}

void Theme::update()
{
    const QString wanted = preferences_.theme();
    const bool follows = wanted != u"light" && wanted != u"dark";
    isDark_ = follows ? systemDark_ : wanted == u"dark";
    const Scheme scheme = isHighContrast() ? (isDark_ ? Scheme::highContrastDark : Scheme::highContrastLight)
        : isDark_                          ? Scheme::dark
                                           : Scheme::light;
    palette_ = paletteOf(scheme, preferences_.accent());
    Q_EMIT changed();
}

void Theme::setSystemDark(bool dark)
{
    systemDark_ = dark;
    update();
}

void Theme::setSystemReducesMotion(bool reduces)
{
    systemReducesMotion_ = reduces;
    Q_EMIT changed();
}

QVariantList Theme::hues() const
{
    return QVariantList(palette_.hues.begin(), palette_.hues.end());
}

QVariantList Theme::avatarBacks() const
{
    QVariantList backs;
    for (const QColor &hue : palette_.hues)
        backs.append(faded(hue, palette_.avatarTint));
    return backs;
}

QVariantList Theme::accents() const
{
    QVariantList colours;
    for (int accent = 0; accent < accentCount; ++accent)
        colours.append(accentColour(isDark_ ? Scheme::dark : Scheme::light, accent));
    return colours;
}

int Theme::sized(int px) const
{
    return static_cast<int>(std::lround(px * scale()));
}

QColor Theme::faded(QColor colour, double opacity) const
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

bool Theme::isMirrored() const
{
    return QGuiApplication::layoutDirection() == Qt::RightToLeft;
}

QString Theme::family() const
{
    return QGuiApplication::font().family();
}

QString Theme::mono() const
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

QFont windowFont()
{
    QFont font = QGuiApplication::font();
    const QString inter = QStringLiteral("Inter");
    const QString emoji = QStringLiteral("Noto Color Emoji");
    const bool hasInter = QFontDatabase::families().contains(inter);
    const QString family = hasInter ? inter : font.family();
    // Before the system's own fallbacks, which may choose a black and white drawing.
    QFont::insertSubstitution(family, emoji);
    font.setFamilies({ family, emoji, font.family() });
    font.setPixelSize(15);
    return font;
}

} // namespace kith::gui
