// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/seen_table.h"

namespace kith::client::store {

Result<std::optional<bool>> SeenTable::find(const AccountId &sender, const Mid &mid)
{
    return sql_.one(
        "SELECT receipt FROM seen WHERE sender = ? AND mid = ?", [](const sql::Row &row) { return row.flag(0); },
        sender, mid);
}

Result<void> SeenTable::add(const AccountId &sender, const Mid &mid, bool receipt, WallTime at)
{
    return sql_.execute("INSERT OR IGNORE INTO seen (sender, mid, receipt, at_ms) VALUES (?, ?, ?, ?)", sender, mid,
                        receipt, at);
}

Result<void> SeenTable::bury(const AccountId &sender, const Mid &mid, bool receipt, WallTime at)
{
    return sql_.execute("INSERT OR REPLACE INTO seen (sender, mid, receipt, at_ms) VALUES (?, ?, ?, ?)", sender, mid,
                        receipt, at);
}

Result<void> SeenTable::buryChat(const AccountId &chat, WallTime at)
{
    return sql_.execute("INSERT OR REPLACE INTO seen (sender, mid, receipt, at_ms)"
                        " SELECT sender, mid, receipt, ? FROM message WHERE chat = ? AND mine = 0",
                        at, chat);
}

Result<void> SeenTable::prune(WallTime before)
{
    return sql_.execute("DELETE FROM seen WHERE at_ms < ?", before);
}

} // namespace kith::client::store
