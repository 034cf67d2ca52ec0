// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/outbox_table.h"

namespace kith::client::store {

namespace {

#define KITH_OUTBOX_COLUMNS \
    "SELECT id, mid, chat, counted, content, sealed, bytes, created_ms, due_ms, expires_ms, tries, held FROM outbox "

OutboxRow read(const sql::Row &row)
{
    OutboxRow entry;
    entry.id = row.integer(0);
    entry.mid = row.id<Mid>(1);
    entry.chat = row.id<AccountId>(2);
    entry.counted = row.flag(3);
    entry.content = row.bytes(4);
    entry.sealed = row.flag(5);
    entry.bytes = row.number(6);
    entry.created = row.time(7);
    entry.due = row.time(8);
    entry.expires = row.time(9);
    entry.tries = static_cast<int>(row.integer(10));
    entry.held = row.flag(11);
    return entry;
}

CipherRow readCipher(const sql::Row &row)
{
    CipherRow cipher;
    cipher.device = { row.id<AccountId>(0), static_cast<std::uint16_t>(row.integer(1)) };
    cipher.listVersion = row.number(2);
    cipher.type = static_cast<int>(row.integer(3));
    cipher.bytes = row.bytes(4);
    return cipher;
}

std::optional<WallTime> firstOf(const std::optional<std::optional<WallTime>> &row)
{
    return row ? *row : std::nullopt;
}

} // namespace

Result<std::int64_t> OutboxTable::add(const OutboxRow &row)
{
    KITH_CHECK(sql_.execute("INSERT OR IGNORE INTO outbox (mid, chat, counted, content, sealed, bytes, created_ms,"
                            " due_ms, expires_ms, tries, held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            row.mid, row.chat, row.counted, row.content, row.sealed, row.bytes, row.created, row.due,
                            row.expires, row.tries, row.held));
    if (sql_.changes() == 0)
        return Error { ErrorCode::exists, "an outbox entry with that mid" };
    return sql_.lastInsertId();
}

Result<void> OutboxTable::remove(std::int64_t id)
{
    return sql_.execute("DELETE FROM outbox WHERE id = ?", id);
}

Result<void> OutboxTable::removeChat(const AccountId &chat)
{
    return sql_.execute("DELETE FROM outbox WHERE chat = ?", chat);
}

Result<std::optional<OutboxRow>> OutboxTable::find(std::int64_t id)
{
    return sql_.one(KITH_OUTBOX_COLUMNS "WHERE id = ?", read, id);
}

Result<std::optional<OutboxRow>> OutboxTable::find(const Mid &mid)
{
    return sql_.one(KITH_OUTBOX_COLUMNS "WHERE mid = ?", read, mid);
}

Result<void> OutboxTable::seal(std::int64_t id, const std::vector<CipherRow> &ciphers)
{
    KITH_CHECK(sql_.execute("DELETE FROM outbox_cipher WHERE outbox = ?", id));
    KITH_CHECK(putCiphers(id, ciphers));
    return sql_.execute("UPDATE outbox SET sealed = ? WHERE id = ?", !ciphers.empty(), id);
}

Result<void> OutboxTable::putCiphers(std::int64_t id, const std::vector<CipherRow> &ciphers)
{
    for (const CipherRow &cipher : ciphers)
        KITH_CHECK(sql_.execute("INSERT OR REPLACE INTO outbox_cipher (outbox, account, device, list_version, type,"
                                " bytes) VALUES (?, ?, ?, ?, ?, ?)",
                                id, cipher.device.account, cipher.device.number, cipher.listVersion, cipher.type,
                                cipher.bytes));
    return sql_.execute("UPDATE outbox SET bytes = length(content)"
                        " + ifnull((SELECT sum(length(bytes)) FROM outbox_cipher WHERE outbox = ?), 0) WHERE id = ?",
                        id, id);
}

Result<void> OutboxTable::dropCipher(std::int64_t id, const DeviceId &device)
{
    return sql_.execute("DELETE FROM outbox_cipher WHERE outbox = ? AND account = ? AND device = ?", id, device.account,
                        device.number);
}

Result<std::vector<CipherRow>> OutboxTable::ciphers(std::int64_t id)
{
    return sql_.all("SELECT account, device, list_version, type, bytes FROM outbox_cipher WHERE outbox = ?"
                    " ORDER BY account, device",
                    readCipher, id);
}

Result<void> OutboxTable::setContent(std::int64_t id, const QByteArray &content)
{
    return sql_.execute("UPDATE outbox SET content = ? WHERE id = ?", content, id);
}

Result<void> OutboxTable::setAside(std::int64_t id, std::int64_t most)
{
    KITH_CHECK(sql_.execute("INSERT OR REPLACE INTO failed_cipher (mid, account, device, list_version, type, bytes)"
                            " SELECT o.mid, c.account, c.device, c.list_version, c.type, c.bytes FROM outbox AS o"
                            " JOIN outbox_cipher AS c ON c.outbox = o.id WHERE o.id = ?",
                            id));
    return sql_.execute("DELETE FROM failed_cipher WHERE id <= (SELECT max(id) FROM failed_cipher) - ?", most);
}

Result<void> OutboxTable::takeBack(std::int64_t id)
{
    KITH_CHECK(sql_.execute("INSERT OR REPLACE INTO outbox_cipher (outbox, account, device, list_version, type, bytes)"
                            " SELECT o.id, f.account, f.device, f.list_version, f.type, f.bytes FROM outbox AS o"
                            " JOIN failed_cipher AS f ON f.mid = o.mid WHERE o.id = ?",
                            id));
    return sql_.execute("DELETE FROM failed_cipher WHERE mid = (SELECT mid FROM outbox WHERE id = ?)", id);
}

Result<void> OutboxTable::dropAside(const Mid &mid)
{
    return sql_.execute("DELETE FROM failed_cipher WHERE mid = ?", mid);
}

Result<void> OutboxTable::dropAsideOfChat(const AccountId &chat)
{
    return sql_.execute("DELETE FROM failed_cipher WHERE mid IN (SELECT mid FROM message WHERE chat = ? AND mine = 1)",
                        chat);
}

Result<void> OutboxTable::dropAside(const AccountId &account)
{
    return sql_.execute("DELETE FROM failed_cipher WHERE account = ?", account);
}

Result<std::vector<OutboxRow>> OutboxTable::ready(WallTime now, int limit)
{
    return sql_.all(KITH_OUTBOX_COLUMNS
                    "AS o WHERE sealed = 1 AND held = 0 AND due_ms <= ? AND NOT EXISTS (SELECT 1 FROM outbox AS e"
                    " WHERE e.chat = o.chat AND e.id < o.id AND (e.sealed = 0 OR e.held = 1"
                    " OR (e.due_ms > ? AND e.counted = 1)))"
                    " ORDER BY id LIMIT ?",
                    read, now, now, limit);
}

Result<std::vector<OutboxRow>> OutboxTable::composed(int limit)
{
    return sql_.all(KITH_OUTBOX_COLUMNS "WHERE sealed = 0 AND held = 0 ORDER BY id LIMIT ?", read, limit);
}

Result<std::vector<OutboxRow>> OutboxTable::ofChat(const AccountId &chat)
{
    return sql_.all(KITH_OUTBOX_COLUMNS "WHERE chat = ? ORDER BY id", read, chat);
}

Result<std::vector<OutboxRow>> OutboxTable::expired(WallTime now, int limit)
{
    return sql_.all(KITH_OUTBOX_COLUMNS "WHERE expires_ms <= ? ORDER BY id LIMIT ?", read, now, limit);
}

#undef KITH_OUTBOX_COLUMNS

Result<std::optional<WallTime>> OutboxTable::nextDue()
{
    KITH_TRY(const auto due,
             sql_.one("SELECT min(due_ms) FROM outbox WHERE sealed = 1 AND held = 0",
                      [](const sql::Row &row) { return row.maybe(0, &sql::Row::time); }));
    return firstOf(due);
}

Result<std::optional<WallTime>> OutboxTable::oldest()
{
    KITH_TRY(const auto created, sql_.one("SELECT min(created_ms) FROM outbox", [](const sql::Row &row) {
        return row.maybe(0, &sql::Row::time);
    }));
    return firstOf(created);
}

Result<void> OutboxTable::defer(std::int64_t id, WallTime due, int tries)
{
    return sql_.execute("UPDATE outbox SET due_ms = ?, tries = ? WHERE id = ?", due, tries, id);
}

Result<void> OutboxTable::deferChat(const AccountId &chat, WallTime due)
{
    return sql_.execute("UPDATE outbox SET due_ms = max(due_ms, ?) WHERE chat = ?", due, chat);
}

Result<void> OutboxTable::setHeld(const AccountId &chat, bool held)
{
    return sql_.execute("UPDATE outbox SET held = ? WHERE chat = ?", held, chat);
}

Result<void> OutboxTable::makeDue(WallTime now)
{
    return sql_.execute("UPDATE outbox SET due_ms = ? WHERE due_ms > ?", now, now);
}

Result<OutboxTotals> OutboxTable::totals()
{
    KITH_TRY(const auto totals, sql_.one("SELECT count(*), ifnull(sum(bytes), 0) FROM outbox", [](const sql::Row &row) {
        return OutboxTotals { row.integer(0), row.integer(1) };
    }));
    return totals.value_or(OutboxTotals {});
}

} // namespace kith::client::store
