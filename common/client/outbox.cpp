// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/outbox.h"

#include "common/base/failpoint.h"
#include "common/client/composer.h"
#include "common/client/contacts.h"
#include "common/client/conversations.h"
#include "common/client/courier.h"
#include "common/client/directory.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"
#include "common/client/quote.h"
#include "common/wire/limits.h"

#include <QString>

namespace kith::client {

namespace {

constexpr std::size_t mostTargets = 64;

bool isUtf8(const std::string &text)
{
    return QString::fromStdString(text).toStdString() == text && text.find('\0') == std::string::npos;
}

Failure outboxFull()
{
    return { FailureCode::outboxFull, "too many messages wait for the server", "is the server reachable?", {} };
}

} // namespace

struct Outbox::Sending {
    Draft draft;
    std::vector<Target> targets;
    Promise<Answer<std::vector<TargetState>>> promise;
};

Outbox::Outbox(Parts &parts) : parts_(parts)
{
    connect(parts.courier.get(), &Courier::messageChanged, this, &Outbox::changed);
}

Task<Answer<std::vector<TargetState>>> Outbox::send(Draft draft)
{
    using Sent = Task<Answer<std::vector<TargetState>>>;
    if (const auto sound = checkDraft(draft); !sound)
        return Sent::ready(sound.error());
    if (auto before = repeated(draft); !before || *before)
        return Sent::ready(before ? Answer<std::vector<TargetState>>(std::move(**before)) : before.error());
    auto sending = std::make_shared<Sending>(); // shared by the continuations of one resolution after the other
    sending->draft = std::move(draft);
    auto task = sending->promise.task();
    resolveNext(sending);
    return task;
}

Answer<void> Outbox::checkDraft(const Draft &draft) const
{
    KITH_TRY(const auto own, parts_.account->show());
    if (own.state == AccountState::signedOut || own.state == AccountState::removed)
        return Failure { own.state == AccountState::signedOut ? FailureCode::signedOut : FailureCode::deviceRemoved,
                         "this device may not send any more",
                         {},
                         {} };
    if (draft.to.empty() || draft.to.size() > mostTargets)
        return Failure { FailureCode::invalid, "a message has 1 to 64 addresses", {}, {} };
    if (draft.text.empty() || !isUtf8(draft.text))
        return Failure { FailureCode::invalid, "a text is valid UTF-8 and not empty", {}, {} };
    if (draft.text.size() > wire::limits::textBytes)
        return Failure { FailureCode::tooLarge, "a text has at most 8 KiB", "send it in parts", {} };
    if (draft.replyTo && draft.to.size() > 1)
        return Failure { FailureCode::invalid, "a reply goes to the chat of the message that it answers", {}, {} };
    KITH_TRY(const auto load, parts_.database->outbox().totals());
    if (load.entries >= wire::limits::outboxMessages
        || load.bytes >= static_cast<std::int64_t>(wire::limits::outboxBytes))
        return outboxFull();
    return {};
}

void Outbox::resolveNext(const std::shared_ptr<Sending> &sending)
{
    const auto at = sending->targets.size();
    if (at == sending->draft.to.size()) {
        sending->promise.complete(commit(sending->draft, sending->targets));
        return;
    }
    const auto to = sending->draft.to[at];
    parts_.contacts->resolve(to).then(this, [this, sending, to](Answer<Contact> contact) {
        sending->targets.push_back({ to, std::move(contact) });
        resolveNext(sending);
    });
}

Answer<std::vector<TargetState>> Outbox::commit(const Draft &draft, const std::vector<Target> &targets)
{
    if (targets.size() == 1 && !targets.front().contact)
        return targets.front().contact.error();
    KITH_FAILPOINT("c1");
    return inTransaction(parts_, [&]() -> Answer<std::vector<TargetState>> {
        // Another call with the key may have come first while names were looked up.
        if (auto before = repeated(draft); !before || *before)
            return before ? Answer<std::vector<TargetState>>(std::move(**before)) : before.error();
        std::vector<TargetState> states;
        for (const auto &target : targets) {
            auto state = commitOne(draft, target);
            const bool mine = !state
                && (targets.size() == 1 || state.error().code == FailureCode::internal
                    || state.error().code == FailureCode::storeFull || state.error().code == FailureCode::storeDamaged);
            if (mine)
                return state.error();
            if (!state) {
                TargetState failed;
                failed.to = target.to;
                failed.failedReason = toString(state.error().code);
                states.push_back(std::move(failed));
                continue;
            }
            states.push_back(std::move(*state));
        }
        KITH_CHECK(remember(draft, states));
        return states;
    });
}

Answer<TargetState> Outbox::commitOne(const Draft &draft, const Target &target)
{
    KITH_TRY(const auto contact, target.contact);
    KITH_TRY(const auto self, selfOf(parts_));
    if (contact.account == self.account)
        return noteToSelf(draft, target);
    if (contact.relation == ContactRelation::blocked)
        return Failure {
            FailureCode::blocked, "you blocked @" + contact.name, "kith contact unblock @" + contact.name, {}
        };
    KITH_CHECK(parts_.contacts->acceptInTransaction(contact.account)); // FC2: writing accepts
    KITH_TRY(const auto latest, parts_.database->messages().latestEffectiveTime(contact.account));
    const auto time = latest ? std::max(parts_.now(), *latest + milliseconds { 1 }) : parts_.now(); // ID5
    store::MessageRow row;
    row.chat = contact.account;
    KITH_TRY(const auto quoted, quote(draft, row));
    KITH_TRY(const auto composed,
             parts_.composer->queue(contact.account, wire::Text { draft.text, draft.replyTo, quoted }, time));
    row.sender = self;
    row.mid = composed.header.mid;
    row.mine = true;
    row.n = composed.header.n;
    row.text = draft.text;
    row.content = composed.bytes;
    row.clientTime = time;
    row.effectiveTime = time;
    KITH_CHECK(parts_.database->messages().insert(row));
    KITH_CHECK(parts_.conversations->woken(row.chat, false));
    KITH_CHECK(parts_.courier->sealNow(row.mid));
    KITH_CHECK(announce(row));
    if (draft.clearDraft)
        KITH_CHECK(parts_.conversations->draftSent(row.chat));
    return stateOf(target.to, contact.account, row.mid);
}

/// A note to self stays in the profile: there is nobody to send it to.
Answer<TargetState> Outbox::noteToSelf(const Draft &draft, const Target &target)
{
    KITH_TRY(const auto self, selfOf(parts_));
    KITH_TRY(const auto latest, parts_.database->messages().latestEffectiveTime(self.account));
    store::MessageRow row;
    row.chat = self.account;
    row.sender = self;
    KITH_TRY(row.mid, parts_.world.jitter.id<Mid>());
    row.mine = true;
    row.text = draft.text;
    KITH_CHECK(quote(draft, row));
    row.clientTime = latest ? std::max(parts_.now(), *latest + milliseconds { 1 }) : parts_.now();
    row.serverTime = row.clientTime;
    row.effectiveTime = row.clientTime;
    row.state = MessageState::read;
    KITH_CHECK(parts_.database->messages().insert(row));
    KITH_CHECK(parts_.conversations->woken(row.chat, false));
    KITH_CHECK(announce(row));
    if (draft.clearDraft)
        KITH_CHECK(parts_.conversations->draftSent(row.chat));
    return stateOf(target.to, self.account, row.mid);
}

/// What the draft answers to, from the profile's own copy; the row keeps it as well.
Answer<std::optional<wire::Quote>> Outbox::quote(const Draft &draft, store::MessageRow &row) const
{
    if (!draft.replyTo)
        return std::optional<wire::Quote>();
    KITH_TRY(const auto quoted, parts_.database->messages().find(*draft.replyTo));
    if (!quoted || quoted->chat != row.chat)
        return Failure { FailureCode::notFound, "the message to answer is not in this chat", {}, {} };
    row.replyTo = draft.replyTo;
    row.quoteSender = quoted->sender.account;
    row.quoteText = beginningOf(quoted->text, wire::limits::quoteBytes);
    return std::optional(wire::Quote { *row.quoteSender, row.quoteText });
}

Result<void> Outbox::announce(const store::MessageRow &row)
{
    KITH_TRY(const auto message, shownMessage(*parts_.database, row));
    return parts_.events->append("message.sent", row.chat, row.sender.account, messageEventBody(message, parts_.names));
}

TargetState Outbox::stateOf(const std::string &to, const AccountId &account, const Mid &mid) const
{
    TargetState state;
    state.to = to;
    state.account = account;
    state.mid = mid;
    const auto letter = parts_.database->outbox().find(mid);
    const auto row = parts_.database->messages().find(mid);
    if (row && *row) {
        state.state = (*row)->state;
        state.failedReason = (*row)->failed;
    }
    if (letter && *letter && (*letter)->held)
        state.failedReason = "untrustedIdentity";
    const auto contact = parts_.database->contacts().find(account);
    const auto *list = contact && *contact ? parts_.directory->listOf(**contact) : nullptr;
    state.devices = list ? static_cast<int>(list->active().size()) : 0;
    return state;
}

bool Outbox::isEmpty() const
{
    const auto load = parts_.database->outbox().totals();
    return load && load->entries == 0;
}

} // namespace kith::client
