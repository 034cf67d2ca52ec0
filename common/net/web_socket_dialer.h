// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/timers.h"
#include "common/net/channel.h"

#include <QSslCertificate>
#include <QSslConfiguration>

namespace kith::net {

/// SHA-256 of the SubjectPublicKeyInfo (DER): what a pin names (security L9). Empty for a null certificate.
QByteArray pinOf(const QSslCertificate &certificate);
/// SHA-256 of the certificate (DER): Channel::certificateHash on both sides. Empty for a null certificate.
QByteArray certificateHashOf(const QSslCertificate &certificate);

/// Opens WebSocket channels of subprotocol kith.v1 with TLS 1.2 or later; plain only to this machine.
///
/// With a pin the pin alone decides who the server is, but an expired or broken certificate stays refused. Without one
/// the certificate authorities of the system decide (security L9).
class WebSocketDialer final : public Dialer {
public:
    /// `tls` replaces the system's certificate authorities, for tests and private ones; its protocol is always set.
    explicit WebSocketDialer(Timers &timers, QSslConfiguration tls = QSslConfiguration::defaultConfiguration());

    void dial(const ServerAddress &address, QObject *context, Done done) override;

private:
    Timers &timers_;
    QSslConfiguration tls_;
};

} // namespace kith::net
