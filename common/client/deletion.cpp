// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/deletion.h"

#include "common/client/courier.h"
#include "common/client/event_log.h"
#include "common/client/parts.h"

#include <QJsonArray>
#include <QString>

#include <algorithm>
#include <map>

namespace kith::client {

Answer<std::vector<Mid>> Deletion::remove(const std::vector<Mid> &mids)
{
    if (mids.size() > mostAtOnce)
        return Failure { FailureCode::invalid, "at most 100 messages at once" };
    return inTransaction(parts_, [&]() -> Answer<std::vector<Mid>> {
        std::vector<Mid> removed;
        std::map<AccountId, QJsonArray> ofChat;
        for (const auto &mid : mids) {
            KITH_TRY(const auto row, parts_.database->messages().find(mid));
            if (!row)
                continue;
            KITH_CHECK(removeOne(*row));
            removed.push_back(mid);
            ofChat[row->chat].append(QString::fromStdString(mid.base32()));
        }
        for (const auto &[chat, gone] : ofChat) {
            const auto address = QString::fromStdString(parts_.names.chat(chat));
            KITH_CHECK(parts_.events->append("message.deleted", chat, {}, { { "chat", address }, { "mids", gone } }));
        }
        return removed;
    });
}

Result<void> Deletion::removeOne(const store::MessageRow &row)
{
    if (row.mine)
        KITH_CHECK(takeBack(row.mid));
    else
        KITH_CHECK(parts_.database->seen().bury(row.sender.account, row.mid, row.receipt, parts_.now()));
    KITH_CHECK(parts_.events->forget(row.chat, row.mid));
    return parts_.database->messages().remove(row.id);
}

/// What the server may have already arrives there; its answer then finds no message.
Result<void> Deletion::takeBack(const Mid &mid)
{
    KITH_TRY(const auto letter, parts_.database->outbox().find(mid));
    if (letter && !parts_.courier->isInFlight(letter->id))
        KITH_CHECK(parts_.courier->giveUp(*letter, "cancelled"));
    return parts_.database->outbox().dropAside(mid);
}

Answer<std::uint64_t> Deletion::clearChat(const AccountId &chat)
{
    return inTransaction(parts_, [&]() -> Answer<std::uint64_t> {
        KITH_TRY(const auto count, removeAll(chat));
        KITH_CHECK(parts_.events->append(
            "chat.updated", chat, {},
            { { "chat", QString::fromStdString(parts_.names.chat(chat)) }, { "cleared", true }, { "unread", 0 } }));
        return count;
    });
}

Answer<std::uint64_t> Deletion::removeChat(const AccountId &chat)
{
    return inTransaction(parts_, [&]() -> Answer<std::uint64_t> {
        KITH_TRY(const auto count, removeAll(chat));
        KITH_CHECK(parts_.database->chats().remove(chat));
        KITH_CHECK(parts_.database->contacts().setRequest(chat, false));
        KITH_CHECK(parts_.events->append(
            "chat.updated", chat, {},
            { { "chat", QString::fromStdString(parts_.names.chat(chat)) }, { "deleted", true } }));
        return count;
    });
}

Result<std::uint64_t> Deletion::removeAll(const AccountId &chat)
{
    KITH_TRY(const auto letters, parts_.database->outbox().ofChat(chat));
    for (const auto &letter : letters) {
        if (letter.counted)
            KITH_CHECK(takeBack(letter.mid));
    }
    KITH_CHECK(parts_.database->outbox().dropAsideOfChat(chat));
    KITH_TRY(const auto count, parts_.database->messages().count(chat));
    KITH_CHECK(parts_.database->seen().buryChat(chat, parts_.now()));
    KITH_CHECK(parts_.events->forget(chat, {}));
    KITH_CHECK(parts_.database->messages().removeChat(chat));
    return count;
}

} // namespace kith::client
