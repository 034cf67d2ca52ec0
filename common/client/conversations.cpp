// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/conversations.h"

#include "common/client/document.h"
#include "common/client/event_log.h"
#include "common/client/quote.h"
#include "common/client/store/database.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace kith::client {

namespace {

Result<std::vector<Message>> toMessages(store::Database &database, const std::vector<store::MessageRow> &rows)
{
    std::vector<Message> messages;
    messages.reserve(rows.size());
    for (const auto &row : rows) {
        KITH_TRY(auto message, shownMessage(database, row));
        messages.push_back(std::move(message));
    }
    return messages;
}

int pageSize(int limit)
{
    return std::clamp(limit, 1, Conversations::maxPage);
}

/// `rows` hold one more than asked for when there are more.
bool trim(std::vector<store::MessageRow> &rows, int limit)
{
    const bool more = rows.size() > static_cast<std::size_t>(limit);
    if (more)
        rows.pop_back();
    return more;
}

Failure noMessage()
{
    return { FailureCode::notFound, "no such message in this profile" };
}

/// The consecutive runs of sorted numbers.
std::vector<std::pair<std::uint64_t, std::uint64_t>> rangesOf(const std::vector<store::GapRow> &gaps)
{
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const auto &gap : gaps) {
        if (!gap.shown)
            continue;
        if (!ranges.empty() && ranges.back().second + 1 == gap.n)
            ranges.back().second = gap.n;
        else
            ranges.emplace_back(gap.n, gap.n);
    }
    return ranges;
}

/// Where a chat stands in the list: the greatest comes first.
std::pair<bool, WallTime> placeOf(const Chat &chat)
{
    const WallTime typed = chat.draft ? chat.draft->time : WallTime {};
    return { chat.settings.pinned, chat.last ? chat.last->effectiveTime : typed };
}

} // namespace

Conversations::Conversations(store::Database &database, EventLog &events, Clock &clock)
    : database_(database)
    , events_(events)
    , clock_(clock)
{
}

Result<Chat> Conversations::describe(const AccountId &chat, std::optional<Message> last, std::uint64_t unread) const
{
    Chat result;
    result.peer = chat;
    result.name = Names(database_).shown(chat);
    result.unread = unread;
    result.last = std::move(last);
    if (unread > 0) {
        KITH_TRY(result.firstUnread, database_.messages().firstUnread(chat));
    }
    KITH_TRY(const auto contact, database_.contacts().find(chat));
    if (contact) {
        result.request = contact->request;
        result.trust = contact->trust;
        result.relation = contact->relation;
    }
    KITH_TRY(result.settings, database_.chats().settings(chat));
    if (result.settings.mutedUntil && *result.settings.mutedUntil <= clock_.now())
        result.settings.mutedUntil.reset();
    KITH_TRY(result.draft, database_.chats().draft(chat));
    KITH_TRY(const auto gaps, database_.counters().gaps(chat));
    result.missing = rangesOf(gaps);
    return result;
}

Answer<std::vector<Chat>> Conversations::list() const
{
    KITH_TRY(const auto rows, database_.messages().chats());
    std::vector<Chat> chats;
    for (const auto &row : rows) {
        KITH_TRY(auto last, shownMessage(database_, row.last));
        KITH_TRY(auto described, describe(row.chat, std::move(last), row.unread));
        chats.push_back(std::move(described));
    }
    KITH_TRY(const auto kept, database_.chats().kept());
    for (const AccountId &id : kept) {
        if (std::ranges::find(chats, id, &Chat::peer) != chats.end())
            continue;
        KITH_TRY(auto described, describe(id, {}, 0));
        chats.push_back(std::move(described));
    }
    std::ranges::stable_sort(chats, std::ranges::greater {}, placeOf);
    return chats;
}

Answer<Chat> Conversations::chat(const AccountId &chat) const
{
    KITH_TRY(const auto row, database_.messages().chat(chat));
    if (!row) {
        KITH_TRY(const auto contact, database_.contacts().find(chat));
        if (!contact && Names(database_).self() != chat)
            return Failure { FailureCode::notFound, "no such chat" };
    }
    std::optional<Message> last;
    if (row) {
        KITH_TRY(last, shownMessage(database_, row->last));
    }
    KITH_TRY(auto described, describe(chat, std::move(last), row ? row->unread : 0));
    return described;
}

Answer<MessagePage> Conversations::latest(const AccountId &chat, int limit) const
{
    limit = pageSize(limit);
    KITH_TRY(auto rows, database_.messages().before(chat, std::nullopt, limit + 1));
    const bool more = trim(rows, limit);
    std::ranges::reverse(rows);
    KITH_TRY(auto messages, toMessages(database_, rows));
    return MessagePage { std::move(messages), more };
}

Answer<store::MessageRow> Conversations::anchorRow(const AccountId &chat, const Mid &mid) const
{
    KITH_TRY(auto row, database_.messages().find(mid));
    if (!row || row->chat != chat)
        return noMessage();
    return std::move(*row);
}

Answer<MessagePage> Conversations::before(const AccountId &chat, const Mid &anchor, int limit) const
{
    limit = pageSize(limit);
    KITH_TRY(const auto row, anchorRow(chat, anchor));
    KITH_TRY(auto rows, database_.messages().before(chat, store::orderOf(row), limit + 1));
    const bool more = trim(rows, limit);
    std::ranges::reverse(rows);
    KITH_TRY(auto messages, toMessages(database_, rows));
    return MessagePage { std::move(messages), more };
}

Answer<MessagePage> Conversations::after(const AccountId &chat, const Mid &anchor, int limit) const
{
    limit = pageSize(limit);
    KITH_TRY(const auto row, anchorRow(chat, anchor));
    KITH_TRY(auto rows, database_.messages().after(chat, store::orderOf(row), limit + 1));
    const bool more = trim(rows, limit);
    KITH_TRY(auto messages, toMessages(database_, rows));
    return MessagePage { std::move(messages), more };
}

