// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/receipts.h"

#include "common/client/composer.h"
#include "common/client/content_check.h"
#include "common/client/courier.h"
#include "common/client/parts.h"

namespace kith::client {

namespace {
constexpr milliseconds contradictionAge { 60'000 }; // younger ticks may have crossed the peer's statement
constexpr int heldBackAtOnce = 1'000;
constexpr int ownAtOnce = 1'000;
} // namespace

Result<void> Receipts::send(const AccountId &chat, wire::ReceiptKind kind, const std::vector<Message> &messages)
{
    wire::Receipt receipt;
    receipt.kind = kind;
    for (const auto &message : messages) {
        receipt.entries.push_back(
            { message.mid, message.sid.value_or(Sid {}), message.serverTime.value_or(WallTime {}) });
        if (receipt.entries.size() == perContent) {
            KITH_CHECK(parts_.composer->queueQuietly(chat, receipt, delay()));
            receipt.entries.clear();
        }
    }
    return receipt.entries.empty() ? Result<void> {} : parts_.composer->queueQuietly(chat, receipt, delay());
}

milliseconds Receipts::delay()
{
    const auto spread = static_cast<std::uint64_t>((longestDelay - shortestDelay).count());
    return shortestDelay + milliseconds { parts_.world.jitter.below(spread + 1) };
}

Result<void> Receipts::sendRead(const AccountId &chat, const std::vector<Message> &read)
{
    KITH_TRY(const auto self, parts_.database->account().load());
    KITH_TRY(const auto contact, parts_.database->contacts().find(chat));
    if (!self || !self->readReceipts || !contact || contact->relation != ContactRelation::accepted)
        return {};
    std::vector<Message> told;
    for (const auto &message : read) {
        if (message.kind != MessageKind::text || message.fromMe)
            continue;
        KITH_TRY(const auto row, parts_.database->messages().find(message.from.account, message.mid));
        if (row)
            KITH_CHECK(parts_.database->messages().setReceipted(row->id, MessageState::read));
        told.push_back(message);
    }
    return send(chat, wire::ReceiptKind::read, told);
}

Result<void> Receipts::sendHeldBack(const AccountId &chat)
{
    KITH_TRY(const auto rows,
             parts_.database->messages().withoutReceipt(chat, MessageState::delivered, heldBackAtOnce));
    std::vector<Message> told;
    for (const auto &row : rows) {
        KITH_CHECK(parts_.database->messages().setReceipted(row.id, MessageState::delivered));
        told.push_back(store::toMessage(row));
    }
    return send(chat, wire::ReceiptKind::delivered, told);
}

Result<void> Receipts::sendDelivered(const AccountId &chat, const Mid &mid)
{
    KITH_TRY(const auto row, parts_.database->messages().find(chat, mid));
    if (!row || row->kind != MessageKind::text || row->receipted)
        return {};
    KITH_TRY(const auto contact, parts_.database->contacts().find(chat));
    if (!contact || contact->relation != ContactRelation::accepted)
        return {};
    KITH_CHECK(parts_.database->messages().setReceipted(row->id, MessageState::delivered));
    return send(chat, wire::ReceiptKind::delivered, { store::toMessage(*row) });
}

Result<void> Receipts::receive(const AccountId &from, const wire::Receipt &receipt)
{
    const auto state = receipt.kind == wire::ReceiptKind::read ? MessageState::read : MessageState::delivered;
    KITH_TRY(const auto self, parts_.database->account().self());
    for (const auto &entry : receipt.entries) {
        KITH_TRY(const auto row, parts_.database->messages().find(self->account, entry.mid));
        if (!row || row->chat != from)
            continue; // bound to the chat (C17)
        if (entry.sid.value != 0) // the recipient's place of it: the lowest sid wins (ID7)
            KITH_CHECK(parts_.database->messages().adoptSid(self->account, entry.mid, entry.sid, entry.serverTime,
                                                            effectiveTime(row->clientTime, entry.serverTime)));
        KITH_CHECK(raise(from, entry.mid, state));
    }
    return {};
}

Result<void> Receipts::delivered(const AccountId &recipient, const std::vector<Mid> &mids)
{
    for (const auto &mid : mids)
        KITH_CHECK(raise(recipient, mid, MessageState::delivered));
    return {};
}

Result<void> Receipts::raise(const AccountId &chat, const Mid &mid, MessageState state)
{
    KITH_TRY(const auto self, parts_.database->account().self());
    KITH_TRY(const auto row, parts_.database->messages().find(self->account, mid));
    if (!row || row->chat != chat)
        return {};
    KITH_TRY(const bool changed, parts_.database->messages().raiseState(self->account, mid, state, parts_.now()));
    return changed ? announceState(parts_, self->account, mid) : Result<void> {};
}

Result<void> Receipts::receivedThrough(const AccountId &from, const std::vector<wire::ReceivedThrough> &through,
                                       WallTime serverTime)
{
    KITH_TRY(const auto self, parts_.database->account().self());
    for (const auto &one : through) {
        if (one.device != self->number)
            continue;
        KITH_TRY(const auto rows, parts_.database->messages().ownUnread(from, ownAtOnce));
        for (const auto &row : rows) {
            if (!row.n || row.sender != *self)
                continue;
            const bool held = *row.n <= one.n;
            const bool old = row.serverTime && *row.serverTime + contradictionAge < serverTime;
            if (held && !row.confirmed)
                KITH_CHECK(parts_.database->messages().setConfirmed(self->account, row.mid, true));
            else if (!held && old && row.confirmed && row.state == MessageState::delivered)
                KITH_CHECK(parts_.database->messages().setConfirmed(self->account, row.mid, false));
        }
    }
    return {};
}

} // namespace kith::client
