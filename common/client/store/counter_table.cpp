// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/counter_table.h"

#include <algorithm>

namespace kith::client::store {

namespace {

#define KITH_GAP_COLUMNS "SELECT chat, account, device, n, since_ms, asked_ms, shown FROM gap "

GapRow readGap(const sql::Row &row)
{
    GapRow gap;
    gap.chat = row.id<AccountId>(0);
    gap.sender = { row.id<AccountId>(1), static_cast<std::uint16_t>(row.integer(2)) };
    gap.n = row.number(3);
    gap.since = row.time(4);
    gap.asked = row.maybe(5, &sql::Row::time);
    gap.shown = row.flag(6);
    return gap;
}

std::uint64_t readNumber(const sql::Row &row)
{
    return row.number(0);
}

} // namespace

Result<std::optional<OwnCounter>> CounterTable::own(const AccountId &chat)
{
    return sql_.one(
        "SELECT n, hash FROM own_counter WHERE chat = ?",
        [](const sql::Row &row) {
            return OwnCounter { row.number(0), row.bytes(1) };
        },
        chat);
}

Result<void> CounterTable::setOwn(const AccountId &chat, const OwnCounter &counter)
{
    return sql_.execute("INSERT OR REPLACE INTO own_counter (chat, n, hash) VALUES (?, ?, ?)", chat, counter.n,
                        counter.hash);
}

Result<void> CounterTable::addVoid(const AccountId &chat, std::uint64_t n)
{
    return sql_.execute("INSERT OR IGNORE INTO own_void (chat, n) VALUES (?, ?)", chat, n);
}

Result<std::vector<std::uint64_t>> CounterTable::voids(const AccountId &chat, std::uint64_t from, std::uint64_t to)
{
    return sql_.all("SELECT n FROM own_void WHERE chat = ? AND n BETWEEN ? AND ? ORDER BY n", readNumber, chat, from,
                    to);
}

Result<std::vector<std::uint64_t>> CounterTable::latestVoids(const AccountId &chat, int limit)
{
    KITH_TRY(auto numbers,
             sql_.all("SELECT n FROM own_void WHERE chat = ? ORDER BY n DESC LIMIT ?", readNumber, chat, limit));
    std::ranges::reverse(numbers);
    return numbers;
}

Result<void> CounterTable::removeVoid(const AccountId &chat, std::uint64_t n)
{
    return sql_.execute("DELETE FROM own_void WHERE chat = ? AND n = ?", chat, n);
}

Result<std::optional<PeerCounter>> CounterTable::peer(const AccountId &chat, const DeviceId &sender)
{
    return sql_.one(
        "SELECT through, highest, hash FROM peer_counter WHERE chat = ? AND account = ? AND device = ?",
        [](const sql::Row &row) {
            return PeerCounter { row.number(0), row.number(1), row.bytes(2) };
        },
        chat, sender.account, sender.number);
}

Result<std::vector<std::pair<DeviceId, PeerCounter>>> CounterTable::peers(const AccountId &chat)
{
    return sql_.all(
        "SELECT account, device, through, highest, hash FROM peer_counter WHERE chat = ?"
        " ORDER BY account, device",
        [](const sql::Row &row) {
            return std::pair(DeviceId { row.id<AccountId>(0), static_cast<std::uint16_t>(row.integer(1)) },
                             PeerCounter { row.number(2), row.number(3), row.bytes(4) });
        },
        chat);
}

Result<void> CounterTable::setPeer(const AccountId &chat, const DeviceId &sender, const PeerCounter &counter)
{
    return sql_.execute("INSERT OR REPLACE INTO peer_counter (chat, account, device, through, highest, hash)"
                        " VALUES (?, ?, ?, ?, ?, ?)",
                        chat, sender.account, sender.number, counter.through, counter.highest, counter.hash);
}

Result<void> CounterTable::addGaps(const AccountId &chat, const DeviceId &sender, std::uint64_t from, std::uint64_t to,
                                   WallTime since)
{
    for (std::uint64_t n = from; n <= to; ++n)
        KITH_CHECK(sql_.execute("INSERT OR IGNORE INTO gap (chat, account, device, n, since_ms) VALUES (?, ?, ?, ?, ?)",
                                chat, sender.account, sender.number, n, since));
    return {};
}

Result<bool> CounterTable::removeGap(const AccountId &chat, const DeviceId &sender, std::uint64_t n)
{
    KITH_CHECK(sql_.execute("DELETE FROM gap WHERE chat = ? AND account = ? AND device = ? AND n = ?", chat,
                            sender.account, sender.number, n));
    return sql_.changes() > 0;
}

Result<std::vector<GapRow>> CounterTable::gaps(const AccountId &chat)
{
    return sql_.all(KITH_GAP_COLUMNS "WHERE chat = ? ORDER BY account, device, n", readGap, chat);
}

Result<std::vector<GapRow>> CounterTable::gaps(const AccountId &chat, const DeviceId &sender)
{
    return sql_.all(KITH_GAP_COLUMNS "WHERE chat = ? AND account = ? AND device = ? ORDER BY n", readGap, chat,
                    sender.account, sender.number);
}

Result<std::vector<GapRow>> CounterTable::unshownGaps(WallTime before, int limit)
{
    return sql_.all(KITH_GAP_COLUMNS "WHERE shown = 0 AND since_ms <= ? ORDER BY chat, account, device, n LIMIT ?",
                    readGap, before, limit);
}

#undef KITH_GAP_COLUMNS

Result<std::optional<WallTime>> CounterTable::oldestUnshownGap()
{
    KITH_TRY(const auto since, sql_.one("SELECT min(since_ms) FROM gap WHERE shown = 0", [](const sql::Row &row) {
        return row.maybe(0, &sql::Row::time);
    }));
    return since ? *since : std::nullopt;
}

Result<void> CounterTable::markAsked(const AccountId &chat, const DeviceId &sender, std::uint64_t from,
                                     std::uint64_t to, WallTime at)
{
    return sql_.execute("UPDATE gap SET asked_ms = ? WHERE chat = ? AND account = ? AND device = ?"
                        " AND n BETWEEN ? AND ?",
                        at, chat, sender.account, sender.number, from, to);
}

Result<void> CounterTable::markShown(const AccountId &chat, const DeviceId &sender, std::uint64_t from,
                                     std::uint64_t to)
{
    return sql_.execute("UPDATE gap SET shown = 1 WHERE chat = ? AND account = ? AND device = ? AND n BETWEEN ? AND ?",
                        chat, sender.account, sender.number, from, to);
}

Result<void> CounterTable::forgetPeers(const AccountId &chat)
{
    KITH_CHECK(sql_.execute("DELETE FROM peer_counter WHERE chat = ?", chat));
    return sql_.execute("DELETE FROM gap WHERE chat = ?", chat);
}

} // namespace kith::client::store
