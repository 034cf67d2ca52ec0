// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/arrivals.h"

#include "common/base/hash.h"
#include "common/base/log.h"
#include "common/client/content_check.h"
#include "common/client/conversations.h"
#include "common/client/directory.h"
#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/gaps.h"
#include "common/client/healing.h"
#include "common/client/parts.h"
#include "common/client/quote.h"
#include "common/client/receipts.h"

namespace kith::client {

KITH_LOG_CATEGORY(logArrivals, "kith.arrivals")

Result<bool> Arrivals::take(const Arrived &arrived, const wire::Content &content, const QByteArray &bytes)
{
    const auto &envelope = arrived.envelope;
    const auto from = envelope.sender.account;
    KITH_TRY(const auto row, parts_.database->contacts().find(from));
    if (!row || row->relation == ContactRelation::blocked)
        return false;
    KITH_CHECK(takeKeys(from, content));
    KITH_CHECK(parts_.receipts->receivedThrough(from, content.receivedThrough, envelope.serverTime));
    const auto &body = content.body;
    if (std::holds_alternative<wire::Text>(body))
        return takeMessage(arrived, content, bytes, MessageKind::text);
    if (std::holds_alternative<wire::UnknownBody>(body))
        return takeMessage(arrived, content, bytes, MessageKind::unknown);
    if (const auto *resent = std::get_if<wire::Resent>(&body))
        return takeResent(arrived, *resent);
    if (const auto *receipt = std::get_if<wire::Receipt>(&body))
        KITH_CHECK(parts_.receipts->receive(from, *receipt));
    else if (const auto *retry = std::get_if<wire::RetryRequest>(&body))
        KITH_CHECK(parts_.healing->answer(from, *retry));
    else if (const auto *resend = std::get_if<wire::ResendRequest>(&body))
        KITH_CHECK(parts_.healing->answer(from, *resend));
    else if (const auto *never = std::get_if<wire::VoidNumbers>(&body))
        KITH_CHECK(parts_.numbers.excuse(from, envelope.sender, never->numbers));
    return false; // invisible: nobody is told (security S11)
}

Result<void> Arrivals::takeKeys(const AccountId &from, const wire::Content &content)
{
    if (content.ephemeralKey)
        KITH_CHECK(parts_.database->contacts().setEphemeralKey(from, content.ephemeralKey));
    if (!content.profileKey)
        return {};
    KITH_TRY(auto row, parts_.database->contacts().find(from));
    if (row->profileKey != content.profileKey) {
        row->profileKey = content.profileKey;
        KITH_CHECK(parts_.database->contacts().save(*row));
    }
    parts_.database->afterCommit([directory = parts_.directory.get(), from, version = content.profileVersion] {
        directory->fetchProfile(from, version.value_or(0));
    });
    return {};
}

/// Whether it names another content before it than the one that came (security C17).
Result<bool> Arrivals::count(const wire::Content &content, const QByteArray &bytes)
{
    if (!content.header.n)
        return false;
    const auto chat = content.header.sender.account;
    KITH_TRY(const auto arrival, parts_.numbers.arrive(chat, content.header, sha256(viewOf(bytes)), parts_.now()));
    if (arrival.chainBroken)
        qCWarning(logArrivals, "a content names another one before it than the one received");
    parts_.database->afterCommit([gaps = parts_.gaps.get()] { gaps->plan(); });
    if (arrival.filledShown)
        KITH_CHECK(parts_.events->append("chat.updated", chat, chat,
                                         { { "chat", QString::fromStdString(parts_.names.chat(chat)) } }));
    return arrival.chainBroken;
}

Result<bool> Arrivals::takeMessage(const Arrived &arrived, const wire::Content &content, const QByteArray &bytes,
                                   MessageKind kind)
{
    const auto from = arrived.envelope.sender.account;
    const auto &header = content.header;
    store::MessageRow row;
    if (!arrived.underNewKey) {
        KITH_TRY(row.marks.brokenChain, count(content, bytes));
    }
    KITH_TRY(const auto known, parts_.database->messages().find(from, header.mid));
    KITH_TRY(const auto seen, parts_.database->seen().find(from, header.mid));
    if (known && known->kind != MessageKind::undecryptable)
        return known->receipt;
    if (!known && seen)
        return *seen; // it was here and was deleted (security C16)
    row.id = known ? known->id : 0;
    row.serverTime = known ? known->serverTime : arrived.envelope.serverTime;
    row.sid = known ? known->sid : arrived.envelope.sid;
    row.sender = arrived.envelope.sender;
    row.kind = kind;
    row.content = bytes;
    row.marks.removedDevice = arrived.removedDevice;
    row.marks.old = header.clientTime < parts_.now() - store::SeenTable::keptFor; // no tombstone would be left
    return show(content, std::move(row), arrived.late);
}

Result<bool> Arrivals::takeResent(const Arrived &arrived, const wire::Resent &resent)
{
    const auto &sender = arrived.envelope.sender;
    KITH_TRY(const auto content, wire::decodeContent(resent.content));
    KITH_TRY(const auto self, parts_.database->account().self());
    KITH_CHECK(checkOrigin(content.header, { sender, self->account, content.header.mid }));
    if (!wire::isCounted(content.body))
        return Error { ErrorCode::invalid, "an answer that holds no message" };
    const Arrived asked { arrived.envelope, true, arrived.removedDevice, arrived.underNewKey };
    KITH_CHECK(takeMessage(asked, content, resent.content, MessageKind::text));
    KITH_CHECK(parts_.database->seen().add(sender.account, content.header.mid, false, parts_.now()));
    return false;
}

/// Completes the row and writes it. Returns the receipt flag.
Result<bool> Arrivals::show(const wire::Content &content, store::MessageRow row, bool late)
{
    const auto from = row.sender.account;
    KITH_TRY(const auto contact, parts_.database->contacts().find(from));
    row.chat = from;
    row.mid = content.header.mid;
    row.n = content.header.n;
    row.clientTime = content.header.clientTime;
    row.effectiveTime = effectiveTime(row.clientTime, *row.serverTime);
    row.state = MessageState::delivered;
    if (const auto *text = std::get_if<wire::Text>(&content.body)) {
        row.text = text->text;
        row.replyTo = text->replyTo;
        if (text->quote) {
            row.quoteSender = text->quote->sender;
            row.quoteText = text->quote->text;
        }
    }
    // What the server has not heard of yet it does not tell the sender, whatever the acknowledgement says (security
    // S11).
    const bool byPerson = late || contact->relationPending;
    row.receipt = contact->relation == ContactRelation::accepted && row.kind == MessageKind::text && !byPerson;
    if (row.receipt)
        row.receipted = MessageState::delivered;
    KITH_TRY(const auto latest, parts_.database->messages().latestEffectiveTime(from));
    row.late = latest && row.effectiveTime < *latest;
    if (row.id != 0) { // a placeholder became readable
        KITH_CHECK(parts_.database->messages().update(row));
    } else {
        KITH_TRY(row.id, parts_.database->messages().insert(row));
    }
    KITH_CHECK(noteRequest(*contact));
    KITH_CHECK(parts_.conversations->woken(from, true));
    KITH_CHECK(announce(row));
    if (byPerson)
        KITH_CHECK(parts_.receipts->sendDelivered(from, row.mid));
    return row.receipt;
}

Result<void> Arrivals::placeholder(const wire::Envelope &envelope)
{
    const auto from = envelope.sender.account;
    KITH_TRY(const auto known, parts_.database->messages().find(from, envelope.mid));
    KITH_TRY(const auto contact, parts_.database->contacts().find(from));
    if (known || !contact || contact->relation == ContactRelation::blocked)
        return {};
    store::MessageRow row;
    row.chat = from;
    row.sender = envelope.sender;
    row.mid = envelope.mid;
    row.kind = MessageKind::undecryptable;
    row.clientTime = envelope.serverTime;
    row.serverTime = envelope.serverTime;
    row.sid = envelope.sid;
    row.effectiveTime = envelope.serverTime;
    row.state = MessageState::delivered;
    KITH_CHECK(parts_.database->messages().insert(row));
    KITH_CHECK(noteRequest(*contact));
    KITH_CHECK(parts_.conversations->woken(from, true));
    // One notification per message (delivery I3): message.received comes when it became readable.
    return parts_.events->append("chat.updated", from, from,
                                 { { "chat", QString::fromStdString(parts_.names.chat(from)) } });
}

Result<void> Arrivals::noteRequest(const store::ContactRow &row)
{
    if (row.relation != ContactRelation::none || row.request)
        return {};
    KITH_CHECK(parts_.database->contacts().setRequest(row.account, true));
    QJsonObject body { { "user", QString::fromStdString(parts_.names.user(row.account)) },
                       { "chat", QString::fromStdString(parts_.names.chat(row.account)) },
                       { "name", QString::fromStdString(row.displayName) } };
    return parts_.events->append("request.received", row.account, row.account, body);
}

Result<void> Arrivals::announce(const store::MessageRow &row)
{
    KITH_TRY(const auto message, shownMessage(*parts_.database, row));
    return parts_.events->append("message.received", row.chat, row.sender.account,
                                 messageEventBody(message, parts_.names));
}

} // namespace kith::client
