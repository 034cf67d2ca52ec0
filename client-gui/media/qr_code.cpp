// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/media/qr_code.h"

#include <QPainter>

#include <qrcodegen.hpp>

namespace kith::gui {

namespace {

constexpr int quietZone = 4;
constexpr int mostLetters = 1024; // of the RPC; well within a code's capacity

} // namespace

void QrCode::setPayload(const QString &payload)
{
    if (std::exchange(payload_, payload.left(mostLetters)) == payload)
        return;
    update();
    Q_EMIT payloadChanged();
}

void QrCode::paint(QPainter *painter)
{
    painter->setPen(Qt::NoPen);
    painter->setBrush(Qt::white);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->drawRoundedRect(boundingRect(), 12, 12);
    if (payload_.isEmpty())
        return;
    const auto code = qrcodegen::QrCode::encodeText(payload_.toUtf8().constData(), qrcodegen::QrCode::Ecc::LOW);
    const int modules = code.getSize() + 2 * quietZone;
    const double side = std::min(width(), height()) / modules;
    painter->setRenderHint(QPainter::Antialiasing, false);
    for (int y = 0; y < code.getSize(); ++y) {
        for (int x = 0; x < code.getSize(); ++x) {
            if (!code.getModule(x, y))
                continue;
            const auto from = QPointF((x + quietZone) * side, (y + quietZone) * side);
            const auto to = QPointF((x + quietZone + 1) * side, (y + quietZone + 1) * side);
            painter->fillRect(QRect(from.toPoint(), to.toPoint() - QPoint(1, 1)), Qt::black);
        }
    }
}

} // namespace kith::gui
