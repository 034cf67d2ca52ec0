// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/event_table.h"

namespace kith::client::store {

namespace {

Event read(const sql::Row &row)
{
    Event event;
    event.cursor = row.integer(0);
    event.time = row.time(1);
    event.type = row.text(2);
    if (!row.isNull(3))
        event.chat = row.id<AccountId>(3);
    if (!row.isNull(4))
        event.from = row.id<AccountId>(4);
    event.json = row.text(5);
    return event;
}

std::int64_t readNumber(const sql::Row &row)
{
    return row.integer(0);
}

} // namespace

Result<std::int64_t> EventTable::append(const Event &event)
{
    KITH_CHECK(sql_.execute("INSERT INTO event (at_ms, type, chat, sender, json, mid)"
                            " VALUES (?, ?, ?, ?, ?, nullif(?, ''))",
                            event.time, event.type, event.chat, event.from, event.json, event.mid));
    return sql_.lastInsertId();
}

Result<std::vector<Event>> EventTable::since(std::int64_t cursor, int limit)
{
    return sql_.all(
        "SELECT cursor, at_ms, type, chat, sender, json FROM event WHERE cursor > ? ORDER BY cursor LIMIT ?", read,
        cursor, limit);
}

Result<std::int64_t> EventTable::head()
{
    KITH_TRY(const auto head, sql_.one("SELECT seq FROM sqlite_sequence WHERE name = 'event'", readNumber));
    return head.value_or(0);
}

Result<std::optional<std::int64_t>> EventTable::tail()
{
    return sql_.one("SELECT cursor FROM event ORDER BY cursor LIMIT 1", readNumber);
}

Result<std::vector<Event>> EventTable::withMessages(const AccountId &chat, const std::string &mid)
{
    if (mid.empty())
        return sql_.all("SELECT cursor, at_ms, type, chat, sender, json FROM event WHERE mid IS NOT NULL AND chat = ?",
                        read, chat);
    return sql_.all("SELECT cursor, at_ms, type, chat, sender, json FROM event WHERE mid = ? AND chat = ?", read, mid,
                    chat);
}

Result<void> EventTable::replace(std::int64_t cursor, const std::string &json)
{
    return sql_.execute("UPDATE event SET json = ? WHERE cursor = ?", json, cursor);
}

Result<std::int64_t> EventTable::countSince(std::int64_t cursor)
{
    KITH_TRY(const auto count, sql_.one("SELECT count(*) FROM event WHERE cursor > ?", readNumber, cursor));
    return count.value_or(0);
}

Result<std::int64_t> EventTable::count()
{
    return countSince(0);
}

Result<void> EventTable::pruneThrough(std::int64_t cursor)
{
    return sql_.execute("DELETE FROM event WHERE cursor <= ?", cursor);
}

Result<std::int64_t> EventTable::lastBefore(WallTime before)
{
    KITH_TRY(const auto cursor,
             sql_.one("SELECT cursor FROM event WHERE at_ms < ? ORDER BY cursor DESC LIMIT 1", readNumber, before));
    return cursor.value_or(0);
}

} // namespace kith::client::store
