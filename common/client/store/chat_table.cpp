// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/chat_table.h"

namespace kith::client::store {

Result<ChatSettings> ChatTable::settings(const AccountId &chat)
{
    KITH_TRY(const auto found,
             sql_.one(
                 "SELECT pinned, archived, marked_unread, muted_until_ms FROM chat WHERE chat = ?",
                 [](const sql::Row &row) {
                     return ChatSettings { row.flag(0), row.flag(1), row.flag(2), row.maybe(3, &sql::Row::time) };
                 },
                 chat));
    return found.value_or(ChatSettings {});
}

Result<void> ChatTable::saveSettings(const AccountId &chat, const ChatSettings &settings)
{
    KITH_CHECK(sql_.execute("INSERT OR IGNORE INTO chat (chat) VALUES (?)", chat));
    return sql_.execute("UPDATE chat SET pinned = ?, archived = ?, marked_unread = ?, muted_until_ms = ?"
                        " WHERE chat = ?",
                        settings.pinned, settings.archived, settings.markedUnread, settings.mutedUntil, chat);
}

Result<std::optional<ChatDraft>> ChatTable::draft(const AccountId &chat)
{
    return sql_.one(
        "SELECT draft, draft_reply, draft_ms FROM chat WHERE chat = ? AND draft <> ''",
        [](const sql::Row &row) {
            ChatDraft draft { row.text(0), {}, row.time(2) };
            if (!row.isNull(1))
                draft.replyTo = row.id<Mid>(1);
            return draft;
        },
        chat);
}

Result<void> ChatTable::saveDraft(const AccountId &chat, const std::optional<ChatDraft> &draft)
{
    const ChatDraft kept = draft.value_or(ChatDraft {});
    KITH_CHECK(sql_.execute("INSERT OR IGNORE INTO chat (chat) VALUES (?)", chat));
    return sql_.execute("UPDATE chat SET draft = ?, draft_reply = ?, draft_ms = ? WHERE chat = ?", kept.text,
                        kept.replyTo, kept.time, chat);
}

Result<std::vector<AccountId>> ChatTable::kept()
{
    return sql_.all("SELECT chat FROM chat WHERE pinned OR draft <> ''", [](const sql::Row &row) { return row.id<AccountId>(0); });
}

Result<void> ChatTable::remove(const AccountId &chat)
{
    return sql_.execute("DELETE FROM chat WHERE chat = ?", chat);
}

} // namespace kith::client::store
