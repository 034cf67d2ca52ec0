// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/outbox.h"

#include "common/base/hash.h"
#include "common/client/account.h"
#include "common/client/composer.h"
#include "common/client/courier.h"
#include "common/client/parts.h"
#include "common/client/store/call_table.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace kith::client {

namespace {

Sha256 digestOf(const Draft &draft)
{
    QByteArray all;
    for (const auto &to : draft.to)
        all += QByteArray::fromStdString(to) + '\0';
    all += '\0' + QByteArray::fromStdString(draft.text);
    return sha256({ viewOf(all), draft.replyTo ? draft.replyTo->view() : ByteView {} });
}

QString hexOf(ByteView bytes)
{
    return QString::fromStdString(toHex(bytes));
}

template <class Id>
Id idOf(const QJsonValue &value)
{
    const auto id = Id::from(QByteArray::fromHex(value.toString().toLatin1()));
    return id ? *id : Id {};
}

Failure noSuchMessage()
{
    return { FailureCode::notFound, "no message of this profile has that id", {}, {} };
}

} // namespace

/// What the same key was answered with, as it stands now; nothing when the key is new or there is none.
Answer<std::optional<std::vector<TargetState>>> Outbox::repeated(const Draft &draft) const
{
    using Before = std::optional<std::vector<TargetState>>;
    if (draft.key.empty())
        return Before {};
    KITH_TRY(const auto call, parts_.database->calls().find(draft.key));
    if (!call)
        return Before {};
    if (call->digest != digestOf(draft))
        return Failure { FailureCode::keyReused, "this key was used for another message", "use a new key", {} };
    std::vector<TargetState> states;
    const auto targets =
        QJsonDocument::fromJson(QByteArray::fromStdString(call->result)).object().value("targets").toArray();
    for (const auto &value : targets) {
        const auto object = value.toObject();
        const auto to = object.value("to").toString().toStdString();
        if (object.contains("mid")) {
            states.push_back(stateOf(to, idOf<AccountId>(object.value("account")), idOf<Mid>(object.value("mid"))));
            continue;
        }
        TargetState failed;
        failed.to = to;
        failed.failedReason = object.value("reason").toString().toStdString();
        states.push_back(std::move(failed));
    }
    return Before { std::move(states) };
}

Result<void> Outbox::remember(const Draft &draft, const std::vector<TargetState> &states)
{
    if (draft.key.empty())
        return {};
    QJsonArray targets;
    for (const auto &state : states) {
        QJsonObject object { { "to", QString::fromStdString(state.to) } };
        if (!state.mid.isNull()) {
            object.insert("mid", hexOf(state.mid.view()));
            object.insert("account", hexOf(state.account.view()));
        } else {
            object.insert("reason", QString::fromStdString(state.failedReason.value_or("internal")));
        }
        targets.append(object);
    }
    const auto json = QJsonDocument(QJsonObject { { "targets", targets } }).toJson(QJsonDocument::Compact);
    return parts_.database->calls().save({ draft.key, digestOf(draft), json.toStdString(), parts_.now() });
}

Task<Answer<WaitResult>> Outbox::wait(const Mid &mid, MessageState state, milliseconds timeout)
{
    auto now = look(mid, state);
    if (!now || now->reached || now->failedReason || timeout <= milliseconds { 0 })
        return Task<Answer<WaitResult>>::ready(std::move(now));
    const auto id = nextWaiter_++;
    auto &waiter = waiters_[id];
    waiter.mid = mid;
    waiter.state = state;
    waiter.deadline = parts_.world.timers.after(timeout, [this, id] { settle(id, true); });
    return waiter.promise.task();
}

Answer<WaitResult> Outbox::look(const Mid &mid, MessageState wanted) const
{
    KITH_TRY(const auto row, parts_.database->messages().find(mid));
    if (!row || !row->mine)
        return noSuchMessage();
    const auto state = stateOf({}, row->chat, mid);
    return WaitResult { state.state, state.state >= wanted, state.failedReason, state.devices };
}

void Outbox::settle(std::uint64_t id, bool timeIsOver)
{
    const auto found = waiters_.find(id);
    if (found == waiters_.end())
        return;
    auto now = look(found->second.mid, found->second.state);
    if (now && !now->reached && !now->failedReason && !timeIsOver)
        return;
    auto waiter = waiters_.extract(found);
    waiter.mapped().promise.complete(std::move(now));
}

void Outbox::changed(const Mid &mid)
{
    const auto row = parts_.database->messages().find(mid);
    if (row && *row)
        Q_EMIT stateChanged(mid, (*row)->state);
    std::vector<std::uint64_t> concerned;
    for (const auto &[id, waiter] : waiters_) {
        if (waiter.mid == mid)
            concerned.push_back(id);
    }
    for (const auto id : concerned)
        settle(id, false);
}

Answer<MessageState> Outbox::retry(const Mid &mid)
{
    return inTransaction(parts_, [&]() -> Answer<MessageState> {
        KITH_TRY(const auto self, selfOf(parts_));
        KITH_TRY(const auto row, parts_.database->messages().find(self.account, mid));
        if (!row || !row->mine)
            return noSuchMessage();
        KITH_TRY(const auto letter, parts_.database->outbox().find(mid));
        if (letter) { // it is tried already; a person asked, so now
            KITH_CHECK(parts_.database->outbox().defer(letter->id, parts_.now(), 0));
            parts_.database->afterCommit([this] { parts_.courier->wake(); });
            return row->state;
        }
        if (!row->failed || !row->content)
            return Failure { FailureCode::invalid, "that message did not fail", {}, {} };
        if (row->n)
            KITH_CHECK(parts_.database->counters().removeVoid(row->chat, *row->n));
        KITH_CHECK(parts_.database->messages().setFailed(self.account, mid, std::nullopt));
        KITH_CHECK(parts_.composer->queueAgain(row->chat, mid, *row->content));
        KITH_CHECK(announceState(parts_, self.account, mid));
        return row->state;
    });
}

Answer<bool> Outbox::cancel(const Mid &mid)
{
    return inTransaction(parts_, [&]() -> Answer<bool> {
        KITH_TRY(const auto self, selfOf(parts_));
        KITH_TRY(const auto row, parts_.database->messages().find(self.account, mid));
        if (!row || !row->mine)
            return noSuchMessage();
        KITH_TRY(const auto letter, parts_.database->outbox().find(mid));
        if (!letter || parts_.courier->isInFlight(letter->id))
            return false;
        KITH_CHECK(parts_.courier->giveUp(*letter, "cancelled"));
        return true;
    });
}

} // namespace kith::client
