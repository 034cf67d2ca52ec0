// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/inbox.h"

#include "common/base/failpoint.h"
#include "common/base/log.h"
#include "common/client/connection.h"
#include "common/client/courier.h"
#include "common/client/directory.h"
#include "common/client/event_log.h"
#include "common/client/healing.h"
#include "common/client/parts.h"
#include "common/client/receipts.h"

namespace kith::client {

KITH_LOG_CATEGORY(logInbox, "kith.inbox")

namespace {

constexpr milliseconds costlyPause { 60'000 }; // security C9
constexpr milliseconds parkedLifetime { 30LL * 24 * 3600 * 1000 }; // LIM18
constexpr int sweptAtOnce = 500;
constexpr milliseconds day { 24LL * 3600 * 1000 };

wire::Envelope envelopeOf(const store::ParkedRow &row)
{
    return { row.sender, row.mid, row.sid, row.serverTime, static_cast<wire::CiphertextType>(row.type), row.content };
}

} // namespace

Inbox::Inbox(Parts &parts)
    : parts_(parts)
    , opener_(parts)
    , acks_(parts.world.timers, parts.world.jitter, [&parts](wire::Ack ack) { parts.connection->post(std::move(ack)); })
{
}

void Inbox::take(const wire::Deliver &deliver)
{
    waiting_.push_back(deliver);
    if (std::exchange(turning_, true))
        return;
    turn_ = parts_.world.timers.after(milliseconds { 0 }, [this] {
        turning_ = false;
        turn();
    });
}

void Inbox::turn()
{
    while (!waiting_.empty()) {
        KITH_FAILPOINT("c6");
        const auto count = std::min(perTransaction, waiting_.size());
        const std::vector<wire::Deliver> batch(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
        const auto done = inTransaction(parts_, [&] { return work(batch); });
        if (!done) {
            qCWarning(logInbox, "cannot store what came: %s", done.error().detail.c_str());
            wanted_.clear();
            waiting_.clear();
            acks_.clear();
            parts_.connection->fail("the profile's database cannot be written"); // no ack: it comes again (ST16)
            return;
        }
        KITH_FAILPOINT("c9");
        for (const auto &[qseq, receipt] : *done)
            acks_.add(qseq, receipt);
        acks_.flush();
    }
    for (const auto &account : std::exchange(wanted_, {}))
        retryParked(account);
}

Result<std::vector<std::pair<Qseq, bool>>> Inbox::work(const std::vector<wire::Deliver> &batch)
{
    std::vector<std::pair<Qseq, bool>> acks;
    for (const auto &deliver : batch) {
        KITH_TRY(const bool receipt, handle(deliver.item));
        acks.emplace_back(deliver.qseq, receipt);
    }
    return acks;
}

/// Returns the receipt flag.
Result<bool> Inbox::handle(const wire::QueueItem &item)
{
    if (const auto *envelope = std::get_if<wire::Envelope>(&item))
        return handleEnvelope(*envelope);
    if (const auto *delivered = std::get_if<wire::Delivered>(&item))
        KITH_CHECK(parts_.receipts->delivered(delivered->recipient, delivered->mids));
    else if (const auto *missed = std::get_if<wire::Missed>(&item))
        KITH_CHECK(noteLoss(missed->count, "queueFull", "did not fit into this device's queue"));
    else if (const auto *range = std::get_if<wire::ExpiredRange>(&item))
        KITH_CHECK(noteLoss(range->count, "expired", "expired before this device came for them"));
    else if (const auto *expired = std::get_if<wire::ExpiredAtRecipient>(&item))
        KITH_CHECK(noteExpired(*expired));
    return false;
}

Result<bool> Inbox::handleEnvelope(const wire::Envelope &envelope)
{
    KITH_TRY(const auto verdict, opener_.open(envelope, false));
    if (verdict.parked && verdict.reason == ParkReason::unknownDevice)
        wanted_.insert(envelope.sender.account);
    if (verdict.parked && verdict.reason == ParkReason::costly)
        costly_ = parts_.world.timers.after(costlyPause, [this] { online(); });
    return verdict.receipt;
}

/// The server does not say whose they were: the marker stands where a person's own notes are, and the numbers of what
/// comes next say it chat by chat (ID8).
Result<void> Inbox::noteLoss(std::uint64_t count, const char *reason, const char *how)
{
    KITH_TRY(const auto self, parts_.database->account().self());
    const auto &own = self->account;
    QJsonObject body { { "chat", QString::fromStdString(parts_.names.chat(own)) },
                       { "user", QString::fromStdString(parts_.names.user(own)) },
                       { "from", 0 },
                       { "to", 0 },
                       { "count", static_cast<qint64>(count) },
                       { "reason", reason } };
    KITH_CHECK(parts_.events->append("messages.missing", own, {}, body));
    return addWarning(parts_, own, std::to_string(count) + (count == 1 ? " message " : " messages ") + how);
}

Result<void> Inbox::noteExpired(const wire::ExpiredAtRecipient &expired)
{
    KITH_TRY(const auto self, parts_.database->account().self());
    for (const auto &mid : expired.mids) {
        KITH_TRY(const auto row, parts_.database->messages().find(self->account, mid));
        if (!row || row->chat != expired.recipient || row->state >= MessageState::delivered)
            continue; // the server's word does not undo what a receipt said
        KITH_CHECK(parts_.database->messages().setFailed(self->account, mid, "expired"));
        KITH_CHECK(announceState(parts_, self->account, mid));
    }
    return {};
}

void Inbox::online()
{
    sweepNow();
    const auto senders = parts_.database->parked().senders();
    if (!senders)
        return;
    for (const auto &account : *senders)
        retryParked(account);
}

void Inbox::sweepNow()
{
    if (const auto swept = inTransaction(parts_, [this] { return sweep(); }); !swept)
        qCWarning(logInbox, "what is old cannot be swept: %s", swept.error().detail.c_str());
    daily_ = parts_.world.timers.after(day, [this] { sweepNow(); });
}

void Inbox::disconnected()
{
    waiting_.clear(); // not acknowledged: it comes again
    acks_.clear();
}

void Inbox::retryParked(const AccountId &account)
{
    if (!parts_.connection->isOnline() || !refreshing_.insert(account).second)
        return;
    parts_.directory->refresh(account).then(this, [this, account](const auto &refreshed) {
        refreshing_.erase(account);
        unpark(account, refreshed);
    });
}

void Inbox::unpark(const AccountId &account, const Answer<void> &refreshed)
{
    const bool gone = !refreshed && refreshed.error().code == FailureCode::notFound;
    const bool lied = !refreshed && refreshed.error().code == FailureCode::untrustedIdentity;
    if (!refreshed && !gone && !(lied && hasNewKey(account)))
        return; // at the next login
    const auto opened = inTransaction(parts_, [&] { return gone ? giveUpParked(account) : openParked(account); });
    if (!opened)
        qCWarning(logInbox, "parked envelopes cannot be opened: %s", opened.error().detail.c_str());
}

/// Then what its list names may be read, if nobody had verified the old key; the rest waits on (security C7).
bool Inbox::hasNewKey(const AccountId &account) const
{
    const auto row = parts_.database->contacts().find(account);
    return row && *row && (*row)->trust == Trust::changed;
}

Result<void> Inbox::openParked(const AccountId &account)
{
    KITH_TRY(const auto rows, parts_.database->parked().ofAccount(account));
    for (const auto &row : rows) {
        KITH_CHECK(parts_.database->parked().remove(row.id));
        KITH_TRY(const auto verdict, opener_.open(envelopeOf(row), true)); // parks it again if it must wait on
        if (verdict.parked && verdict.reason == ParkReason::costly)
            costly_ = parts_.world.timers.after(costlyPause, [this] { online(); });
    }
    return {};
}

Result<void> Inbox::giveUpParked(const AccountId &account)
{
    KITH_TRY(const auto rows, parts_.database->parked().ofAccount(account));
    for (const auto &row : rows) {
        KITH_CHECK(parts_.database->parked().remove(row.id));
        KITH_CHECK(opener_.giveUp(envelopeOf(row)));
    }
    return {};
}

Result<void> Inbox::sweep()
{
    KITH_CHECK(parts_.healing->dropOld());
    KITH_CHECK(parts_.database->seen().prune(parts_.now() - store::SeenTable::keptFor));
    KITH_TRY(const auto rows, parts_.database->parked().olderThan(parts_.now() - parkedLifetime, sweptAtOnce));
    for (const auto &row : rows) {
        KITH_CHECK(parts_.database->parked().remove(row.id));
        KITH_CHECK(opener_.giveUp(envelopeOf(row)));
    }
    return {};
}

} // namespace kith::client
