// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/client/values.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::client::store {

/// A row of `contact`: everything known about one account.
struct ContactRow {
    AccountId account;
    std::string name, alias;
    QByteArray accountKey;
    Trust trust = Trust::unseen;
    std::optional<QByteArray> candidateKey; ///< the changed key, not accepted yet
    std::optional<QByteArray> candidateList, candidateSignature; ///< the device list that it signed
    bool wasVerified = false; ///< of the pinned key, while trust is `changed`
    ContactRelation relation = ContactRelation::none;
    bool relationPending = false; ///< SetRelation was not confirmed yet
    bool request = false;
    QByteArray list, listSignature;
    std::uint64_t listVersion = 0;
    std::optional<QByteArray> profileKey;
    std::uint64_t profileVersion = 0;
    std::string displayName, about;
    std::uint64_t keysSent = 0;
    std::optional<QByteArray> ephemeralKey, ownEphemeralKey;
    WallTime ownEphemeralMade {};
    int undecryptable = 0;
    WallTime lastReset {};
    WallTime added {};

    /// Whether nothing is sent to this person before somebody looked (security C7); `strict`: our trust mode.
    bool isHeld(bool strict) const { return trust == Trust::changed || (strict && trust != Trust::verified); }
};

class ContactTable {
public:
    explicit ContactTable(sql::Connection &sql) : sql_(sql) { }

    Result<std::optional<ContactRow>> find(const AccountId &account);
    Result<std::optional<ContactRow>> findByName(const std::string &name);
    /// Contacts whose alias, display name or name is `label`, any case (ASCII).
    Result<std::vector<ContactRow>> findByLabel(const std::string &label);
    /// All, by name.
    Result<std::vector<ContactRow>> list();
    Result<std::vector<ContactRow>> withRelation(ContactRelation relation);
    Result<std::vector<ContactRow>> requests();
    Result<std::vector<ContactRow>> relationPending();
    /// Inserts, or replaces the whole row.
    Result<void> save(const ContactRow &row);
    Result<void> remove(const AccountId &account);

    Result<void> setRelation(const AccountId &account, ContactRelation relation, bool pending);
    Result<void> setRequest(const AccountId &account, bool request);
    Result<void> setAlias(const AccountId &account, const std::string &alias);
    Result<void> setTrust(const AccountId &account, Trust trust);
    Result<void> setList(const AccountId &account, const QByteArray &list, const QByteArray &signature,
                         std::uint64_t version);
    Result<void> setEphemeralKey(const AccountId &account, const std::optional<QByteArray> &key);
    Result<void> setOwnEphemeralKey(const AccountId &account, const QByteArray &key, WallTime made);
    Result<void> setKeysSent(const AccountId &account, std::uint64_t version);
    Result<void> setDecryptTrouble(const AccountId &account, int undecryptable, WallTime lastReset);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
