// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/crypto_stores.h"

namespace kith::client::store {

namespace {

QByteArray readRecord(const sql::Row &row)
{
    return row.bytes(0);
}

std::int64_t readNumber(const sql::Row &row)
{
    return row.integer(0);
}

constexpr std::int64_t wholeState = -1; // in session_age.through

} // namespace

Result<std::optional<QByteArray>> SessionTable::load(const DeviceId &device)
{
    return sql_.one("SELECT record FROM session WHERE account = ? AND device = ?", readRecord, device.account,
                    device.number);
}

Result<void> SessionTable::store(const DeviceId &device, const QByteArray &record)
{
    return sql_.execute("INSERT OR REPLACE INTO session (account, device, record) VALUES (?, ?, ?)", device.account,
                        device.number, record);
}

Result<bool> SessionTable::contains(const DeviceId &device)
{
    KITH_TRY(
        const auto found,
        sql_.one("SELECT 1 FROM session WHERE account = ? AND device = ?", readNumber, device.account, device.number));
    return found.has_value();
}

Result<void> SessionTable::remove(const DeviceId &device)
{
    return sql_.execute("DELETE FROM session WHERE account = ? AND device = ?", device.account, device.number);
}

Result<std::vector<std::uint16_t>> SessionTable::devicesOf(const AccountId &account)
{
    return sql_.all(
        "SELECT device FROM session WHERE account = ? ORDER BY device",
        [](const sql::Row &row) { return static_cast<std::uint16_t>(row.integer(0)); }, account);
}

Result<void> SessionTable::removeAll(const AccountId &account)
{
    return sql_.execute("DELETE FROM session WHERE account = ?", account);
}

Result<std::vector<DeviceId>> SessionTable::devices()
{
    return sql_.all("SELECT account, device FROM session ORDER BY account, device", [](const sql::Row &row) {
        return DeviceId { row.id<AccountId>(0), static_cast<std::uint16_t>(row.integer(1)) };
    });
}

Result<void> SessionTable::noteAges(const DeviceId &device, const std::vector<crypto::AgingPart> &parts, WallTime at)
{
    for (const auto &part : parts)
        KITH_CHECK(sql_.execute("INSERT OR IGNORE INTO session_age (account, device, part, through, since_ms)"
                                " VALUES (?, ?, ?, ?, ?)",
                                device.account, device.number, part.key,
                                part.through ? std::int64_t { *part.through } : wholeState, at));
    return {};
}

Result<std::vector<crypto::AgingPart>> SessionTable::takeAged(const DeviceId &device, WallTime before)
{
    KITH_TRY(auto parts,
             sql_.all(
                 "SELECT part, through FROM session_age WHERE account = ? AND device = ? AND since_ms <= ?",
                 [](const sql::Row &row) {
                     crypto::AgingPart part { row.bytes(0), {} };
                     if (row.integer(1) != wholeState)
                         part.through = static_cast<std::uint32_t>(row.integer(1));
                     return part;
                 },
                 device.account, device.number, before));
    KITH_CHECK(sql_.execute("DELETE FROM session_age WHERE account = ? AND device = ? AND since_ms <= ?",
                            device.account, device.number, before));
    return parts;
}

Result<crypto::IdentityKeyPair> IdentityTable::ownKeyPair()
{
    KITH_TRY(auto pair,
             sql_.one("SELECT identity_public, identity_private FROM account WHERE id = 1", [](const sql::Row &row) {
                 return crypto::IdentityKeyPair { row.bytes(0), row.secret(1) };
             }));
    if (!pair)
        return Error { ErrorCode::notFound, "no account, so no identity" };
    return std::move(*pair);
}

Result<std::uint32_t> IdentityTable::registrationId()
{
    KITH_TRY(const auto id, sql_.one("SELECT registration_id FROM account WHERE id = 1", readNumber));
    if (!id)
        return Error { ErrorCode::notFound, "no account, so no registration id" };
    return static_cast<std::uint32_t>(*id);
}

Result<void> IdentityTable::saveIdentity(const DeviceId &device, const QByteArray &publicKey)
{
    return sql_.execute("INSERT OR REPLACE INTO identity (account, device, public_key) VALUES (?, ?, ?)",
                        device.account, device.number, publicKey);
}

Result<std::optional<QByteArray>> IdentityTable::loadIdentity(const DeviceId &device)
{
    return sql_.one("SELECT public_key FROM identity WHERE account = ? AND device = ?", readRecord, device.account,
                    device.number);
}

Result<void> IdentityTable::removeAll(const AccountId &account)
{
    return sql_.execute("DELETE FROM identity WHERE account = ?", account);
}

Result<std::optional<QByteArray>> PreKeyTable::load(std::uint32_t id)
{
    return sql_.one("SELECT record FROM prekey WHERE id = ?", readRecord, id);
}

Result<void> PreKeyTable::store(std::uint32_t id, const QByteArray &record)
{
    return sql_.execute("INSERT OR REPLACE INTO prekey (id, record) VALUES (?, ?)", id, record);
}

Result<bool> PreKeyTable::contains(std::uint32_t id)
{
    KITH_TRY(const auto found, sql_.one("SELECT 1 FROM prekey WHERE id = ?", readNumber, id));
    return found.has_value();
}

Result<void> PreKeyTable::remove(std::uint32_t id)
{
    return sql_.execute("DELETE FROM prekey WHERE id = ?", id);
}

Result<std::vector<QByteArray>> PreKeyTable::unconfirmed(int limit)
{
    return sql_.all("SELECT record FROM prekey WHERE confirmed = 0 ORDER BY id LIMIT ?", readRecord, limit);
}

Result<void> PreKeyTable::confirm(std::uint32_t id)
{
    return sql_.execute("UPDATE prekey SET confirmed = 1 WHERE id = ?", id);
}

Result<void> PreKeyTable::dropUnconfirmed()
{
    return sql_.execute("DELETE FROM prekey WHERE confirmed = 0");
}

Result<std::int64_t> PreKeyTable::count()
{
    KITH_TRY(const auto count, sql_.one("SELECT count(*) FROM prekey", readNumber));
    return count.value_or(0);
}

Result<std::optional<QByteArray>> SignedPreKeyTable::load(std::uint32_t id)
{
    return sql_.one("SELECT record FROM signed_prekey WHERE id = ?", readRecord, id);
}

Result<void> SignedPreKeyTable::store(std::uint32_t id, const QByteArray &record)
{
    KITH_TRY(const auto key, crypto::readSignedPreKey(record));
    return sql_.execute("INSERT OR REPLACE INTO signed_prekey (id, record, made_ms) VALUES (?, ?, ?)", id, record,
                        key.timestampMs);
}

Result<bool> SignedPreKeyTable::contains(std::uint32_t id)
{
    KITH_TRY(const auto found, sql_.one("SELECT 1 FROM signed_prekey WHERE id = ?", readNumber, id));
    return found.has_value();
}

Result<void> SignedPreKeyTable::remove(std::uint32_t id)
{
    return sql_.execute("DELETE FROM signed_prekey WHERE id = ?", id);
}

Result<std::vector<QByteArray>> SignedPreKeyTable::unconfirmed()
{
    return sql_.all("SELECT record FROM signed_prekey WHERE confirmed = 0 ORDER BY id", readRecord);
}

Result<void> SignedPreKeyTable::confirm(std::uint32_t id)
{
    return sql_.execute("UPDATE signed_prekey SET confirmed = 1 WHERE id = ?", id);
}

Result<std::optional<WallTime>> SignedPreKeyTable::made(std::uint32_t id)
{
    return sql_.one(
        "SELECT made_ms FROM signed_prekey WHERE id = ?", [](const sql::Row &row) { return row.time(0); }, id);
}

Result<void> SignedPreKeyTable::retireOthers(std::uint32_t current, WallTime at)
{
    return sql_.execute("UPDATE signed_prekey SET retired_ms = ? WHERE id <> ? AND confirmed = 1"
                        " AND retired_ms IS NULL",
                        at, current);
}

Result<void> SignedPreKeyTable::dropRetired(WallTime before)
{
    return sql_.execute("DELETE FROM signed_prekey WHERE retired_ms < ?", before);
}

Result<std::optional<QByteArray>> SenderKeyTable::load(const GroupId &group, const DeviceId &sender)
{
    return sql_.one("SELECT record FROM sender_key WHERE grp = ? AND account = ? AND device = ?", readRecord, group,
                    sender.account, sender.number);
}

Result<void> SenderKeyTable::store(const GroupId &group, const DeviceId &sender, const QByteArray &record)
{
    return sql_.execute("INSERT OR REPLACE INTO sender_key (grp, account, device, record) VALUES (?, ?, ?, ?)", group,
                        sender.account, sender.number, record);
}

Result<void> SenderKeyTable::remove(const GroupId &group, const DeviceId &sender)
{
    return sql_.execute("DELETE FROM sender_key WHERE grp = ? AND account = ? AND device = ?", group, sender.account,
                        sender.number);
}

} // namespace kith::client::store
