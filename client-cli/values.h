// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/error.h"

#include <chrono>

namespace kith::cli {

/// "250ms", "30s", "5m", "8h", "1d" or "0"; at most 365 days. Errors: invalidParams.
rpc::RpcResult<std::chrono::milliseconds> parseDuration(const QString &text);

/// A whole number from `least` to `most`. Errors: invalidParams, naming `what`.
rpc::RpcResult<qint64> parseNumber(const QString &text, qint64 least, qint64 most, const char *what);

/// `text` when it is a message's id: 26 characters of Crockford's base32. Errors: invalidParams.
rpc::RpcResult<QString> parseMessageId(const QString &text);

/// An address as setup commands take it, taken apart.
struct ServerAddress {
    QString url; ///< wss://host:port or ws://host:port
    QString pin; ///< empty without one
};

/// A fingerprint as kith-server prints it, "sha256:" and 43 characters of base64url. Errors: invalidParams.
rpc::RpcResult<QString> parsePin(const QString &text);

/// Reads wss://, ws:// (loopback only) and kith://server?host=H:P&pin=... Errors: invalidParams.
rpc::RpcResult<ServerAddress> parseServerAddress(const QString &text);

} // namespace kith::cli
