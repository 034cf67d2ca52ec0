// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/conversations.h"
#include "common/client/deletion.h"
#include "common/client/document.h"
#include "common/client/store/database.h"
#include "common/client/typing.h"
#include "common/rpc/service/service.h"

#include <QJsonArray>

namespace kith::rpc::service {

namespace {

Reply listChats(const Call &call)
{
    KITH_ANSWER(const auto chats, call.engine->conversations().list());
    const bool unreadOnly = call.params.value(u"unread").toBool();
    const auto archived = call.flag("archived");
    const client::Names names = namesOf(call);
    QJsonArray items;
    for (const client::Chat &chat : chats) {
        const bool isUnread = chat.unread > 0 || chat.settings.markedUnread;
        if ((!unreadOnly || isUnread) && archived.value_or(chat.settings.archived) == chat.settings.archived)
            items.append(client::chatDocument(chat, names));
    }
    return pageOf(call, items, "chat");
}

Reply getChat(const Call &call)
{
    KITH_ANSWER(const AccountId id, chatOf(*call.engine, call.utf8("chat")));
    KITH_ANSWER(const client::Chat chat, call.engine->conversations().chat(id));
    return client::chatDocument(chat, namesOf(call));
}

Reply setChat(const Call &call)
{
    client::ChatChange change { call.flag("pinned"), call.flag("archived"), call.flag("markedUnread"), {} };
    if (call.has("mutedUntil"))
        change.mutedUntil = fromMs(call.params.value(u"mutedUntil").toInteger());
    KITH_ANSWER(const AccountId id, chatOf(*call.engine, call.utf8("chat")));
    KITH_ANSWER(const client::Chat chat, call.engine->conversations().set(id, change));
    return client::chatDocument(chat, namesOf(call));
}

Reply setDraft(const Call &call)
{
    std::optional<Mid> replyTo;
    if (call.has("replyTo")) {
        KITH_TRY(replyTo, midOf(call.text("replyTo")));
    }
    KITH_ANSWER(const AccountId id, chatOf(*call.engine, call.utf8("chat")));
    KITH_ANSWER(const auto draft, call.engine->conversations().setDraft(id, call.utf8("text"), replyTo));
    QJsonObject result = client::draftEventBody(id, draft, namesOf(call));
    result.insert(QStringLiteral("schema"), 1);
    return result;
}

Reply markRead(const Call &call)
{
    std::optional<Mid> upTo;
    if (call.has("upTo")) {
        KITH_TRY(upTo, midOf(call.text("upTo")));
    }
    KITH_ANSWER(const AccountId chat, chatOf(*call.engine, call.utf8("chat")));
    KITH_ANSWER(const std::uint64_t unread, call.engine->conversations().markRead(chat, upTo));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("chat"), QString::fromStdString(namesOf(call).chat(chat)) },
                         { QStringLiteral("unread"), static_cast<qint64>(unread) } };
}

Reply setTyping(const Call &call)
{
    const bool on = call.params.value(u"on").toBool();
    if (const auto set = call.engine->typing().set(call.utf8("chat"), on); !set)
        return toRpc(set.error());
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("chat"), call.text("chat") },
                         { QStringLiteral("on"), on } };
}

Reply deleted(const Call &call, client::Answer<std::uint64_t> (client::Deletion::*what)(const AccountId &))
{
    KITH_ANSWER(const AccountId chat, chatOf(*call.engine, call.utf8("chat")));
    KITH_ANSWER(const std::uint64_t count, (call.engine->deletion().*what)(chat));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("chat"), QString::fromStdString(namesOf(call).chat(chat)) },
                         { QStringLiteral("deleted"), static_cast<qint64>(count) } };
}

} // namespace

void addChatMethods(Handlers &handlers, Service &)
{
    handlers.insert(QStringLiteral("chats.list"), [](const Call &call) { return ready(listChats(call)); });
    handlers.insert(QStringLiteral("chats.get"), [](const Call &call) { return ready(getChat(call)); });
    handlers.insert(QStringLiteral("chats.set"), [](const Call &call) { return ready(setChat(call)); });
    handlers.insert(QStringLiteral("chats.clear"),
                    [](const Call &call) { return ready(deleted(call, &client::Deletion::clearChat)); });
    handlers.insert(QStringLiteral("chats.delete"),
                    [](const Call &call) { return ready(deleted(call, &client::Deletion::removeChat)); });
    handlers.insert(QStringLiteral("chats.setDraft"), [](const Call &call) { return ready(setDraft(call)); });
    handlers.insert(QStringLiteral("chats.markRead"), [](const Call &call) { return ready(markRead(call)); });
    handlers.insert(QStringLiteral("typing.set"), [](const Call &call) { return ready(setTyping(call)); });
}

} // namespace kith::rpc::service
