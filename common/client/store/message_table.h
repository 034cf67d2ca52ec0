// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/values.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::client::store {

/// A row of `message`.
struct MessageRow {
    std::int64_t id = 0; ///< given by insert()
    AccountId chat;
    DeviceId sender;
    Mid mid;
    bool mine = false; ///< sent by a device of this account
    std::optional<std::uint64_t> n;
    MessageKind kind = MessageKind::text;
    std::string text;
    std::optional<Mid> replyTo;
    std::optional<AccountId> quoteSender; ///< of replyTo, as this message's sender says
    std::string quoteText; ///< likewise
    std::optional<QByteArray> content; ///< encoded Content: resends are byte-equal
    WallTime clientTime {};
    std::optional<WallTime> serverTime;
    std::optional<Sid> sid;
    WallTime effectiveTime {};
    MessageState state = MessageState::queued; ///< incoming: delivered, then read
    std::optional<std::string> failed;
    bool late = false;
    bool confirmed = true;
    bool receipt = false; ///< incoming: the flag its ack carried (delivery ST13)
    std::optional<MessageState> receipted; ///< incoming: highest receipt queued (delivered, read)
    std::optional<WallTime> deliveredTime, readTime; ///< when this device learned so
    MessageMarks marks; ///< incoming
};

/// As a front end sees it.
Message toMessage(const MessageRow &row);

/// A place in a chat's order (delivery ID6): what the server has not accepted yet sorts last of its time.
struct OrderKey {
    WallTime effectiveTime {};
    std::int64_t serverTime = 0, sid = 0, id = 0;
};
OrderKey orderOf(const MessageRow &row);

/// What a chat list needs of one chat.
struct ChatRow {
    AccountId chat;
    std::uint64_t unread = 0;
    MessageRow last;
};

class MessageTable {
public:
    explicit MessageTable(sql::Connection &sql) : sql_(sql) { }

    /// Returns its id. Errors also: exists when (sender account, mid) is here already.
    Result<std::int64_t> insert(const MessageRow &row);
    /// Replaces the whole row with that id: a placeholder became readable.
    Result<void> update(const MessageRow &row);
    Result<void> remove(std::int64_t id);
    Result<void> removeChat(const AccountId &chat);

    Result<std::optional<MessageRow>> find(const AccountId &sender, const Mid &mid);
    /// By mid alone; of several senders (a forged twin) the own one, else the first that came.
    Result<std::optional<MessageRow>> find(const Mid &mid);
    /// Texts with an id below `below` that hold all of `match` (SearchQuery::match), the last that came first.
    Result<std::vector<MessageRow>> matching(const std::string &match, const std::optional<AccountId> &chat,
                                             std::int64_t below, int limit);
    /// Counted contents of a sender device, for resends.
    Result<std::vector<MessageRow>> numbered(const AccountId &chat, const DeviceId &sender, std::uint64_t from,
                                             std::uint64_t to);

    /// state = max(state, `state`); from accepted on, `failed` is cleared. `at`: delivered_ms or read_ms if unset.
    /// True when something changed (delivery ST18, ST20: monotone).
    Result<bool> raiseState(const AccountId &sender, const Mid &mid, MessageState state, WallTime at);
    /// The server's word: sid, server time, effective time; then as raiseState(accepted). Lowest sid wins (ID7).
    Result<bool> accept(const AccountId &sender, const Mid &mid, Sid sid, WallTime serverTime, WallTime effectiveTime,
                        WallTime at);
    /// Adopts a lower sid from a receipt (delivery ID7); false when the one here is lower or equal.
    Result<bool> adoptSid(const AccountId &sender, const Mid &mid, Sid sid, WallTime serverTime,
                          WallTime effectiveTime);
    Result<void> setFailed(const AccountId &sender, const Mid &mid, const std::optional<std::string> &reason);
    Result<void> setConfirmed(const AccountId &sender, const Mid &mid, bool confirmed);
    Result<void> setReceipted(std::int64_t id, MessageState receipted);

    /// Latest effective time in the chat, or nothing (delivery ID5).
    Result<std::optional<WallTime>> latestEffectiveTime(const AccountId &chat);
    /// Incoming, shown, delivered but not read, at or before `upTo` in the order (all without it): oldest first.
    Result<std::vector<MessageRow>> unread(const AccountId &chat, const std::optional<OrderKey> &upTo);
    Result<std::uint64_t> unreadCount(const AccountId &chat);
    Result<std::optional<Mid>> firstUnread(const AccountId &chat);
    /// Incoming messages whose receipt of `kind` was held back (receipted below it, text rows), oldest first.
    Result<std::vector<MessageRow>> withoutReceipt(const AccountId &chat, MessageState kind, int limit);
    /// Own messages of the chat that were not read yet, newest first.
    Result<std::vector<MessageRow>> ownUnread(const AccountId &chat, int limit);

    /// Shown rows next to `place`, nearest first; at most `limit`. Without a place: from the end.
    Result<std::vector<MessageRow>> before(const AccountId &chat, const std::optional<OrderKey> &place, int limit);
    Result<std::vector<MessageRow>> after(const AccountId &chat, const OrderKey &place, int limit);
    Result<std::optional<MessageRow>> first(const AccountId &chat);
    Result<std::uint64_t> count(const AccountId &chat);

    /// Every chat that has a message, last active first.
    Result<std::vector<ChatRow>> chats();
    Result<std::optional<ChatRow>> chat(const AccountId &chat);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
