// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/embedded/committer.h"
#include "server/ports/account_directory.h"

namespace kith::server::embedded {

/// Accounts, relations and invites in RocksDB. Any thread.
class EmbeddedAccountDirectory final : public AccountDirectory {
public:
    EmbeddedAccountDirectory(const Database &database, Committer &committer)
        : database_(database)
        , committer_(committer)
    {
    }

    Task<Result<void>> create(Account account, std::optional<std::string> invite, WallTime now) override;
    Task<Result<Account>> byName(std::string name) override;
    Task<Result<Account>> byId(AccountId id) override;
    Task<Result<void>> putDevices(AccountId id, std::uint64_t expectVersion, std::uint64_t version,
                                  wire::SignedDeviceList devices) override;
    Task<Result<void>> putProfile(AccountId id, wire::Profile profile) override;
    Task<Result<void>> remove(AccountId id) override;
    Task<Result<std::vector<Account>>> list(std::string after, int limit) override;

    Task<Result<void>> setRelation(AccountId account, AccountId other, wire::Relation relation) override;
    Task<Result<Standing>> standing(AccountId account, AccountId other) override;
    Task<Result<bool>> admitStranger(AccountId account, AccountId other, Mid mid, StrangerLimits limits) override;

    Task<Result<void>> putInvite(Invite invite) override;
    Task<Result<std::vector<Invite>>> invites() override;
    Task<Result<void>> revokeInvite(std::string token) override;

private:
    Result<Account> readName(const std::string &name) const;
    Result<std::vector<Account>> readList(std::string after, int limit) const;
    Result<std::vector<Invite>> readInvites() const;

    const Database &database_;
    Committer &committer_;
};

} // namespace kith::server::embedded