Answer<MessagePage> Conversations::around(const AccountId &chat, const Mid &anchor, int limit) const
{
    limit = pageSize(limit);
    KITH_TRY(const auto row, anchorRow(chat, anchor));
    const int older = limit / 2;
    const int newer = limit - older - 1;
    KITH_TRY(auto rows, database_.messages().before(chat, store::orderOf(row), older + 1));
    const bool moreBefore = trim(rows, older);
    KITH_TRY(auto later, database_.messages().after(chat, store::orderOf(row), newer + 1));
    const bool moreAfter = trim(later, newer);
    std::ranges::reverse(rows);
    rows.push_back(row);
    std::ranges::move(later, std::back_inserter(rows));
    KITH_TRY(auto messages, toMessages(database_, rows));
    return MessagePage { std::move(messages), moreBefore || moreAfter };
}

Answer<Message> Conversations::get(const Mid &mid) const
{
    KITH_TRY(const auto row, database_.messages().find(mid));
    if (!row)
        return noMessage();
    KITH_TRY(auto message, shownMessage(database_, *row));
    return message;
}

Answer<MessageWay> Conversations::info(const Mid &mid) const
{
    KITH_TRY(const auto row, database_.messages().find(mid));
    if (!row)
        return noMessage();
    KITH_TRY(auto message, shownMessage(database_, *row));
    return MessageWay { std::move(message), row->serverTime, row->deliveredTime, row->readTime };
}

Answer<std::uint64_t> Conversations::markRead(const AccountId &chat, const std::optional<Mid> &upTo)
{
    std::optional<store::OrderKey> place;
    if (upTo) {
        KITH_TRY(const auto row, anchorRow(chat, *upTo));
        place = store::orderOf(row);
    }
    KITH_TRY(auto transaction, database_.transaction());
    KITH_TRY(const auto rows, database_.messages().unread(chat, place));
    const WallTime now = clock_.now();
    for (const auto &row : rows)
        KITH_CHECK(database_.messages().raiseState(row.sender.account, row.mid, MessageState::read, now));
    if (readHook_ && !rows.empty()) {
        KITH_TRY(const auto messages, toMessages(database_, rows));
        KITH_CHECK(readHook_(chat, messages));
    }
    KITH_TRY(const std::uint64_t left, database_.messages().unreadCount(chat));
    KITH_TRY(auto settings, database_.chats().settings(chat));
    const bool wasMarked = std::exchange(settings.markedUnread, false);
    if (wasMarked)
        KITH_CHECK(database_.chats().saveSettings(chat, settings));
    if (!rows.empty() || wasMarked)
        KITH_CHECK(announce(chat, left));
    KITH_CHECK(transaction.commit());
    return left;
}

Result<void> Conversations::announce(const AccountId &chat, std::uint64_t unread)
{
    KITH_TRY(const Chat described, describe(chat, {}, unread));
    return events_.append("chat.updated", chat, {}, chatEventBody(described, Names(database_)));
}

Answer<Chat> Conversations::set(const AccountId &chat, const ChatChange &change)
{
    KITH_CHECK(this->chat(chat));
    KITH_TRY(auto transaction, database_.transaction());
    KITH_TRY(const ChatSettings before, database_.chats().settings(chat));
    ChatSettings after = before;
    after.pinned = change.pinned.value_or(before.pinned && !change.archived.value_or(false));
    after.archived = change.archived.value_or(before.archived && !change.pinned.value_or(false));
    after.markedUnread = change.markedUnread.value_or(before.markedUnread);
    if (change.mutedUntil)
        after.mutedUntil = *change.mutedUntil > clock_.now() ? change.mutedUntil : std::nullopt;
    if (after != before) {
        KITH_CHECK(database_.chats().saveSettings(chat, after));
        KITH_TRY(const std::uint64_t unread, database_.messages().unreadCount(chat));
        KITH_CHECK(announce(chat, unread));
    }
    KITH_CHECK(transaction.commit());
    return this->chat(chat);
}

Result<void> Conversations::woken(const AccountId &chat, bool byOther)
{
    KITH_TRY(auto settings, database_.chats().settings(chat));
    const bool isMuted = settings.mutedUntil && *settings.mutedUntil > clock_.now();
    if (!settings.archived || (byOther && isMuted))
        return {};
    settings.archived = false;
    KITH_CHECK(database_.chats().saveSettings(chat, settings));
    KITH_TRY(const std::uint64_t unread, database_.messages().unreadCount(chat));
    return announce(chat, unread);
}

Answer<std::optional<ChatDraft>> Conversations::setDraft(const AccountId &chat, const std::string &text,
                                                         const std::optional<Mid> &replyTo)
{
    if (text.size() > longestDraft)
        return Failure { FailureCode::tooLarge, "a draft has at most 8 KiB" };
    KITH_CHECK(this->chat(chat));
    std::optional<ChatDraft> draft;
    if (!text.empty())
        draft = ChatDraft { text, replyTo, clock_.now() };
    KITH_CHECK(database_.chats().saveDraft(chat, draft));
    database_.afterCommit([this, chat, draft] { Q_EMIT draftChanged(chat, draft); });
    return draft;
}

Result<void> Conversations::draftSent(const AccountId &chat)
{
    KITH_TRY(const auto draft, database_.chats().draft(chat));
    if (!draft)
        return {};
    KITH_CHECK(database_.chats().saveDraft(chat, std::nullopt));
    database_.afterCommit([this, chat] { Q_EMIT draftChanged(chat, std::nullopt); });
    return {};
}

} // namespace kith::client
