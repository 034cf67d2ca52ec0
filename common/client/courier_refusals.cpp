// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/courier.h"

#include "common/client/connection.h"
#include "common/client/directory.h"
#include "common/client/parts.h"
#include "common/client/refusal.h"
#include "common/wire/limits.h"

#include <algorithm>

// The half of Courier that deals with a server's "no": wait, give up, or encrypt for the devices that were missing.
namespace kith::client {

void Courier::refused(std::int64_t letter, const wire::Fault &fault)
{
    if (parts_.connection->isOnline()) {
        complain(inTransaction(parts_, [&]() -> Result<void> {
            KITH_TRY(const auto row, parts_.database->outbox().find(letter));
            return row ? refusedInTransaction(*row, fault) : Result<void> {};
        }));
    }
    landed(letter);
}

Result<void> Courier::refusedInTransaction(const store::OutboxRow &letter, const wire::Fault &fault)
{
    switch (fault.code) {
    case wire::ErrorCode::invalid:
    case wire::ErrorCode::forbidden:
    case wire::ErrorCode::notFound:
    case wire::ErrorCode::tooLarge:
        return giveUp(letter, failedReason(fault.code)); // ST9
    case wire::ErrorCode::rate:
        return parts_.database->outbox().deferChat(letter.chat, parts_.now() + pause(letter.tries, fault.retryAfter));
    default:
        return parts_.database->outbox().defer(letter.id, parts_.now() + pause(letter.tries, fault.retryAfter),
                                               letter.tries + 1);
    }
}

void Courier::mismatched(std::int64_t letter, const wire::DeviceMismatch &mismatch)
{
    const auto row = parts_.database->outbox().find(letter);
    if (!row || !*row || mismatch.accounts.empty() || ++mismatches_[letter] > 3) {
        doesNotSettle(letter);
        return;
    }
    const auto account = (*row)->chat;
    parts_.directory->refresh(account).then(this, [this, letter, account, mismatch](const auto &refreshed) {
        if (!refreshed) { // a list that is not believed changes nothing (EV4, EV5)
            doesNotSettle(letter);
            return;
        }
        const auto repaired = inTransaction(parts_, [&] { return repair(letter, mismatch); });
        const auto missing = sealer_.withoutSession(account);
        if (!repaired || !missing || missing->empty()) {
            complain(repaired);
            landed(letter);
            return;
        }
        parts_.directory->establish(account, *missing).then(this, [this, letter, mismatch](const auto &) {
            complain(inTransaction(parts_, [&] { return repair(letter, mismatch); }));
            landed(letter);
        });
    });
}

void Courier::doesNotSettle(std::int64_t letter)
{
    mismatches_.erase(letter);
    refused(letter, { wire::ErrorCode::unavailable, "the device lists do not settle", {} });
}

/// Encrypts for the devices that the refusal names, keeps the other ciphertexts (ST6). Without a session for one of
/// them the letter waits, sealed as it was.
Result<void> Courier::repair(std::int64_t letter, const wire::DeviceMismatch &mismatch)
{
    KITH_TRY(const auto row, parts_.database->outbox().find(letter));
    if (!row)
        return {};
    for (const auto &account : mismatch.accounts) {
        if (account.account != row->chat)
            continue;
        KITH_CHECK(renewStale(*row, account.stale));
        for (const auto number : account.extra) {
            KITH_CHECK(parts_.database->outbox().dropCipher(letter, { account.account, number }));
            sealer_.exclude(letter, number);
        }
    }
    KITH_TRY(const auto outcome, sealer_.seal(*row));
    return outcome == Sealer::Outcome::nobody ? giveUp(*row, "notFound") : Result<void> {};
}

/// The server calls every device stale whose list is newer than the letter's. Only one with another identity key, or
/// one that is refused under the present list, needs a new session; the others keep their bytes (security C5).
Result<void> Courier::renewStale(const store::OutboxRow &letter, const std::vector<std::uint16_t> &stale)
{
    KITH_TRY(const auto contact, parts_.database->contacts().find(letter.chat));
    const auto *list = contact ? parts_.directory->listOf(*contact) : nullptr;
    KITH_TRY(const auto ciphers, parts_.database->outbox().ciphers(letter.id));
    for (const auto &cipher : ciphers) {
        const auto *entry = list ? list->find(cipher.device.number) : nullptr;
        if (!entry || std::find(stale.begin(), stale.end(), cipher.device.number) == stale.end())
            continue;
        KITH_TRY(const auto session, parts_.sessions->sessionInfo(cipher.device));
        if (cipher.listVersion < list->version && session && session->remoteIdentityKey == entry->identityKey)
            continue;
        KITH_CHECK(parts_.sessions->archiveSession(cipher.device));
        KITH_CHECK(parts_.database->outbox().dropCipher(letter.id, cipher.device));
    }
    return {};
}

Result<void> Courier::giveUp(const store::OutboxRow &letter, const std::string &reason)
{
    if (letter.counted) // a person may retry it, with the same bytes (delivery ID7)
        KITH_CHECK(parts_.database->outbox().setAside(letter.id, wire::limits::outboxMessages));
    KITH_CHECK(parts_.database->outbox().remove(letter.id));
    sealer_.forget(letter.id);
    const auto content = wire::decodeContent(letter.content);
    if (!letter.counted || !content || !content->header.n)
        return {};
    KITH_CHECK(parts_.database->counters().addVoid(letter.chat, *content->header.n));
    const auto self = content->header.sender.account;
    KITH_CHECK(parts_.database->messages().setFailed(self, letter.mid, reason));
    return announceState(parts_, self, letter.mid);
}

} // namespace kith::client
