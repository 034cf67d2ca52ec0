// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/limits.h"
#include "server/embedded/account_rows.h"
#include "server/embedded/keys.h"
#include "server/embedded/values.h"

#include <algorithm>

namespace kith::server::embedded {

namespace {

struct Relations {
    wire::StoredRelation one; ///< towards the other
    wire::StoredRelations all; ///< counts over all
};

template <class From>
Result<Relations> read(const From &from, const AccountId &account, const AccountId &other)
{
    KITH_TRY(auto one, rowAt(from, Table::relation, relationKey(account, other), wire::decodeStoredRelation));
    KITH_TRY(const auto all, rowAt(from, Table::records, relationsKey(account), wire::decodeStoredRelations));
    return Relations { one ? std::move(*one) : wire::StoredRelation {}, all.value_or(wire::StoredRelations {}) };
}

AccountDirectory::Standing standingOf(const Relations &relations)
{
    return { relations.one.relation, static_cast<std::uint32_t>(relations.one.strangerMids.size()),
             static_cast<std::uint32_t>(relations.all.pendingStrangers) };
}

void put(Batch &batch, const AccountId &account, const AccountId &other, const Relations &relations)
{
    if (relations.one == wire::StoredRelation {})
        batch.erase(Table::relation, relationKey(account, other));
    else
        batch.put(Table::relation, relationKey(account, other), valueOf(relations.one));
    batch.put(Table::records, relationsKey(account), valueOf(relations.all));
    batch.requireSync();
}

} // namespace

std::string relationKey(const AccountId &account, const AccountId &other)
{
    return keyOf(account, other);
}

Result<void> composeRelation(Batch &batch, const AccountId &account, const AccountId &other, wire::Relation relation)
{
    KITH_TRY(auto relations, read(batch, account, other));
    if (relations.one.relation == relation)
        return {};
    if (relations.one.relation == wire::Relation::none) {
        if (relations.all.relations >= static_cast<std::uint64_t>(wire::limits::relationsPerAccount))
            return Error { ErrorCode::tooLarge, "relations" };
        ++relations.all.relations;
    } else if (relation == wire::Relation::none) {
        --relations.all.relations;
    }
    if (!relations.one.strangerMids.empty())
        --relations.all.pendingStrangers;
    relations.one = { relation, {} };
    put(batch, account, other, relations);
    return {};
}

Result<void> composeForget(Batch &batch, const AccountId &account, const AccountId &other)
{
    KITH_TRY(auto relations, read(batch, account, other));
    if (relations.one.relation != wire::Relation::none)
        --relations.all.relations;
    if (!relations.one.strangerMids.empty())
        --relations.all.pendingStrangers;
    relations.one = {};
    put(batch, account, other, relations);
    return {};
}

Result<bool> composeStranger(Batch &batch, const AccountId &account, const AccountId &other, const Mid &mid,
                             AccountDirectory::StrangerLimits limits)
{
    KITH_TRY(auto relations, read(batch, account, other));
    auto &mids = relations.one.strangerMids;
    if (relations.one.relation != wire::Relation::none)
        return relations.one.relation == wire::Relation::accepted;
    if (std::ranges::find(mids, mid) != mids.end())
        return true;
    const auto most = std::min<std::size_t>(limits.messages, wire::limits::storedStrangerMids);
    if (mids.size() >= most || (mids.empty() && relations.all.pendingStrangers >= limits.pending))
        return false;
    if (mids.empty())
        ++relations.all.pendingStrangers;
    mids.push_back(mid);
    put(batch, account, other, relations);
    return true;
}

Result<AccountDirectory::Standing> readStanding(const Database &from, const AccountId &account, const AccountId &other)
{
    KITH_TRY(const auto relations, read(from, account, other));
    return standingOf(relations);
}

} // namespace kith::server::embedded
