// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/account_directory.h"

#include "server/embedded/account_rows.h"
#include "server/embedded/keys.h"
#include "server/embedded/values.h"

#include <algorithm>

namespace kith::server::embedded {

namespace {

constexpr std::size_t allInvites = 100'000;

} // namespace

Task<Result<void>> EmbeddedAccountDirectory::create(Account account, std::optional<std::string> invite, WallTime now)
{
    return committer_.run<void>(Committer::Kind::other,
                                [account = std::move(account), invite = std::move(invite), now](Batch &batch) {
                                    return composeCreate(batch, account, invite, now);
                                });
}

Result<Account> EmbeddedAccountDirectory::readName(const std::string &name) const
{
    KITH_TRY(auto row, rowAt(database_, Table::names, nameKey(name), wire::decodeStoredName));
    // An unknown name costs the reads of a known one (security S10): nobody has the empty name and the null id.
    if (!row) {
        KITH_TRY(row, rowAt(database_, Table::names, nameKey({}), wire::decodeStoredName));
    }
    return readAccount(database_, row && !row->removed ? row->account : AccountId {});
}

Task<Result<Account>> EmbeddedAccountDirectory::byName(std::string name)
{
    return Task<Result<Account>>::ready(readName(name));
}

Task<Result<Account>> EmbeddedAccountDirectory::byId(AccountId id)
{
    return Task<Result<Account>>::ready(readAccount(database_, id));
}

Task<Result<void>> EmbeddedAccountDirectory::putDevices(AccountId id, std::uint64_t expectVersion,
                                                        std::uint64_t version, wire::SignedDeviceList devices)
{
    return committer_.run<void>(
        Committer::Kind::other,
        [id, expectVersion, version, devices = std::move(devices)](Batch &batch) -> Result<void> {
            KITH_TRY(auto account, readAccount(batch, id));
            if (account.listVersion != expectVersion)
                return Error { ErrorCode::conflict, "device list version" };
            account.listVersion = version;
            account.devices = devices;
            putAccount(batch, account);
            return {};
        });
}

Task<Result<void>> EmbeddedAccountDirectory::putProfile(AccountId id, wire::Profile profile)
{
    return committer_.run<void>(Committer::Kind::other,
                                [id, profile = std::move(profile)](Batch &batch) -> Result<void> {
                                    KITH_TRY(auto account, readAccount(batch, id));
                                    if (profile.version <= account.profile.version)
                                        return Error { ErrorCode::conflict, "profile version" };
                                    account.profile = profile;
                                    putAccount(batch, account);
                                    return {};
                                });
}

Task<Result<void>> EmbeddedAccountDirectory::remove(AccountId id)
{
    return committer_.run<void>(Committer::Kind::other, [id](Batch &batch) { return composeRemove(batch, id); });
}

Result<std::vector<Account>> EmbeddedAccountDirectory::readList(std::string after, int limit) const
{
    const auto most = static_cast<std::size_t>(std::clamp(limit, 0, 200));
    std::vector<Account> page;
    for (auto from = nameKey(after) + '\0'; page.size() < most;) {
        KITH_TRY(const auto names, database_.scan(Table::names, from, {}, most));
        if (names.empty())
            break;
        from = names.back().key + '\0';
        for (const auto &each : names) {
            KITH_TRY(const auto name, wire::decodeStoredName(viewOf(each.value)));
            if (name.removed || page.size() == most)
                continue;
            auto account = readAccount(database_, name.account);
            if (account)
                page.push_back(std::move(account).value());
            else if (account.error().code != ErrorCode::notFound) // removed meanwhile
                return account.error();
        }
    }
    return page;
}

Task<Result<std::vector<Account>>> EmbeddedAccountDirectory::list(std::string after, int limit)
{
    return Task<Result<std::vector<Account>>>::ready(readList(std::move(after), limit));
}

Task<Result<void>> EmbeddedAccountDirectory::setRelation(AccountId account, AccountId other, wire::Relation relation)
{
    return committer_.run<void>(Committer::Kind::other, [account, other, relation](Batch &batch) {
        return composeRelation(batch, account, other, relation);
    });
}

Task<Result<AccountDirectory::Standing>> EmbeddedAccountDirectory::standing(AccountId account, AccountId other)
{
    return Task<Result<Standing>>::ready(readStanding(database_, account, other));
}

Task<Result<bool>> EmbeddedAccountDirectory::admitStranger(AccountId account, AccountId other, Mid mid,
                                                           StrangerLimits limits)
{
    return committer_.run<bool>(Committer::Kind::other, [account, other, mid, limits](Batch &batch) {
        return composeStranger(batch, account, other, mid, limits);
    });
}

Task<Result<void>> EmbeddedAccountDirectory::putInvite(Invite invite)
{
    return committer_.run<void>(Committer::Kind::other, [invite = std::move(invite)](Batch &batch) -> Result<void> {
        batch.put(
            Table::invites, inviteKey(invite.token),
            valueOf(wire::StoredInvite { invite.token, invite.usesLeft, invite.used, invite.expires, invite.revoked }));
        batch.requireSync();
        return {};
    });
}

Result<std::vector<Invite>> EmbeddedAccountDirectory::readInvites() const
{
    KITH_TRY(const auto rows, database_.scan(Table::invites, {}, {}, allInvites));
    std::vector<Invite> invites;
    for (const auto &row : rows) {
        KITH_TRY(const auto invite, wire::decodeStoredInvite(viewOf(row.value)));
        invites.push_back(inviteOf(invite));
    }
    std::ranges::sort(invites, {}, &Invite::token);
    return invites;
}

Task<Result<std::vector<Invite>>> EmbeddedAccountDirectory::invites()
{
    return Task<Result<std::vector<Invite>>>::ready(readInvites());
}

Task<Result<void>> EmbeddedAccountDirectory::revokeInvite(std::string token)
{
    return committer_.run<void>(Committer::Kind::other, [token = std::move(token)](Batch &batch) -> Result<void> {
        KITH_TRY(auto invite, rowAt(batch, Table::invites, inviteKey(token), wire::decodeStoredInvite));
        if (!invite)
            return Error { ErrorCode::notFound, "invite" };
        invite->revoked = true;
        batch.put(Table::invites, inviteKey(token), valueOf(*invite));
        batch.requireSync();
        return {};
    });
}

} // namespace kith::server::embedded
