// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>

#include <openssl/ssl.h>

namespace kith::bench {

struct FreedContext {
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreedContext>;

/// TLS 1.3 for many cheap clients of a server on this machine; no certificate is checked, the login is bound to it.
TlsContext makeTlsContext();
/// RFC 5929 tls-server-end-point: SHA-256 of the peer's certificate; empty on a plain connection.
QByteArray certificateHashOf(const SSL *tls);

} // namespace kith::bench
