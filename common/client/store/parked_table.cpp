// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/parked_table.h"

namespace kith::client::store {

namespace {

#define KITH_PARKED_COLUMNS "SELECT id, sender, device, mid, sid, server_ms, type, content, reason, at_ms FROM parked "

ParkedRow read(const sql::Row &row)
{
    ParkedRow parked;
    parked.id = row.integer(0);
    parked.sender = { row.id<AccountId>(1), static_cast<std::uint16_t>(row.integer(2)) };
    parked.mid = row.id<Mid>(3);
    parked.sid.value = row.number(4);
    parked.serverTime = row.time(5);
    parked.type = static_cast<int>(row.integer(6));
    parked.content = row.bytes(7);
    parked.reason = static_cast<int>(row.integer(8));
    parked.at = row.time(9);
    return parked;
}

ParkedTotals readTotals(const sql::Row &row)
{
    return { row.integer(0), row.integer(1) };
}

} // namespace

Result<bool> ParkedTable::add(const ParkedRow &row)
{
    KITH_CHECK(sql_.execute("INSERT OR IGNORE INTO parked (sender, device, mid, sid, server_ms, type, content, reason,"
                            " at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            row.sender.account, row.sender.number, row.mid, row.sid, row.serverTime, row.type,
                            row.content, row.reason, row.at));
    return sql_.changes() > 0;
}

Result<void> ParkedTable::remove(std::int64_t id)
{
    return sql_.execute("DELETE FROM parked WHERE id = ?", id);
}

Result<std::vector<ParkedRow>> ParkedTable::ofAccount(const AccountId &sender)
{
    return sql_.all(KITH_PARKED_COLUMNS "WHERE sender = ? ORDER BY id", read, sender);
}

Result<std::vector<AccountId>> ParkedTable::senders()
{
    return sql_.all("SELECT DISTINCT sender FROM parked", [](const sql::Row &row) { return row.id<AccountId>(0); });
}

Result<ParkedTotals> ParkedTable::totals(const AccountId &sender)
{
    KITH_TRY(
        const auto totals,
        sql_.one("SELECT count(*), ifnull(sum(length(content)), 0) FROM parked WHERE sender = ?", readTotals, sender));
    return totals.value_or(ParkedTotals {});
}

Result<ParkedTotals> ParkedTable::totals()
{
    KITH_TRY(const auto totals, sql_.one("SELECT count(*), ifnull(sum(length(content)), 0) FROM parked", readTotals));
    return totals.value_or(ParkedTotals {});
}

Result<std::vector<ParkedRow>> ParkedTable::olderThan(WallTime before, int limit)
{
    return sql_.all(KITH_PARKED_COLUMNS "WHERE at_ms < ? ORDER BY id LIMIT ?", read, before, limit);
}

#undef KITH_PARKED_COLUMNS

} // namespace kith::client::store
