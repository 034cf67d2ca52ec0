// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/result.h"
#include "common/base/task.h"
#include "common/wire/frames.h"
#include "common/wire/limits.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::server {

struct Account {
    AccountId id;
    std::string name;
    Ed25519PublicKey accountKey;
    wire::SignedDeviceList devices;
    std::uint64_t listVersion = 0;
    wire::Profile profile; ///< version 0: none
    WallTime created {};
};

struct Invite {
    std::string token;
    std::uint32_t usesLeft = 1;
    std::uint32_t used = 0;
    WallTime expires {};
    bool revoked = false;
};

/// Accounts by id and by name, invites, relations. Partitions: account; name; invite token; recipient's account for
/// relations. Any thread; completes on the caller's thread, durable. Errors: full, io, cancelled.
class AccountDirectory {
public:
    virtual ~AccountDirectory() = default;

    /// Claims the name, counts the invite, stores the account; each step idempotent for the same account. The same
    /// account with the same name, key and list again: ok, no change. Errors: exists (name or id is taken by another,
    /// or the name is tombstoned), permission (invite unknown, expired, revoked or used up; nothing was claimed).
    virtual Task<Result<void>> create(Account account, std::optional<std::string> invite, WallTime now) = 0;

    /// Errors: notFound, after the same reads (security S10).
    virtual Task<Result<Account>> byName(std::string name) = 0;
    virtual Task<Result<Account>> byId(AccountId id) = 0;

    /// Compare-and-swap on the version. Errors: notFound, conflict.
    virtual Task<Result<void>> putDevices(AccountId id, std::uint64_t expectVersion, std::uint64_t version,
                                          wire::SignedDeviceList devices) = 0;
    /// Errors: notFound, conflict (`profile.version` is not larger).
    virtual Task<Result<void>> putProfile(AccountId id, wire::Profile profile) = 0;

    /// Removes the account, its relations and those of others to it; name and id stay as tombstones. Idempotent.
    /// Errors: notFound (never was).
    virtual Task<Result<void>> remove(AccountId id) = 0;

    /// At most `limit` (<= 200) accounts with name > `after`, ascending.
    virtual Task<Result<std::vector<Account>>> list(std::string after, int limit) = 0;

    // -- relations: what `account` decided about `other` (delivery FC2); partition: account

    /// Errors: tooLarge (LIM20).
    virtual Task<Result<void>> setRelation(AccountId account, AccountId other, wire::Relation relation) = 0;

    /// The relation and, while it is none, how many messages of `other` were admitted (LIM6).
    struct Standing {
        wire::Relation relation = wire::Relation::none;
        std::uint32_t strangerMessages = 0; ///< admitted so far from this stranger
        std::uint32_t pendingStrangers = 0; ///< strangers with at least one admitted message
        bool operator==(const Standing &) const = default;
    };
    virtual Task<Result<Standing>> standing(AccountId account, AccountId other) = 0;

    struct StrangerLimits {
        std::uint32_t messages = wire::limits::strangerMessages; ///< of one stranger
        std::uint32_t pending = wire::limits::pendingRequests; ///< strangers with admitted messages
    };
    /// Whether message `mid` of `other` may go to `account` under LIM6. What was admitted stays admitted, so that a
    /// repeat is never refused; a refused message is not counted. True for accepted, false for blocked accounts.
    virtual Task<Result<bool>> admitStranger(AccountId account, AccountId other, Mid mid, StrangerLimits limits) = 0;

    // -- invites

    virtual Task<Result<void>> putInvite(Invite invite) = 0;
    virtual Task<Result<std::vector<Invite>>> invites() = 0;
    /// Errors: notFound.
    virtual Task<Result<void>> revokeInvite(std::string token) = 0;
};

} // namespace kith::server
