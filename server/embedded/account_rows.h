// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/stored.h"
#include "server/embedded/batch.h"
#include "server/ports/account_directory.h"

/// What AccountDirectory does inside one commit, and the keys of its rows.
namespace kith::server::embedded {

std::string accountKey(const AccountId &id);
/// A mark that the account was here and is gone: its id is not given again.
std::string goneKey(const AccountId &id);
std::string relationsKey(const AccountId &account);
std::string relationKey(const AccountId &account, const AccountId &other);
/// Tokens have no fixed width: their hash has.
std::string inviteKey(const std::string &token);

/// `From`: Batch or Database. Errors: notFound, corrupt, io. From the Database, who is not there costs the reading and
/// decoding of nobody's row (security S10).
Result<Account> readAccount(const Batch &from, const AccountId &id);
Result<Account> readAccount(const Database &from, const AccountId &id);
/// The rows of nobody, under the empty name and the null id that no account has: as large as those of an account with
/// one device, which has blocked whoever asks.
void putNobody(Batch &batch);
void putAccount(Batch &batch, const Account &account);
Invite inviteOf(const wire::StoredInvite &row);

Result<void> composeCreate(Batch &batch, const Account &account, const std::optional<std::string> &invite,
                           WallTime now);
Result<void> composeRemove(Batch &batch, const AccountId &id);

Result<void> composeRelation(Batch &batch, const AccountId &account, const AccountId &other, wire::Relation relation);
/// `account` forgets `other`: decision and counted messages.
Result<void> composeForget(Batch &batch, const AccountId &account, const AccountId &other);
Result<bool> composeStranger(Batch &batch, const AccountId &account, const AccountId &other, const Mid &mid,
                             AccountDirectory::StrangerLimits limits);
Result<AccountDirectory::Standing> readStanding(const Database &from, const AccountId &account, const AccountId &other);

} // namespace kith::server::embedded
