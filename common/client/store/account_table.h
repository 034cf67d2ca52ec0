// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/secret_bytes.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <string>

namespace kith::client {
enum class AccountState; // common/client/account.h
}

namespace kith::client::store {

/// The one row of `account`. Move-only: it holds the private keys.
struct AccountRow {
    DeviceId device; ///< account and number
    std::string name;
    AccountState state {};
    std::string server; ///< ServerAddress::toText
    std::optional<QByteArray> serverId;
    std::string invite;
    SecretBytes accountSeed, signingSeed;
    QByteArray identityPublic;
    SecretBytes identityPrivate;
    std::uint32_t registrationId = 0;
    QByteArray list, listSignature;
    std::uint64_t listVersion = 0;
    std::uint32_t nextPreKeyId = 1, nextSignedId = 1, currentSignedId = 0;
    std::uint64_t qepoch = 0, cursor = 0;
    std::uint64_t generation = 0;
    SecretBytes profileKey;
    std::uint64_t profileVersion = 0;
    bool profilePending = false;
    std::string displayName, about;
    bool readReceipts = true, strictTrust = false;
    WallTime created {};
};

class AccountTable {
public:
    explicit AccountTable(sql::Connection &sql) : sql_(sql) { }

    Result<std::optional<AccountRow>> load();
    /// Who this is, without reading a key.
    Result<std::optional<DeviceId>> self();
    /// Inserts, or replaces the whole row.
    Result<void> save(const AccountRow &row);
    Result<void> remove();

    // Single columns; success without a row changes nothing.
    Result<void> setState(AccountState state);
    Result<void> setServer(const std::string &server);
    Result<void> setServerId(const QByteArray &serverId);
    /// Forgets the invite, too: it has done its work.
    Result<void> setRegistered(AccountState state);
    Result<void> setList(const QByteArray &list, const QByteArray &signature, std::uint64_t version);
    Result<void> setNextPreKeyId(std::uint32_t id);
    Result<void> setSignedIds(std::uint32_t next, std::uint32_t current);
    Result<void> setQueue(std::uint64_t qepoch, std::uint64_t cursor);
    Result<void> setProfile(const std::string &displayName, const std::string &about);
    Result<void> setProfileKey(const SecretBytes &key);
    Result<void> setProfileState(std::uint64_t version, bool pending);
    Result<void> setReadReceipts(bool on);
    Result<void> setStrictTrust(bool on);
    /// The send counter plus one (security C23), returned; 0 without an account.
    Result<std::uint64_t> nextGeneration();
    Result<void> setGeneration(std::uint64_t generation);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
