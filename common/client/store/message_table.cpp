// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/message_table.h"

#include "common/client/store/search_index.h"

#include <algorithm>
#include <limits>

namespace kith::client::store {

namespace {

#define KITH_MESSAGE_COLUMNS                                                                                   \
    "SELECT id, chat, sender, device, mid, mine, n, kind, text, reply_to, content, client_ms, server_ms, sid," \
    " eff_ms, state, failed, late, confirmed, receipt, receipted, delivered_ms, read_ms, marks, quote_sender," \
    " quote_text FROM message "

// Exactly the expressions of index message_order.
#define KITH_SERVER_ORDER "ifnull(server_ms, 9223372036854775807)"
#define KITH_SID_ORDER "ifnull(sid, 9223372036854775807)"
#define KITH_ASCENDING " ORDER BY eff_ms, " KITH_SERVER_ORDER ", " KITH_SID_ORDER ", id LIMIT ?"
#define KITH_DESCENDING " ORDER BY eff_ms DESC, " KITH_SERVER_ORDER " DESC, " KITH_SID_ORDER " DESC, id DESC LIMIT ?"
#define KITH_PLACE "(eff_ms, " KITH_SERVER_ORDER ", " KITH_SID_ORDER ", id)"

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

constexpr std::int64_t oldBit = 1, removedDeviceBit = 2, brokenChainBit = 4;

MessageMarks marksOf(std::int64_t bits)
{
    return { (bits & oldBit) != 0, (bits & removedDeviceBit) != 0, (bits & brokenChainBit) != 0 };
}

std::int64_t bitsOf(const MessageMarks &marks)
{
    return (marks.old ? oldBit : 0) | (marks.removedDevice ? removedDeviceBit : 0)
        | (marks.brokenChain ? brokenChainBit : 0);
}

std::optional<MessageState> receiptedOf(std::int64_t value)
{
    return value == 0 ? std::nullopt : std::optional(static_cast<MessageState>(value));
}

MessageRow read(const sql::Row &row)
{
    MessageRow message;
    message.id = row.integer(0);
    message.chat = row.id<AccountId>(1);
    message.sender = { row.id<AccountId>(2), static_cast<std::uint16_t>(row.integer(3)) };
    message.mid = row.id<Mid>(4);
    message.mine = row.flag(5);
    message.n = row.maybe(6, &sql::Row::number);
    message.kind = row.enumeration<MessageKind>(7);
    message.text = row.text(8);
    if (!row.isNull(9))
        message.replyTo = row.id<Mid>(9);
    message.content = row.maybe(10, &sql::Row::bytes);
    message.clientTime = row.time(11);
    message.serverTime = row.maybe(12, &sql::Row::time);
    if (!row.isNull(13))
        message.sid = Sid { row.number(13) };
    message.effectiveTime = row.time(14);
    message.state = row.enumeration<MessageState>(15);
    message.failed = row.maybe(16, &sql::Row::text);
    message.late = row.flag(17);
    message.confirmed = row.flag(18);
    message.receipt = row.flag(19);
    message.receipted = receiptedOf(row.integer(20));
    message.deliveredTime = row.maybe(21, &sql::Row::time);
    message.readTime = row.maybe(22, &sql::Row::time);
    message.marks = marksOf(row.integer(23));
    if (!row.isNull(24))
        message.quoteSender = row.id<AccountId>(24);
    message.quoteText = row.text(25);
    return message;
}

std::optional<MessageRow> firstOf(std::vector<MessageRow> rows)
{
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

/// "delivered" is learnt with "read" when it was not known before.
std::optional<WallTime> timeFor(MessageState reached, MessageState wanted, WallTime at)
{
    return reached >= wanted ? std::optional(at) : std::nullopt;
}

} // namespace

Message toMessage(const MessageRow &row)
{
    Message message;
    message.mid = row.mid;
    message.chat = row.chat;
    message.from = row.sender;
    message.fromMe = row.mine;
    message.clientTime = row.clientTime;
    message.serverTime = row.serverTime;
    message.sid = row.sid;
    message.effectiveTime = row.effectiveTime;
    message.late = row.late;
    message.kind = row.kind;
    message.text = row.text;
    message.replyTo = row.replyTo;
    message.state = row.state;
    message.failedReason = row.failed;
    message.deliveryConfirmed = row.confirmed;
    message.marks = row.marks;
    return message;
}

OrderKey orderOf(const MessageRow &row)
{
    return { row.effectiveTime, row.serverTime ? toMs(*row.serverTime) : unlimited,
             row.sid ? static_cast<std::int64_t>(row.sid->value) : unlimited, row.id };
}

Result<std::int64_t> MessageTable::insert(const MessageRow &row)
{
    KITH_CHECK(sql_.execute(
        "INSERT OR IGNORE INTO message (chat, sender, device, mid, mine, n, kind, text, reply_to, content, client_ms,"
        " server_ms, sid, eff_ms, state, failed, late, confirmed, receipt, receipted, delivered_ms, read_ms,"
        " marks, quote_sender, quote_text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ifnull(?, 0), ?, ?, ?, ?, ?)",
        row.chat, row.sender.account, row.sender.number, row.mid, row.mine, row.n, row.kind, row.text, row.replyTo,
        row.content, row.clientTime, row.serverTime, row.sid, row.effectiveTime, row.state, row.failed, row.late,
        row.confirmed, row.receipt, row.receipted, row.deliveredTime, row.readTime, bitsOf(row.marks), row.quoteSender,
        row.quoteText));
    if (sql_.changes() == 0)
        return Error { ErrorCode::exists, "a message with that sender and mid" };
    const std::int64_t id = sql_.lastInsertId(); // before the index has one of its own
    if (row.kind == MessageKind::text)
        KITH_CHECK(addToSearch(sql_, id, row.chat, row.text));
    return id;
}

Result<void> MessageTable::update(const MessageRow &row)
{
    KITH_CHECK(removeFromSearch(sql_, row.id));
    if (row.kind == MessageKind::text)
        KITH_CHECK(addToSearch(sql_, row.id, row.chat, row.text));
    return sql_.execute(
        "UPDATE message SET chat = ?, sender = ?, device = ?, mid = ?, mine = ?, n = ?, kind = ?, text = ?,"
        " reply_to = ?, content = ?, client_ms = ?, server_ms = ?, sid = ?, eff_ms = ?, state = ?, failed = ?,"
        " late = ?, confirmed = ?, receipt = ?, receipted = ifnull(?, 0), delivered_ms = ?, read_ms = ?,"
        " marks = ?, quote_sender = ?, quote_text = ? WHERE id = ?",
        row.chat, row.sender.account, row.sender.number, row.mid, row.mine, row.n, row.kind, row.text, row.replyTo,
        row.content, row.clientTime, row.serverTime, row.sid, row.effectiveTime, row.state, row.failed, row.late,
        row.confirmed, row.receipt, row.receipted, row.deliveredTime, row.readTime, bitsOf(row.marks), row.quoteSender,
        row.quoteText, row.id);
}

Result<void> MessageTable::remove(std::int64_t id)
{
    KITH_CHECK(removeFromSearch(sql_, id));
    return sql_.execute("DELETE FROM message WHERE id = ?", id);
}

Result<void> MessageTable::removeChat(const AccountId &chat)
{
    KITH_CHECK(removeChatFromSearch(sql_, chat));
    return sql_.execute("DELETE FROM message WHERE chat = ?", chat);
}

Result<std::optional<MessageRow>> MessageTable::find(const AccountId &sender, const Mid &mid)
{
    return sql_.one(KITH_MESSAGE_COLUMNS "WHERE sender = ? AND mid = ?", read, sender, mid);
}

Result<std::optional<MessageRow>> MessageTable::find(const Mid &mid)
{
    return sql_.one(KITH_MESSAGE_COLUMNS "WHERE mid = ? ORDER BY mine DESC, id LIMIT 1", read, mid);
}

Result<std::vector<MessageRow>> MessageTable::matching(const std::string &match, const std::optional<AccountId> &chat,
                                                       std::int64_t below, int limit)
{
    KITH_TRY(const auto ids, searchIds(sql_, match, chat, below, limit));
    std::vector<MessageRow> rows;
    for (const std::int64_t id : ids) {
        KITH_TRY(auto row, sql_.one(KITH_MESSAGE_COLUMNS "WHERE id = ?", read, id));
        if (row)
            rows.push_back(std::move(*row));
    }
    return rows;
}

Result<std::vector<MessageRow>> MessageTable::numbered(const AccountId &chat, const DeviceId &sender,
                                                       std::uint64_t from, std::uint64_t to)
{
    return sql_.all(KITH_MESSAGE_COLUMNS
                    "WHERE chat = ? AND sender = ? AND device = ? AND n BETWEEN ? AND ? ORDER BY n",
                    read, chat, sender.account, sender.number, from, to);
}

Result<bool> MessageTable::raiseState(const AccountId &sender, const Mid &mid, MessageState state, WallTime at)
{
    KITH_CHECK(sql_.execute("UPDATE message SET state = ?, failed = CASE WHEN ? >= 2 THEN NULL ELSE failed END,"
                            " delivered_ms = ifnull(delivered_ms, ?), read_ms = ifnull(read_ms, ?)"
                            " WHERE sender = ? AND mid = ? AND state < ?",
                            state, state, timeFor(state, MessageState::delivered, at),
                            timeFor(state, MessageState::read, at), sender, mid, state));
    return sql_.changes() > 0;
}

Result<bool> MessageTable::accept(const AccountId &sender, const Mid &mid, Sid sid, WallTime serverTime,
                                  WallTime effectiveTime, WallTime at)
{
    KITH_CHECK(adoptSid(sender, mid, sid, serverTime, effectiveTime));
    return raiseState(sender, mid, MessageState::accepted, at);
}

Result<bool> MessageTable::adoptSid(const AccountId &sender, const Mid &mid, Sid sid, WallTime serverTime,
                                    WallTime effectiveTime)
{
    KITH_CHECK(sql_.execute("UPDATE message SET sid = ?, server_ms = ?, eff_ms = ?"
                            " WHERE sender = ? AND mid = ? AND (sid IS NULL OR sid > ?)",
                            sid, serverTime, effectiveTime, sender, mid, sid));
    return sql_.changes() > 0;
}

Result<void> MessageTable::setFailed(const AccountId &sender, const Mid &mid, const std::optional<std::string> &reason)
{
    return sql_.execute("UPDATE message SET failed = ? WHERE sender = ? AND mid = ?", reason, sender, mid);
}

Result<void> MessageTable::setConfirmed(const AccountId &sender, const Mid &mid, bool confirmed)
{
    return sql_.execute("UPDATE message SET confirmed = ? WHERE sender = ? AND mid = ?", confirmed, sender, mid);
}

Result<void> MessageTable::setReceipted(std::int64_t id, MessageState receipted)
{
    return sql_.execute("UPDATE message SET receipted = max(receipted, ?) WHERE id = ?", receipted, id);
}

Result<std::optional<WallTime>> MessageTable::latestEffectiveTime(const AccountId &chat)
{
    return sql_.one(
        "SELECT eff_ms FROM message WHERE chat = ? ORDER BY eff_ms DESC LIMIT 1",
        [](const sql::Row &row) { return row.time(0); }, chat);
}

Result<std::vector<MessageRow>> MessageTable::unread(const AccountId &chat, const std::optional<OrderKey> &upTo)
{
    const OrderKey place = upTo.value_or(OrderKey { fromMs(unlimited), unlimited, unlimited, unlimited });
    return sql_.all(KITH_MESSAGE_COLUMNS "WHERE chat = ? AND mine = 0 AND state < 4 AND " KITH_PLACE
                                         " <= (?, ?, ?, ?)" KITH_ASCENDING,
                    read, chat, place.effectiveTime, place.serverTime, place.sid, place.id, unlimited);
}

Result<std::uint64_t> MessageTable::unreadCount(const AccountId &chat)
{
    KITH_TRY(const auto count,
             sql_.one(
                 "SELECT count(*) FROM message WHERE chat = ? AND mine = 0 AND state < 4",
                 [](const sql::Row &row) { return row.number(0); }, chat));
    return count.value_or(0);
}

Result<std::optional<Mid>> MessageTable::firstUnread(const AccountId &chat)
{
    return sql_.one(
        "SELECT mid FROM message WHERE chat = ? AND mine = 0 AND state < 4" KITH_ASCENDING,
        [](const sql::Row &row) { return row.id<Mid>(0); }, chat, 1);
}

Result<std::vector<MessageRow>> MessageTable::withoutReceipt(const AccountId &chat, MessageState kind, int limit)
{
    return sql_.all(KITH_MESSAGE_COLUMNS "WHERE chat = ? AND mine = 0 AND kind = ? AND receipted < ?" KITH_ASCENDING,
                    read, chat, MessageKind::text, kind, limit);
}

Result<std::vector<MessageRow>> MessageTable::ownUnread(const AccountId &chat, int limit)
{
    return sql_.all(KITH_MESSAGE_COLUMNS "WHERE chat = ? AND mine = 1 AND state < 4" KITH_DESCENDING, read, chat,
                    limit);
}

Result<std::vector<MessageRow>> MessageTable::before(const AccountId &chat, const std::optional<OrderKey> &place,
                                                     int limit)
{
    if (!place)
        return sql_.all(KITH_MESSAGE_COLUMNS "WHERE chat = ?" KITH_DESCENDING, read, chat, limit);
    return sql_.all(
        KITH_MESSAGE_COLUMNS "WHERE chat = ? AND eff_ms <= ? AND " KITH_PLACE " < (?, ?, ?, ?)" KITH_DESCENDING, read,
        chat, place->effectiveTime, place->effectiveTime, place->serverTime, place->sid, place->id, limit);
}

Result<std::vector<MessageRow>> MessageTable::after(const AccountId &chat, const OrderKey &place, int limit)
{
    return sql_.all(KITH_MESSAGE_COLUMNS "WHERE chat = ? AND eff_ms >= ? AND " KITH_PLACE
                                         " > (?, ?, ?, ?)" KITH_ASCENDING,
                    read, chat, place.effectiveTime, place.effectiveTime, place.serverTime, place.sid, place.id, limit);
}

Result<std::optional<MessageRow>> MessageTable::first(const AccountId &chat)
{
    KITH_TRY(auto rows, sql_.all(KITH_MESSAGE_COLUMNS "WHERE chat = ?" KITH_ASCENDING, read, chat, 1));
    return firstOf(std::move(rows));
}

Result<std::uint64_t> MessageTable::count(const AccountId &chat)
{
    KITH_TRY(
        const auto count,
        sql_.one(
            "SELECT count(*) FROM message WHERE chat = ?", [](const sql::Row &row) { return row.number(0); }, chat));
    return count.value_or(0);
}

Result<std::optional<ChatRow>> MessageTable::chat(const AccountId &chat)
{
    KITH_TRY(auto last, before(chat, std::nullopt, 1));
    if (last.empty())
        return std::optional<ChatRow>();
    KITH_TRY(const std::uint64_t unreadMessages, unreadCount(chat));
    return std::optional(ChatRow { chat, unreadMessages, std::move(last.front()) });
}

Result<std::vector<ChatRow>> MessageTable::chats()
{
    // Steps from chat to chat on the index instead of reading every message.
    KITH_TRY(const auto ids,
             sql_.all("WITH RECURSIVE step (chat) AS (SELECT min(chat) FROM message UNION ALL"
                      " SELECT (SELECT min(m.chat) FROM message AS m WHERE m.chat > step.chat) FROM step"
                      " WHERE step.chat IS NOT NULL) SELECT chat FROM step WHERE chat IS NOT NULL",
                      [](const sql::Row &row) { return row.id<AccountId>(0); }));
    std::vector<ChatRow> rows;
    for (const AccountId &id : ids) {
        KITH_TRY(auto row, chat(id));
        if (row)
            rows.push_back(std::move(*row));
    }
    std::ranges::stable_sort(
        rows, [](const ChatRow &a, const ChatRow &b) { return a.last.effectiveTime > b.last.effectiveTime; });
    return rows;
}

} // namespace kith::client::store
