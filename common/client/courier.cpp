// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/courier.h"

#include "common/base/failpoint.h"
#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/content_check.h"
#include "common/client/directory.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"
#include "common/client/rollback_guard.h"
#include "common/wire/limits.h"

#include <algorithm>

namespace kith::client {

KITH_LOG_CATEGORY(logCourier, "kith.courier")

namespace {
constexpr int sealedAtOnce = 64;
constexpr milliseconds storePause { 5'000 };
constexpr milliseconds longestPause { 60'000 };
constexpr milliseconds unpreparedPause { 30'000 };
constexpr milliseconds overdueSleep { 2'000 };
constexpr milliseconds lookPause { 5'000 };
constexpr milliseconds longestSleep { 3'600'000 };
} // namespace

Courier::Courier(Parts &parts) : parts_(parts), sealer_(parts) { }

void Courier::wake()
{
    if (std::exchange(turning_, true))
        return;
    turn_ = parts_.world.timers.after(milliseconds { 0 }, [this] {
        turning_ = false;
        pump();
    });
}

void Courier::online()
{
    notBefore_.clear();
    looked_.clear();
    complain(parts_.database->outbox().makeDue(parts_.now()));
    if (const auto people = parts_.database->contacts().list()) {
        for (const auto &person : *people) {
            if (person.trust == Trust::changed)
                lookAgain(person.account);
        }
    }
    wake();
}

void Courier::lookAgain(const AccountId &account)
{
    const auto now = parts_.world.clock.monotonic();
    const auto last = looked_.find(account);
    if (!parts_.connection->isOnline() || (last != looked_.end() && now - last->second < lookPause))
        return;
    looked_[account] = now;
    parts_.directory->refresh(account).then(this, [](const Answer<void> &) {}); // what it finds, it writes down
}

void Courier::pump()
{
    complain(expire());
    auto waiting = sealWaiting();
    if (!waiting) {
        complain(waiting.error());
        return;
    }
    for (const auto &account : *waiting)
        prepare(account);
    if (parts_.connection->isOnline())
        complain(sendReady());
    planNext();
}

Result<void> Courier::expire()
{
    KITH_TRY(const auto letters, parts_.database->outbox().expired(parts_.now(), sealedAtOnce));
    if (letters.empty())
        return {};
    return inTransaction(parts_, [&]() -> Result<void> {
        for (const auto &letter : letters) {
            if (!inFlight_.contains(letter.id))
                KITH_CHECK(giveUp(letter, "expired"));
        }
        return {};
    });
}

/// Returns the accounts whose letters wait for a list or a session.
Result<std::set<AccountId>> Courier::sealWaiting()
{
    std::set<AccountId> waiting;
    KITH_TRY(const auto letters, parts_.database->outbox().composed(sealedAtOnce));
    if (letters.empty())
        return waiting;
    return inTransaction(parts_, [&]() -> Result<std::set<AccountId>> {
        for (const auto &letter : letters) {
            if (waiting.contains(letter.chat))
                continue;
            KITH_TRY(const auto outcome, sealer_.seal(letter));
            if (outcome == Sealer::Outcome::needsSessions)
                waiting.insert(letter.chat);
            else if (outcome == Sealer::Outcome::nobody)
                KITH_CHECK(giveUp(letter, "notFound"));
        }
        if (static_cast<int>(letters.size()) == sealedAtOnce && waiting.empty())
            parts_.database->afterCommit([this] { wake(); });
        return waiting;
    });
}

Result<void> Courier::sealNow(const Mid &mid)
{
    KITH_TRY(const auto letter, parts_.database->outbox().find(mid));
    KITH_TRY(const auto chat, parts_.database->outbox().ofChat(letter->chat));
    for (const auto &earlier : chat) {
        if (earlier.id < letter->id && !earlier.sealed)
            return {};
    }
    KITH_TRY(const auto outcome, sealer_.seal(*letter));
    return outcome == Sealer::Outcome::nobody ? giveUp(*letter, "notFound") : Result<void> {};
}

Result<void> Courier::applyTrust(const AccountId &account)
{
    KITH_TRY(const auto row, parts_.database->contacts().find(account));
    KITH_TRY(const auto self, parts_.database->account().load());
    if (!row || !self)
        return {};
    const bool held = row->isHeld(self->strictTrust);
    KITH_TRY(auto letters, parts_.database->outbox().ofChat(account));
    std::erase_if(letters, [held](const store::OutboxRow &letter) { return letter.held == held; });
    parts_.database->afterCommit([this, account, letters = std::move(letters)] {
        notBefore_.erase(account); // what was refused under the old trust is tried anew
        for (const auto &letter : letters)
            Q_EMIT messageChanged(letter.mid);
        wake();
    });
    return parts_.database->outbox().setHeld(account, held);
}

void Courier::prepare(const AccountId &account)
{
    const auto until = notBefore_.find(account);
    const bool early = until != notBefore_.end() && until->second > parts_.world.clock.monotonic();
    if (early || !parts_.connection->isOnline() || !preparing_.insert(account).second)
        return;
    const auto missing = sealer_.withoutSession(account);
    if (missing && !missing->empty()) {
        parts_.directory->establish(account, *missing).then(this, [this, account](const auto &outcome) {
            const auto still = sealer_.withoutSession(account);
            prepared(account, outcome, still && still->empty());
        });
    } else { // no list yet, or one whose devices need a look: sessions come in the next turn
        parts_.directory->refresh(account).then(
            this, [this, account](const auto &outcome) { prepared(account, outcome, outcome.ok()); });
    }
}

void Courier::prepared(const AccountId &account, const Answer<void> &outcome, bool ready)
{
    preparing_.erase(account);
    if (ready) {
        notBefore_.erase(account);
    } else {
        const auto hint = outcome ? std::nullopt : outcome.error().retryAfter;
        notBefore_[account] = parts_.world.clock.monotonic() + hint.value_or(unpreparedPause);
    }
    if (!outcome && outcome.error().code == FailureCode::notFound) {
        complain(inTransaction(parts_, [&]() -> Result<void> {
            KITH_TRY(const auto letters, parts_.database->outbox().ofChat(account));
            for (const auto &letter : letters) {
                if (!letter.sealed)
                    KITH_CHECK(giveUp(letter, "notFound"));
            }
            return {};
        }));
    }
    wake();
}

Result<void> Courier::sendReady()
{
    const auto room = wire::limits::unansweredSends - static_cast<int>(inFlight_.size());
    if (room <= 0)
        return {};
    KITH_TRY(const auto letters,
             parts_.database->outbox().ready(parts_.now(),
                                             wire::limits::unansweredSends + static_cast<int>(inFlight_.size())));
    for (const auto &letter : letters) {
        if (static_cast<int>(inFlight_.size()) >= wire::limits::unansweredSends)
            break;
        if (!inFlight_.contains(letter.id))
            KITH_CHECK(send(letter));
    }
    return {};
}

Result<void> Courier::send(const store::OutboxRow &letter)
{
    KITH_TRY(const auto ciphers, parts_.database->outbox().ciphers(letter.id));
    wire::SendMessage message;
    message.mid = letter.mid;
    message.sendCounter = parts_.rollbackGuard->generation();
    for (const auto &cipher : ciphers) {
        if (message.targets.empty() || message.targets.back().account != cipher.device.account)
            message.targets.push_back({ cipher.device.account, cipher.listVersion, {} });
        message.targets.back().ciphertexts.push_back(
            { cipher.device.number, static_cast<wire::CiphertextType>(cipher.type), cipher.bytes });
    }
    KITH_FAILPOINT("c2");
    if (!letter.counted) // a receipt or a heartbeat
        KITH_FAILPOINT("c10");
    inFlight_.insert(letter.id);
    parts_.connection->request(std::move(message)).then(this, [this, id = letter.id](auto answer) {
        answered(id, answer);
    });
    return {};
}

void Courier::answered(std::int64_t letter, const wire::Outcome<wire::ServerBody> &answer)
{
    if (!answer) {
        refused(letter, answer.error());
    } else if (const auto *accepted = std::get_if<wire::Accepted>(&*answer)) {
        accepted_.push_back({ letter, *accepted });
        if (!std::exchange(filed_, true))
            filing_ = parts_.world.timers.after(milliseconds { 0 }, [this] { fileAccepted(); });
    } else if (const auto *mismatch = std::get_if<wire::DeviceMismatch>(&*answer)) {
        mismatched(letter, *mismatch);
    } else {
        refused(letter, { wire::ErrorCode::internal, "an answer that is not the one asked for", {} });
    }
}

/// All answers of one turn in one transaction: one fsync (performance P11).
void Courier::fileAccepted()
{
    filed_ = false;
    KITH_FAILPOINT("c5");
    const auto answers = std::exchange(accepted_, {});
    complain(inTransaction(parts_, [&]() -> Result<void> {
        KITH_TRY(const auto self, parts_.database->account().self());
        for (const auto &answer : answers) {
            if (self)
                KITH_CHECK(file(answer, *self));
        }
        return {};
    }));
    for (const auto &answer : answers)
        landed(answer.letter);
}

Result<void> Courier::file(const Answered &answer, const DeviceId &self)
{
    const auto &accepted = answer.accepted;
    KITH_TRY(const auto row, parts_.database->messages().find(self.account, accepted.mid));
    KITH_CHECK(parts_.database->outbox().remove(answer.letter));
    sealer_.forget(answer.letter);
    if (!row)
        return {};
    const auto effective = effectiveTime(row->clientTime, accepted.serverTime);
    KITH_TRY(const bool changed,
             parts_.database->messages().accept(self.account, accepted.mid, accepted.sid, accepted.serverTime,
                                                effective, parts_.now()));
    if (!changed)
        return {};
    return announceState(parts_, self.account, accepted.mid);
}

void Courier::landed(std::int64_t letter)
{
    inFlight_.erase(letter);
    wake();
}

milliseconds Courier::pause(int tries, std::optional<milliseconds> hint)
{
    const auto most = std::min(longestPause, milliseconds { 1'000LL << std::clamp(tries, 0, 6) });
    const milliseconds spread { parts_.world.jitter.below(static_cast<std::uint64_t>(most.count()) + 1) };
    return hint.value_or(milliseconds { 100 }) + spread;
}

void Courier::planNext()
{
    const auto due = parts_.database->outbox().nextDue();
    auto sleep = longestSleep;
    if (due && *due) // one that is due already waits for an answer, which wakes us
        sleep = **due > parts_.now() ? std::min(sleep, milliseconds { **due - parts_.now() }) : overdueSleep;
    for (const auto &[account, until] : notBefore_) {
        const milliseconds wait = until - parts_.world.clock.monotonic();
        sleep = wait > milliseconds { 0 } ? std::min(sleep, wait) : sleep;
    }
    if (!parts_.connection->isOnline())
        sleep = longestSleep; // online() wakes; only expiry is left to do
    next_ = parts_.world.timers.after(sleep, [this] { pump(); });
}

void Courier::complain(const Result<void> &outcome)
{
    if (outcome)
        return;
    qCWarning(logCourier, "the outbox cannot be worked on: %s", outcome.error().detail.c_str());
    next_ = parts_.world.timers.after(storePause, [this] { pump(); });
}

Result<void> announceState(Parts &parts, const AccountId &self, const Mid &mid)
{
    KITH_TRY(const auto row, parts.database->messages().find(self, mid));
    if (!row)
        return {};
    KITH_CHECK(parts.events->append("message.status", row->chat, self, statusEventBody(toMessage(*row), parts.names)));
    parts.database->afterCommit([courier = parts.courier.get(), mid] { Q_EMIT courier->messageChanged(mid); });
    return {};
}

} // namespace kith::client
