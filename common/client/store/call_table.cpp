// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/call_table.h"

namespace kith::client::store {

Result<std::optional<CallRow>> CallTable::find(const std::string &key)
{
    return sql_.one(
        "SELECT key, digest, result, at_ms FROM call WHERE key = ?",
        [](const sql::Row &row) {
            return CallRow { row.text(0), row.id<Sha256>(1), row.text(2), row.time(3) };
        },
        key);
}

Result<void> CallTable::save(const CallRow &row)
{
    return sql_.execute("INSERT OR REPLACE INTO call (key, digest, result, at_ms) VALUES (?, ?, ?, ?)", row.key,
                        row.digest, row.result, row.at);
}

Result<void> CallTable::prune(WallTime before)
{
    return sql_.execute("DELETE FROM call WHERE at_ms < ?", before);
}

} // namespace kith::client::store
