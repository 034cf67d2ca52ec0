// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/consumer_table.h"

namespace kith::client::store {

namespace {

ConsumerRow read(const sql::Row &row)
{
    return { row.text(0), row.integer(1), row.time(2), row.text(3) };
}

} // namespace

Result<std::optional<ConsumerRow>> ConsumerTable::find(const std::string &name)
{
    return sql_.one("SELECT name, acked, seen_ms, filter FROM consumer WHERE name = ?", read, name);
}

Result<std::vector<ConsumerRow>> ConsumerTable::list()
{
    return sql_.all("SELECT name, acked, seen_ms, filter FROM consumer ORDER BY name", read);
}

Result<void> ConsumerTable::save(const ConsumerRow &row)
{
    return sql_.execute("INSERT OR REPLACE INTO consumer (name, acked, seen_ms, filter) VALUES (?, ?, ?, ?)", row.name,
                        row.acked, row.seen, row.filter);
}

Result<bool> ConsumerTable::remove(const std::string &name)
{
    KITH_CHECK(sql_.execute("DELETE FROM consumer WHERE name = ?", name));
    return sql_.changes() > 0;
}

Result<int> ConsumerTable::removeUnseen(WallTime before)
{
    KITH_CHECK(sql_.execute("DELETE FROM consumer WHERE seen_ms < ?", before));
    return sql_.changes();
}

} // namespace kith::client::store
