// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "server/ports/account_directory.h"

#include <map>
#include <mutex>
#include <set>

namespace kith::support {

/// AccountDirectory in memory. Tasks are ready at once. Any thread.
class MemoryAccountDirectory final : public server::AccountDirectory {
public:
    MemoryAccountDirectory(Clock &, Random &) { }

    Task<Result<void>> create(server::Account account, std::optional<std::string> invite, WallTime now) override;
    Task<Result<server::Account>> byName(std::string name) override;
    Task<Result<server::Account>> byId(AccountId id) override;
    Task<Result<void>> putDevices(AccountId id, std::uint64_t expectVersion, std::uint64_t version,
                                  wire::SignedDeviceList devices) override;
    Task<Result<void>> putProfile(AccountId id, wire::Profile profile) override;
    Task<Result<void>> remove(AccountId id) override;
    Task<Result<std::vector<server::Account>>> list(std::string after, int limit) override;
    Task<Result<void>> setRelation(AccountId account, AccountId other, wire::Relation relation) override;
    Task<Result<Standing>> standing(AccountId account, AccountId other) override;
    Task<Result<bool>> admitStranger(AccountId account, AccountId other, Mid mid, StrangerLimits limits) override;
    Task<Result<void>> putInvite(server::Invite invite) override;
    Task<Result<std::vector<server::Invite>>> invites() override;
    Task<Result<void>> revokeInvite(std::string token) override;

private:
    struct Name {
        AccountId account;
        bool removed = false;
    };
    struct Relation {
        wire::Relation relation = wire::Relation::none;
        std::set<Mid> strange;
    };

    Result<void> createLocked(const server::Account &account, const std::optional<std::string> &invite, WallTime now);
    Result<void> useInvite(const std::string &token, const AccountId &account, WallTime now);
    Result<void> setRelationLocked(const AccountId &account, const AccountId &other, wire::Relation relation);
    Standing standingLocked(const AccountId &account, const AccountId &other) const;

    std::mutex mutex_;
    std::map<std::string, Name> names_;
    std::map<AccountId, server::Account> accounts_;
    std::set<AccountId> removed_;
    std::map<std::string, server::Invite> invites_;
    std::map<std::string, std::set<AccountId>> inviteUses_;
    std::map<AccountId, std::map<AccountId, Relation>> relations_;
};

} // namespace kith::support
