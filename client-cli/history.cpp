// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"
#include "client-cli/values.h"

namespace kith::cli {

namespace {

constexpr qint64 pageSize = 200; // of messages.list
constexpr qint64 mostHits = 100; // of messages.search
constexpr qint64 mostRows = 100'000;

const Columns &columns()
{
    static const Columns all {
        { "TIME", "ts", Column::Kind::time },      { "FROM", "from.user" }, { "TEXT", "text" },
        { "STATE", "state", Column::Kind::ticks }, { "ID", "mid" },
    };
    return all;
}

/// The newest `count` messages before `before`, oldest first, page by page backwards.
Session::Answer readBack(Session &session, const QString &chat, QString before, qint64 count)
{
    QJsonObject document;
    QJsonArray all;
    bool more = true;
    while (more && all.size() < count) {
        QJsonObject params { { QStringLiteral("chat"), chat },
                             { QStringLiteral("limit"), std::min<qint64>(pageSize, count - all.size()) } };
        if (!before.isEmpty())
            params.insert(QStringLiteral("before"), before);
        KITH_TRY(document, session.call("messages.list", params));
        QJsonArray page = document.value(u"items").toArray();
        if (page.isEmpty()) {
            more = false;
            break;
        }
        more = document.value(u"more").toBool();
        before = page.first().toObject().value(u"mid").toString();
        for (const QJsonValue &later : all)
            page.append(later);
        all = page;
    }
    document.insert(QStringLiteral("items"), all);
    document.insert(QStringLiteral("more"), more);
    return document;
}

int runHistory(Session &session, const Arguments &arguments)
{
    const auto count =
        parseNumber(arguments.has("limit") ? arguments.value("limit") : QStringLiteral("50"), 1, mostRows, "-n");
    if (!count)
        return session.fail(count.error());
    if (arguments.has("before")) {
        if (const auto id = parseMessageId(arguments.value("before")); !id)
            return session.fail(id.error());
    }
    const auto document = readBack(session, arguments.value("CHAT"), arguments.value("before"), *count);
    if (!document)
        return session.fail(document.error());
    session.out().pagedList(*document, columns());
    return 0;
}

int runSearch(Session &session, const Arguments &arguments)
{
    const auto count =
        parseNumber(arguments.has("limit") ? arguments.value("limit") : QStringLiteral("50"), 1, mostHits, "-n");
    if (!count)
        return session.fail(count.error());
    QJsonObject params { { QStringLiteral("query"), arguments.values("QUERY").join(u' ') },
                         { QStringLiteral("limit"), *count } };
    if (arguments.has("chat"))
        params.insert(QStringLiteral("chat"), arguments.value("chat"));
    if (arguments.has("before")) {
        const auto id = parseMessageId(arguments.value("before"));
        if (!id)
            return session.fail(id.error());
        params.insert(QStringLiteral("before"), *id);
    }
    const auto found = session.call("messages.search", params);
    if (!found)
        return session.fail(found.error());
    static const Columns hits { { "TIME", "message.ts", Column::Kind::time },
                                { "CHAT", "message.chat" },
                                { "FROM", "message.from.user" },
                                { "TEXT", "snippet.text" },
                                { "ID", "message.mid" } };
    session.out().pagedList(*found, hits);
    return 0;
}

int runRead(Session &session, const Arguments &arguments)
{
    const QString target = arguments.value("CHAT|ID");
    QJsonObject params { { QStringLiteral("chat"), target } };
    if (parseMessageId(target)) {
        const auto message = session.call("messages.get", { { QStringLiteral("mid"), target } });
        if (!message)
            return session.fail(message.error());
        params = { { QStringLiteral("chat"), message->value(u"chat") }, { QStringLiteral("upTo"), target } };
    }
    return session.showSentence("chats.markRead", params, [](const QJsonObject &result) {
        return QStringLiteral("%1: %2 unread")
            .arg(result.value(u"chat").toString())
            .arg(result.value(u"unread").toInt());
    });
}

int runInfo(Session &session, const Arguments &arguments)
{
    const auto id = parseMessageId(arguments.value("ID"));
    if (!id)
        return session.fail(id.error());
    const auto info = session.call("messages.info", { { QStringLiteral("mid"), *id } });
    if (!info)
        return session.fail(info.error());
    if (session.out().isJson()) {
        session.out().object(*info, {});
        return 0;
    }
    static const Columns message { { "ID", "mid" },         { "CHAT", "chat" },
                                   { "FROM", "from.user" }, { "TIME", "ts", Column::Kind::time },
                                   { "STATE", "state" },    { "REASON", "reason" },
                                   { "TEXT", "text" },      { "MARKS", "marks" } };
    static const Columns recipients { { "USER", "user" },           { "STATE", "state" },
                                      { "ACCEPTED", "acceptedAt" }, { "DELIVERED", "deliveredAt" },
                                      { "READ", "readAt" },         { "DEVICES", "devices" } };
    session.out().object(info->value(u"message").toObject(), message);
    session.out().list({ { QStringLiteral("items"), info->value(u"recipients") } }, recipients);
    return 0;
}

} // namespace

std::vector<Command> historyCommands()
{
    const Word chat { "CHAT", "@user, me or a contact's name", Complete::chat };
    return {
        { "history",
          "the messages of a chat",
          Agent::existing,
          runHistory,
          { chat },
          { { "-n,--limit", "N", "how many, from the newest (50)" }, { "--before", "ID", "older than this message" } },
          "history @mei -n 20\nhistory @mei --output jsonl" },
        { "search",
          "find messages by their words",
          Agent::existing,
          runSearch,
          { { "QUERY", "words that must all occur; the last may be a beginning", Complete::nothing, true, true } },
          { { "-c,--chat", "CHAT", "in one chat only", Complete::chat },
            { "-n,--limit", "N", "how many, from the last that came (50)" },
            { "--before", "ID", "go on behind this hit" } },
          "search lunch\nsearch -c @mei \"see you\"" },
        { "read",
          "mark a chat as read, all or up to a message",
          Agent::existing,
          runRead,
          { { "CHAT|ID", "a chat, or a message of it", Complete::chat } } },
        { "info", "what is known of a message's way", Agent::existing, runInfo, { { "ID", "the message" } } },
    };
}

} // namespace kith::cli
