// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/sql/connection.h"

#include <optional>
#include <string>

namespace kith::client::store {

/// The result of a mutating call, kept under its idempotency key (cli 1.3).
struct CallRow {
    std::string key;
    Sha256 digest; ///< of what was asked: the same key with another body is refused
    std::string result; ///< JSON
    WallTime at {};
};

class CallTable {
public:
    static constexpr milliseconds keptFor { 30LL * 24 * 3600 * 1000 };

    explicit CallTable(sql::Connection &sql) : sql_(sql) { }

    Result<std::optional<CallRow>> find(const std::string &key);
    /// Inserts, or replaces the result of the same key.
    Result<void> save(const CallRow &row);
    Result<void> prune(WallTime before);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
