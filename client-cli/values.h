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

/// An address as setup commands take it, taken apart.
struct ServerAddress {
    QString url; ///< wss://host:port or ws://host:port
    QString pin; ///< empty without one
};

/// Reads wss://, ws:// (loopback only) and kith://server?host=H:P&pin=... Errors: invalidParams.
rpc::RpcResult<ServerAddress> parseServerAddress(const QString &text);

} // namespace kith::cli
