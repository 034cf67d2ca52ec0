// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <QSslConfiguration>

#include <memory>

struct ssl_ctx_st;
struct ssl_st;

namespace kith::server::gateway {

/// What TLS needs to know on the server's side, once for all connections of all workers: a session that one worker
/// began is resumed by any other. TLS 1.2 or later, no renegotiation, tickets, buffers given back while idle.
///
/// Immutable after make(): any thread.
class TlsContext {
public:
    struct Free {
        void operator()(ssl_ctx_st *context) const;
        void operator()(ssl_st *connection) const;
    };
    using Connection = std::unique_ptr<ssl_st, Free>;

    /// From the certificate (chain) and private key of `configuration`. Errors: invalid (the key is not the
    /// certificate's, or OpenSSL refuses one of them).
    static Result<std::shared_ptr<const TlsContext>> make(const QSslConfiguration &configuration);

    /// A server's side that waits for the client's hello; null when there is no memory.
    Connection newConnection() const;
    /// For QSslSocket.
    const QSslConfiguration &configuration() const { return configuration_; }

private:
    TlsContext(std::unique_ptr<ssl_ctx_st, Free> context, const QSslConfiguration &configuration);

    std::unique_ptr<ssl_ctx_st, Free> context_;
    QSslConfiguration configuration_;
};

} // namespace kith::server::gateway
