// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/crypto/pre_keys.h"
#include "common/crypto/session_record.h"
#include "common/crypto/stores.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kith::client::store {

/// Tables session and identity.
class SessionTable final : public crypto::SessionStore {
public:
    explicit SessionTable(sql::Connection &sql) : sql_(sql) { }
    Result<std::optional<QByteArray>> load(const DeviceId &device) override;
    Result<void> store(const DeviceId &device, const QByteArray &record) override;
    Result<bool> contains(const DeviceId &device) override;
    Result<void> remove(const DeviceId &device) override;
    Result<std::vector<std::uint16_t>> devicesOf(const AccountId &account) override;
    /// Every session of the account is gone (security C7).
    Result<void> removeAll(const AccountId &account);
    Result<std::vector<DeviceId>> devices();

    /// Notes when parts of a record were first seen; those known already stay as they are.
    Result<void> noteAges(const DeviceId &device, const std::vector<crypto::AgingPart> &parts, WallTime at);
    /// Parts that were first seen at or before `before`; forgets that they were.
    Result<std::vector<crypto::AgingPart>> takeAged(const DeviceId &device, WallTime before);

private:
    sql::Connection &sql_;
};

class IdentityTable final : public crypto::IdentityStore {
public:
    explicit IdentityTable(sql::Connection &sql) : sql_(sql) { }
    /// From the account row. Errors also: notFound without one.
    Result<crypto::IdentityKeyPair> ownKeyPair() override;
    Result<std::uint32_t> registrationId() override;
    Result<void> saveIdentity(const DeviceId &device, const QByteArray &publicKey) override;
    Result<std::optional<QByteArray>> loadIdentity(const DeviceId &device) override;
    Result<void> removeAll(const AccountId &account);

private:
    sql::Connection &sql_;
};

class PreKeyTable final : public crypto::PreKeyStore {
public:
    explicit PreKeyTable(sql::Connection &sql) : sql_(sql) { }
    Result<std::optional<QByteArray>> load(std::uint32_t id) override;
    Result<void> store(std::uint32_t id, const QByteArray &record) override;
    Result<bool> contains(std::uint32_t id) override;
    Result<void> remove(std::uint32_t id) override;
    /// Records whose upload the server has not confirmed (delivery PK3), by id.
    Result<std::vector<QByteArray>> unconfirmed(int limit);
    Result<void> confirm(std::uint32_t id);
    /// The server refused their ids (delivery PK2).
    Result<void> dropUnconfirmed();
    Result<std::int64_t> count();

private:
    sql::Connection &sql_;
};

class SignedPreKeyTable final : public crypto::SignedPreKeyStore {
public:
    explicit SignedPreKeyTable(sql::Connection &sql) : sql_(sql) { }
    Result<std::optional<QByteArray>> load(std::uint32_t id) override;
    /// Also sets when it was made, from the record's own time.
    Result<void> store(std::uint32_t id, const QByteArray &record) override;
    Result<bool> contains(std::uint32_t id) override;
    Result<void> remove(std::uint32_t id) override;
    Result<std::vector<QByteArray>> unconfirmed();
    Result<void> confirm(std::uint32_t id);
    /// When it was made; nothing for an unknown id.
    Result<std::optional<WallTime>> made(std::uint32_t id);
    /// Every other confirmed one is old from `at` on (delivery PK6).
    Result<void> retireOthers(std::uint32_t current, WallTime at);
    Result<void> dropRetired(WallTime before);

private:
    sql::Connection &sql_;
};

class SenderKeyTable final : public crypto::SenderKeyStore {
public:
    explicit SenderKeyTable(sql::Connection &sql) : sql_(sql) { }
    Result<std::optional<QByteArray>> load(const GroupId &group, const DeviceId &sender) override;
    Result<void> store(const GroupId &group, const DeviceId &sender, const QByteArray &record) override;
    Result<void> remove(const GroupId &group, const DeviceId &sender) override;

private:
    sql::Connection &sql_;
};

/// The five stores of common/crypto on the profile's tables.
class CryptoStores {
public:
    explicit CryptoStores(sql::Connection &sql)
        : sessions(sql)
        , identity(sql)
        , preKeys(sql)
        , signedPreKeys(sql)
        , senderKeys(sql)
    {
    }

    crypto::Stores stores() { return { sessions, identity, preKeys, signedPreKeys, senderKeys }; }

    SessionTable sessions;
    IdentityTable identity;
    PreKeyTable preKeys;
    SignedPreKeyTable signedPreKeys;
    SenderKeyTable senderKeys;
};

} // namespace kith::client::store
