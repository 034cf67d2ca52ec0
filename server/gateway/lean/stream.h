// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace kith::server::gateway {

class TlsContext;

/// A connected, non-blocking descriptor and what lies between it and the bytes. Two implementations: plain and TLS,
/// whose handshake happens inside the first reads. Owns the descriptor; one thread.
class Stream {
public:
    virtual ~Stream() = default;
    /// How many bytes came; 0: none now, ask again when the descriptor is readable. Nothing: the connection is over.
    virtual std::optional<std::size_t> read(std::span<char> into) = 0;
    /// How many bytes were taken; 0: none now, ask again with the same bytes when it is writable. Nothing: it is over.
    virtual std::optional<std::size_t> write(QByteArrayView bytes) = 0;
    /// No more will be written.
    virtual void finish() = 0;

    static std::unique_ptr<Stream> plain(int descriptor);
    static std::unique_ptr<Stream> tls(int descriptor, const TlsContext &context);
};

} // namespace kith::server::gateway
