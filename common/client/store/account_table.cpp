// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/account_table.h"

namespace kith::client::store {

namespace {

AccountRow read(const sql::Row &row)
{
    AccountRow account;
    account.device.account = row.id<AccountId>(0);
    account.device.number = static_cast<std::uint16_t>(row.integer(1));
    account.name = row.text(2);
    account.state = row.enumeration<AccountState>(3);
    account.server = row.text(4);
    account.serverId = row.maybe(5, &sql::Row::bytes);
    account.invite = row.text(6);
    account.accountSeed = row.secret(7);
    account.signingSeed = row.secret(8);
    account.identityPublic = row.bytes(9);
    account.identityPrivate = row.secret(10);
    account.registrationId = static_cast<std::uint32_t>(row.integer(11));
    account.list = row.bytes(12);
    account.listSignature = row.bytes(13);
    account.listVersion = row.number(14);
    account.nextPreKeyId = static_cast<std::uint32_t>(row.integer(15));
    account.nextSignedId = static_cast<std::uint32_t>(row.integer(16));
    account.currentSignedId = static_cast<std::uint32_t>(row.integer(17));
    account.qepoch = row.number(18);
    account.cursor = row.number(19);
    account.generation = row.number(20);
    account.profileKey = row.secret(21);
    account.profileVersion = row.number(22);
    account.profilePending = row.flag(23);
    account.displayName = row.text(24);
    account.about = row.text(25);
    account.readReceipts = row.flag(26);
    account.strictTrust = row.flag(27);
    account.created = row.time(28);
    return account;
}

constexpr std::string_view selectAll =
    "SELECT account, device, name, state, server, server_id, invite, account_seed, signing_seed, identity_public,"
    " identity_private, registration_id, list, list_signature, list_version, next_prekey_id, next_signed_id,"
    " current_signed_id, qepoch, cursor, generation, profile_key, profile_version, profile_pending, display_name,"
    " about, read_receipts, strict_trust, created_ms FROM account WHERE id = 1";

constexpr std::string_view replaceAll =
    "INSERT OR REPLACE INTO account (id, account, device, name, state, server, server_id, invite, account_seed,"
    " signing_seed, identity_public, identity_private, registration_id, list, list_signature, list_version,"
    " next_prekey_id, next_signed_id, current_signed_id, qepoch, cursor, generation, profile_key, profile_version,"
    " profile_pending, display_name, about, read_receipts, strict_trust, created_ms)"
    " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

} // namespace

Result<std::optional<AccountRow>> AccountTable::load()
{
    return sql_.one(selectAll, read);
}

Result<std::optional<DeviceId>> AccountTable::self()
{
    return sql_.one("SELECT account, device FROM account WHERE id = 1", [](const sql::Row &row) {
        return DeviceId { row.id<AccountId>(0), static_cast<std::uint16_t>(row.integer(1)) };
    });
}

Result<void> AccountTable::save(const AccountRow &row)
{
    return sql_.execute(replaceAll, row.device.account, row.device.number, row.name, row.state, row.server,
                        row.serverId, row.invite, row.accountSeed, row.signingSeed, row.identityPublic,
                        row.identityPrivate, row.registrationId, row.list, row.listSignature, row.listVersion,
                        row.nextPreKeyId, row.nextSignedId, row.currentSignedId, row.qepoch, row.cursor, row.generation,
                        row.profileKey, row.profileVersion, row.profilePending, row.displayName, row.about,
                        row.readReceipts, row.strictTrust, row.created);
}

Result<void> AccountTable::remove()
{
    return sql_.execute("DELETE FROM account");
}

Result<void> AccountTable::setState(AccountState state)
{
    return sql_.execute("UPDATE account SET state = ?", state);
}

Result<void> AccountTable::setServer(const std::string &server)
{
    return sql_.execute("UPDATE account SET server = ?", server);
}

Result<void> AccountTable::setServerId(const QByteArray &serverId)
{
    return sql_.execute("UPDATE account SET server_id = ?", serverId);
}

Result<void> AccountTable::setRegistered(AccountState state)
{
    return sql_.execute("UPDATE account SET state = ?, invite = ''", state);
}

Result<void> AccountTable::setList(const QByteArray &list, const QByteArray &signature, std::uint64_t version)
{
    return sql_.execute("UPDATE account SET list = ?, list_signature = ?, list_version = ?", list, signature, version);
}

Result<void> AccountTable::setNextPreKeyId(std::uint32_t id)
{
    return sql_.execute("UPDATE account SET next_prekey_id = ?", id);
}

Result<void> AccountTable::setSignedIds(std::uint32_t next, std::uint32_t current)
{
    return sql_.execute("UPDATE account SET next_signed_id = ?, current_signed_id = ?", next, current);
}

Result<void> AccountTable::setQueue(std::uint64_t qepoch, std::uint64_t cursor)
{
    return sql_.execute("UPDATE account SET qepoch = ?, cursor = ?", qepoch, cursor);
}

Result<void> AccountTable::setProfile(const std::string &displayName, const std::string &about)
{
    return sql_.execute("UPDATE account SET display_name = ?, about = ?", displayName, about);
}

Result<void> AccountTable::setProfileKey(const SecretBytes &key)
{
    return sql_.execute("UPDATE account SET profile_key = ?", key);
}

Result<void> AccountTable::setProfileState(std::uint64_t version, bool pending)
{
    return sql_.execute("UPDATE account SET profile_version = ?, profile_pending = ?", version, pending);
}

Result<void> AccountTable::setReadReceipts(bool on)
{
    return sql_.execute("UPDATE account SET read_receipts = ?", on);
}

Result<void> AccountTable::setStrictTrust(bool on)
{
    return sql_.execute("UPDATE account SET strict_trust = ?", on);
}

Result<std::uint64_t> AccountTable::nextGeneration()
{
    KITH_CHECK(sql_.execute("UPDATE account SET generation = generation + 1"));
    KITH_TRY(const auto generation,
             sql_.one("SELECT generation FROM account", [](const sql::Row &row) { return row.number(0); }));
    return generation.value_or(0);
}

Result<void> AccountTable::setGeneration(std::uint64_t generation)
{
    return sql_.execute("UPDATE account SET generation = ?", generation);
}

} // namespace kith::client::store
