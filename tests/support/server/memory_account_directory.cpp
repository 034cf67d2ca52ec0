// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/server/memory_account_directory.h"

#include "common/wire/limits.h"

namespace kith::support {

using namespace server;

Task<Result<void>> MemoryAccountDirectory::create(Account account, std::optional<std::string> invite, WallTime now)
{
    const std::scoped_lock lock(mutex_);
    return Task<Result<void>>::ready(createLocked(account, invite, now));
}

Result<void> MemoryAccountDirectory::createLocked(const Account &account, const std::optional<std::string> &invite,
                                                  WallTime now)
{
    if (const auto known = accounts_.find(account.id); known != accounts_.end()) {
        const auto &same = known->second;
        if (same.name == account.name && same.accountKey == account.accountKey && same.devices == account.devices)
            return {};
        return Error { ErrorCode::exists, "account" };
    }
    if (removed_.contains(account.id))
        return Error { ErrorCode::exists, "account" };
    if (names_.contains(account.name))
        return Error { ErrorCode::exists, "name" };
    if (invite)
        KITH_CHECK(useInvite(*invite, account.id, now));
    names_[account.name] = { account.id };
    accounts_[account.id] = account;
    return {};
}

Result<void> MemoryAccountDirectory::useInvite(const std::string &token, const AccountId &account, WallTime now)
{
    const auto invite = invites_.find(token);
    if (invite == invites_.end() || invite->second.revoked || invite->second.expires <= now)
        return Error { ErrorCode::permission, "invite" };
    auto &users = inviteUses_[token];
    if (users.contains(account))
        return {};
    if (invite->second.usesLeft == 0)
        return Error { ErrorCode::permission, "invite" };
    users.insert(account);
    --invite->second.usesLeft;
    ++invite->second.used;
    return {};
}

Task<Result<Account>> MemoryAccountDirectory::byName(std::string name)
{
    const std::scoped_lock lock(mutex_);
    const auto found = names_.find(name);
    if (found == names_.end() || found->second.removed)
        return Task<Result<Account>>::ready(Error { ErrorCode::notFound, "account" });
    return Task<Result<Account>>::ready(accounts_.at(found->second.account));
}

Task<Result<Account>> MemoryAccountDirectory::byId(AccountId id)
{
    const std::scoped_lock lock(mutex_);
    const auto found = accounts_.find(id);
    if (found == accounts_.end())
        return Task<Result<Account>>::ready(Error { ErrorCode::notFound, "account" });
    return Task<Result<Account>>::ready(found->second);
}

Task<Result<void>> MemoryAccountDirectory::putDevices(AccountId id, std::uint64_t expectVersion, std::uint64_t version,
                                                      wire::SignedDeviceList devices)
{
    const std::scoped_lock lock(mutex_);
    const auto found = accounts_.find(id);
    if (found == accounts_.end())
        return Task<Result<void>>::ready(Error { ErrorCode::notFound, "account" });
    if (found->second.listVersion != expectVersion)
        return Task<Result<void>>::ready(Error { ErrorCode::conflict, "device list version" });
    found->second.listVersion = version;
    found->second.devices = std::move(devices);
    return Task<Result<void>>::ready({});
}

Task<Result<void>> MemoryAccountDirectory::putProfile(AccountId id, wire::Profile profile)
{
    const std::scoped_lock lock(mutex_);
    const auto found = accounts_.find(id);
    if (found == accounts_.end())
        return Task<Result<void>>::ready(Error { ErrorCode::notFound, "account" });
    if (profile.version <= found->second.profile.version)
        return Task<Result<void>>::ready(Error { ErrorCode::conflict, "profile version" });
    found->second.profile = std::move(profile);
    return Task<Result<void>>::ready({});
}

Task<Result<void>> MemoryAccountDirectory::remove(AccountId id)
{
    const std::scoped_lock lock(mutex_);
    if (removed_.contains(id))
        return Task<Result<void>>::ready({});
    const auto found = accounts_.find(id);
    if (found == accounts_.end())
        return Task<Result<void>>::ready(Error { ErrorCode::notFound, "account" });
    names_[found->second.name] = { {}, true };
    accounts_.erase(found);
    relations_.erase(id);
    for (auto &[other, relations] : relations_)
        relations.erase(id);
    removed_.insert(id);
    return Task<Result<void>>::ready({});
}

Task<Result<std::vector<Account>>> MemoryAccountDirectory::list(std::string after, int limit)
{
    const std::scoped_lock lock(mutex_);
    std::vector<Account> page;
    const auto most = static_cast<std::size_t>(std::clamp(limit, 0, 200));
    for (auto name = names_.upper_bound(after); name != names_.end() && page.size() < most; ++name) {
        if (!name->second.removed)
            page.push_back(accounts_.at(name->second.account));
    }
    return Task<Result<std::vector<Account>>>::ready(std::move(page));
}

// ---- relations ----------------------------------------------------------------------------------------------------

Task<Result<void>> MemoryAccountDirectory::setRelation(AccountId account, AccountId other, wire::Relation relation)
{
    const std::scoped_lock lock(mutex_);
    return Task<Result<void>>::ready(setRelationLocked(account, other, relation));
}

Result<void> MemoryAccountDirectory::setRelationLocked(const AccountId &account, const AccountId &other,
                                                       wire::Relation relation)
{
    auto &relations = relations_[account];
    const auto found = relations.find(other);
    const auto before = found == relations.end() ? wire::Relation::none : found->second.relation;
    if (before == relation)
        return {};
    if (relation == wire::Relation::none) {
        relations.erase(found);
        return {};
    }
    const auto decided = std::ranges::count_if(
        relations, [](const auto &entry) { return entry.second.relation != wire::Relation::none; });
    if (before == wire::Relation::none && decided >= wire::limits::relationsPerAccount)
        return Error { ErrorCode::tooLarge, "relations" };
    relations[other] = { relation, {} };
    return {};
}

AccountDirectory::Standing MemoryAccountDirectory::standingLocked(const AccountId &account,
                                                                  const AccountId &other) const
{
    Standing standing;
    const auto all = relations_.find(account);
    if (all == relations_.end())
        return standing;
    for (const auto &[whom, relation] : all->second) {
        if (!relation.strange.empty())
            ++standing.pendingStrangers;
        if (whom == other) {
            standing.relation = relation.relation;
            standing.strangerMessages = static_cast<std::uint32_t>(relation.strange.size());
        }
    }
    return standing;
}

Task<Result<AccountDirectory::Standing>> MemoryAccountDirectory::standing(AccountId account, AccountId other)
{
    const std::scoped_lock lock(mutex_);
    return Task<Result<Standing>>::ready(standingLocked(account, other));
}

Task<Result<bool>> MemoryAccountDirectory::admitStranger(AccountId account, AccountId other, Mid mid,
                                                         StrangerLimits limits)
{
    const std::scoped_lock lock(mutex_);
    const auto standing = standingLocked(account, other);
    auto &relation = relations_[account][other];
    if (relation.relation != wire::Relation::none)
        return Task<Result<bool>>::ready(relation.relation == wire::Relation::accepted);
    if (relation.strange.contains(mid))
        return Task<Result<bool>>::ready(true);
    if (standing.strangerMessages >= limits.messages
        || (standing.strangerMessages == 0 && standing.pendingStrangers >= limits.pending))
        return Task<Result<bool>>::ready(false);
    relation.strange.insert(mid);
    return Task<Result<bool>>::ready(true);
}

// ---- invites ------------------------------------------------------------------------------------------------------

Task<Result<void>> MemoryAccountDirectory::putInvite(Invite invite)
{
    const std::scoped_lock lock(mutex_);
    invites_[invite.token] = std::move(invite);
    return Task<Result<void>>::ready({});
}

Task<Result<std::vector<Invite>>> MemoryAccountDirectory::invites()
{
    const std::scoped_lock lock(mutex_);
    std::vector<Invite> all;
    for (const auto &[token, invite] : invites_)
        all.push_back(invite);
    return Task<Result<std::vector<Invite>>>::ready(std::move(all));
}

Task<Result<void>> MemoryAccountDirectory::revokeInvite(std::string token)
{
    const std::scoped_lock lock(mutex_);
    const auto found = invites_.find(token);
    if (found == invites_.end())
        return Task<Result<void>>::ready(Error { ErrorCode::notFound, "invite" });
    found->second.revoked = true;
    return Task<Result<void>>::ready({});
}

} // namespace kith::support
