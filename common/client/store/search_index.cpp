// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/search_index.h"

#include "common/client/search_words.h"
#include "common/client/values.h"

namespace kith::client::store {

namespace {

constexpr int filledAtOnce = 1'000;

/// An invisible separator is part of no word that a text has, so nobody finds it by typing.
std::string wordOf(const AccountId &chat)
{
    return "\u2063" + chat.hex();
}

struct Unindexed {
    std::int64_t id = 0;
    AccountId chat;
    std::string text;
};

} // namespace

Result<void> addToSearch(sql::Connection &sql, std::int64_t id, const AccountId &chat, const std::string &text)
{
    const std::string words = indexedWords(text);
    if (words.empty())
        return {};
    return sql.execute("INSERT INTO message_search (docid, words, chat) VALUES (?, ?, ?)", id, words, wordOf(chat));
}

Result<void> removeFromSearch(sql::Connection &sql, std::int64_t id)
{
    return sql.execute("DELETE FROM message_search WHERE docid = ?", id);
}

Result<void> removeChatFromSearch(sql::Connection &sql, const AccountId &chat)
{
    return sql.execute("DELETE FROM message_search WHERE docid IN (SELECT id FROM message WHERE chat = ?)", chat);
}

Result<void> fillSearch(sql::Connection &sql)
{
    std::int64_t last = 0;
    for (;;) {
        KITH_TRY(const auto rows,
                 sql.all(
                     "SELECT id, chat, text FROM message WHERE id > ? AND kind = ? ORDER BY id LIMIT ?",
                     [](const sql::Row &row) {
                         return Unindexed { row.integer(0), row.id<AccountId>(1), row.text(2) };
                     },
                     last, MessageKind::text, filledAtOnce));
        if (rows.empty())
            return {};
        for (const Unindexed &row : rows)
            KITH_CHECK(addToSearch(sql, row.id, row.chat, row.text));
        last = rows.back().id;
    }
}

Result<std::vector<std::int64_t>> searchIds(sql::Connection &sql, const std::string &match,
                                            const std::optional<AccountId> &chat, std::int64_t below, int limit)
{
    const std::string all = match + (chat ? " chat:" + wordOf(*chat) : std::string {});
    return sql.all(
        "SELECT docid FROM message_search WHERE message_search MATCH ? AND docid < ? ORDER BY docid DESC LIMIT ?",
        [](const sql::Row &row) { return row.integer(0); }, all, below, limit);
}

} // namespace kith::client::store
