// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QQuickImageProvider>

namespace kith::gui {

/// image://icon/<name>/<rrggbb>: an own drawing of resources/icons in a colour, at the size that is asked for.
class IconProvider final : public QQuickImageProvider {
public:
    IconProvider() : QQuickImageProvider(Image) { }
    QImage requestImage(const QString &id, QSize *size, const QSize &requested) override;
};

/// The same for the tray and for notifications; null for an unknown name.
QImage iconImage(const QString &name, const QColor &colour, QSize size);

} // namespace kith::gui
