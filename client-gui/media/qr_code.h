// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace kith::gui {

/// A QR code: dark modules on white in every theme, with the quiet zone of 4 that scanners need.
class QrCode : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString payload READ payload WRITE setPayload NOTIFY payloadChanged)
public:
    explicit QrCode(QQuickItem *parent = nullptr) : QQuickPaintedItem(parent) { }

    const QString &payload() const { return payload_; }
    void setPayload(const QString &payload);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void payloadChanged();

private:
    QString payload_;
};

} // namespace kith::gui
