// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/account_rows.h"

#include "common/base/hash.h"
#include "server/embedded/keys.h"
#include "server/embedded/values.h"

#include <algorithm>

namespace kith::server::embedded {

namespace {

enum class RecordKind : std::uint8_t { account = 1, relations = 2, gone = 3 };

std::string recordKey(RecordKind kind, const AccountId &id)
{
    return keyOf(static_cast<std::uint8_t>(kind), id);
}

template <class From>
Result<Account> readFrom(const From &from, const AccountId &id)
{
    KITH_TRY(auto row, rowAt(from, Table::records, accountKey(id), wire::decodeStoredAccount));
    if (!row)
        return Error { ErrorCode::notFound, "account" };
    return Account { row->account,     std::move(row->name),    row->accountKey, std::move(row->devices),
                     row->listVersion, std::move(row->profile), row->created };
}

Result<void> useInvite(Batch &batch, const std::string &token, const AccountId &account, WallTime now)
{
    KITH_TRY(auto invite, rowAt(batch, Table::invites, inviteKey(token), wire::decodeStoredInvite));
    if (!invite || invite->revoked || invite->expires <= now)
        return Error { ErrorCode::permission, "invite" };
    const auto use = inviteKey(token) + keyOf(account);
    KITH_TRY(const auto used, batch.get(Table::inviteUse, use));
    if (used)
        return {};
    if (invite->usesLeft == 0)
        return Error { ErrorCode::permission, "invite" };
    --invite->usesLeft;
    ++invite->used;
    batch.put(Table::invites, inviteKey(token), valueOf(*invite));
    batch.put(Table::inviteUse, use, {});
    return {};
}

} // namespace

std::string accountKey(const AccountId &id)
{
    return recordKey(RecordKind::account, id);
}

std::string goneKey(const AccountId &id)
{
    return recordKey(RecordKind::gone, id);
}

std::string relationsKey(const AccountId &account)
{
    return recordKey(RecordKind::relations, account);
}

std::string inviteKey(const std::string &token)
{
    return keyOf(sha256(viewOf(token)));
}

Result<Account> readAccount(const Batch &from, const AccountId &id)
{
    return readFrom(from, id);
}

Result<Account> readAccount(const Database &from, const AccountId &id)
{
    auto account = readFrom(from, id);
    const bool missing = !account && account.error().code == ErrorCode::notFound;
    if (missing && !id.isNull())
        KITH_CHECK(readFrom(from, AccountId {}));
    return id.isNull() ? Error { ErrorCode::notFound, "account" } : std::move(account);
}

void putNobody(Batch &batch)
{
    wire::StoredAccount nobody;
    nobody.account.octets.fill(0xff);
    nobody.name = "nobody";
    nobody.accountKey.octets.fill(0xff);
    nobody.devices.list = QByteArray(320, 'n');
    nobody.devices.signature.octets.fill(0xff);
    nobody.listVersion = 1;
    batch.put(Table::names, nameKey({}), valueOf(wire::StoredName { nobody.account, true }));
    batch.put(Table::records, accountKey({}), valueOf(nobody));
    batch.put(Table::relation, relationKey({}, {}), valueOf(wire::StoredRelation { wire::Relation::blocked, {} }));
    batch.put(Table::records, relationsKey({}), valueOf(wire::StoredRelations { 1, 0 }));
}

void putAccount(Batch &batch, const Account &account)
{
    batch.put(Table::records, accountKey(account.id),
              valueOf(wire::StoredAccount { account.id, account.name, account.accountKey, account.devices,
                                            account.listVersion, account.profile, account.created, false }));
    batch.requireSync();
}

Invite inviteOf(const wire::StoredInvite &row)
{
    return { row.token, row.usesLeft, row.used, row.expires, row.revoked };
}

Result<void> composeCreate(Batch &batch, const Account &account, const std::optional<std::string> &invite, WallTime now)
{
    if (account.name.empty() || account.name.size() > nameWidth)
        return Error { ErrorCode::invalid, "name" };
    const auto known = readAccount(batch, account.id);
    if (!known && known.error().code != ErrorCode::notFound)
        return known.error();
    if (known) {
        const bool same =
            known->name == account.name && known->accountKey == account.accountKey && known->devices == account.devices;
        return same ? Result<void> {} : Error { ErrorCode::exists, "account" };
    }
    KITH_TRY(const auto gone, batch.get(Table::records, goneKey(account.id)));
    if (gone)
        return Error { ErrorCode::exists, "account" };
    KITH_TRY(const auto name, batch.get(Table::names, nameKey(account.name)));
    if (name)
        return Error { ErrorCode::exists, "name" };
    if (invite)
        KITH_CHECK(useInvite(batch, *invite, account.id, now));
    batch.put(Table::names, nameKey(account.name), valueOf(wire::StoredName { account.id, false }));
    putAccount(batch, account);
    return {};
}

namespace {

/// No index leads from an account to those who know it: a removal is rare and reads the table once.
Result<void> forgetEverywhere(Batch &batch, const AccountId &id)
{
    constexpr std::size_t page = 1'000;
    for (std::string from;;) {
        KITH_TRY(const auto rows, batch.scan(Table::relation, from, {}, page));
        for (const auto &row : rows) {
            AccountId holder;
            if (row.key.size() != 2 * AccountId::size || !row.key.ends_with(keyOf(id)))
                continue;
            std::ranges::copy(row.key.substr(0, AccountId::size), holder.octets.begin());
            KITH_CHECK(composeForget(batch, holder, id));
        }
        if (rows.size() < page)
            return {};
        from = rows.back().key + '\0';
    }
}

} // namespace

Result<void> composeRemove(Batch &batch, const AccountId &id)
{
    KITH_TRY(const auto gone, batch.get(Table::records, goneKey(id)));
    if (gone)
        return {};
    KITH_TRY(const auto account, readAccount(batch, id));
    batch.erase(Table::records, accountKey(id));
    batch.erase(Table::records, relationsKey(id));
    batch.put(Table::records, goneKey(id), {});
    batch.put(Table::names, nameKey(account.name), valueOf(wire::StoredName { id, true }));
    batch.dropPrefix(Table::relation, keyOf(id));
    KITH_CHECK(forgetEverywhere(batch, id));
    KITH_TRY(const auto invites, batch.scan(Table::invites, {}, {}, 100'000));
    for (const auto &invite : invites)
        batch.erase(Table::inviteUse, invite.key + keyOf(id));
    batch.requireSync();
    return {};
}

} // namespace kith::server::embedded
