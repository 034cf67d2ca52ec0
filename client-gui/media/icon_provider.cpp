// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/media/icon_provider.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace kith::gui {

using namespace Qt::StringLiterals;

QImage iconImage(const QString &name, const QColor &colour, QSize size)
{
    QFile file(u":/icons/"_s + name + u".svg"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray drawing = file.readAll();
    drawing.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(drawing);
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

QImage IconProvider::requestImage(const QString &id, QSize *size, const QSize &requested)
{
    const QSize wanted = requested.isEmpty() ? QSize(24, 24) : requested.boundedTo({ 1024, 1024 });
    const QImage image = iconImage(id.section(u'/', 0, 0), QColor(u'#' + id.section(u'/', 1, 1)), wanted);
    if (size)
        *size = image.size();
    return image;
}

} // namespace kith::gui
