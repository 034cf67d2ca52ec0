// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/secrets.h"
#include "client-cli/session.h"
#include "client-cli/values.h"

namespace kith::cli {

namespace {

using rpc::ErrorCode;
using rpc::RpcError;
using rpc::RpcResult;

constexpr qint64 pageSize = 200; // of chats.list
constexpr qsizetype draftLimit = 8 * 1024;
constexpr qint64 always = 253'402'300'799'999; // of chats.set

int runChats(Session &session, const Arguments &arguments)
{
    QJsonObject params { { QStringLiteral("limit"), pageSize } };
    for (const char *which : { "unread", "archived" }) {
        if (arguments.has(which))
            params.insert(QString::fromLatin1(which), true);
    }
    static const Columns chats {
        { "CHAT", "chat" },
        { "TITLE", "title", Column::Kind::text, 24 },
        { "UNREAD", "unread" },
        { "LAST", "lastTs", Column::Kind::time },
        { "TEXT", "last.text", Column::Kind::text, 48 },
    };
    return session.showList("chats.list", params, chats, "chat");
}

RpcResult<qint64> muteEnd(Session &session, const QString &text)
{
    if (text == u"always")
        return always;
    const auto length = parseDuration(text);
    if (!length)
        return length.error();
    return toMs(session.clock().now() + *length);
}

/// Puts what `on` or `off` asks for; asking for both is a mistake.
RpcResult<void> putSwitch(QJsonObject &params, const Arguments &arguments, const char *member, const char *on,
                          const char *off)
{
    if (arguments.has(on) && arguments.has(off))
        return RpcError { ErrorCode::invalidParams, QStringLiteral("only one of --%1 and --%2").arg(on).arg(off) };
    if (arguments.has(on) || arguments.has(off))
        params.insert(QString::fromLatin1(member), arguments.has(on));
    return {};
}

RpcResult<QJsonObject> changeOf(Session &session, const Arguments &arguments)
{
    QJsonObject params { { QStringLiteral("chat"), arguments.value("CHAT") } };
    KITH_CHECK(putSwitch(params, arguments, "pinned", "pin", "unpin"));
    KITH_CHECK(putSwitch(params, arguments, "archived", "archive", "unarchive"));
    KITH_CHECK(putSwitch(params, arguments, "markedUnread", "unread", "no-unread"));
    if (arguments.has("mute") && arguments.has("unmute"))
        return RpcError { ErrorCode::invalidParams, QStringLiteral("only one of --mute and --unmute") };
    if (arguments.has("mute")) {
        KITH_TRY(const qint64 until, muteEnd(session, arguments.value("mute")));
        params.insert(QStringLiteral("mutedUntil"), until);
    }
    if (arguments.has("unmute"))
        params.insert(QStringLiteral("mutedUntil"), 0);
    if (params.size() == 1)
        return RpcError { ErrorCode::invalidParams, QStringLiteral("what should change?"),
                          QStringLiteral("kith help chat-set") };
    return params;
}

int runSet(Session &session, const Arguments &arguments)
{
    const auto params = changeOf(session, arguments);
    if (!params)
        return session.fail(params.error());
    static const Columns columns { { "CHAT", "chat" },
                                   { "TITLE", "title" },
                                   { "PINNED", "pinned" },
                                   { "ARCHIVED", "archived" },
                                   { "MARKED UNREAD", "markedUnread" },
                                   { "MUTED UNTIL", "mutedUntil", Column::Kind::time } };
    return session.showObject("chats.set", *params, columns);
}

int runDraft(Session &session, const Arguments &arguments)
{
    QJsonObject params { { QStringLiteral("chat"), arguments.value("CHAT") } };
    static const Columns columns { { "CHAT", "chat" },
                                   { "DRAFT", "draft.text" },
                                   { "TYPED", "draft.ts", Column::Kind::time } };
    if (!arguments.has("TEXT") && !arguments.has("clear"))
        return session.showObject("chats.get", params, columns);
    if (arguments.has("TEXT") && arguments.has("clear"))
        return session.fail({ ErrorCode::invalidParams, QStringLiteral("only one of TEXT and --clear") });
    QString text = arguments.value("TEXT");
    if (text == u"-") {
        const auto read = readStandardInput(draftLimit);
        if (!read)
            return session.fail(read.error());
        text = *read;
    }
    if (arguments.has("reply-to")) {
        const auto parent = parseMessageId(arguments.value("reply-to"));
        if (!parent)
            return session.fail(parent.error());
        params.insert(QStringLiteral("replyTo"), *parent);
    }
    params.insert(QStringLiteral("text"), text);
    return session.showObject("chats.setDraft", params, columns);
}

int runDeletion(Session &session, const Arguments &arguments, const char *method)
{
    const QJsonObject params { { QStringLiteral("chat"), arguments.value("CHAT") } };
    return session.showSentence(method, params, [](const QJsonObject &result) {
        return QStringLiteral("%1: %2 messages deleted here")
            .arg(result.value(u"chat").toString())
            .arg(result.value(u"deleted").toInteger());
    });
}

int runClear(Session &session, const Arguments &arguments)
{
    return runDeletion(session, arguments, "chats.clear");
}

int runDeleteChat(Session &session, const Arguments &arguments)
{
    return runDeletion(session, arguments, "chats.delete");
}

int runDelete(Session &session, const Arguments &arguments)
{
    QJsonArray mids;
    for (const QString &word : arguments.values("ID")) {
        const auto mid = parseMessageId(word);
        if (!mid)
            return session.fail(mid.error());
        mids.append(*mid);
    }
    const auto result = session.call("messages.delete", { { QStringLiteral("mids"), mids } });
    if (!result)
        return session.fail(result.error());
    const auto gone = result->value(u"mids").toArray().size();
    session.out().sentence(*result, QStringLiteral("%1 messages deleted here").arg(gone));
    if (gone == mids.size())
        return 0;
    return session.fail({ gone == 0 ? ErrorCode::notFound : ErrorCode::partial,
                          QStringLiteral("%1 of them are not in this profile").arg(mids.size() - gone) });
}

} // namespace

std::vector<Command> chatCommands()
{
    const Word chat { "CHAT", "@user, me or a contact's name", Complete::chat };
    return {
        { "chats",
          "your chats, pinned and last active first",
          Agent::existing,
          runChats,
          {},
          { { "--unread", nullptr, "only those with unread messages, or marked so" },
            { "--archived", nullptr, "only those in the archive" } } },
        { "chat-set",
          "pin, mute, archive or mark a chat as unread",
          Agent::existing,
          runSet,
          { chat },
          { { "--pin", nullptr, "keep it on top" },
            { "--unpin", nullptr, "let it take its place" },
            { "--mute", "TIME", "no notice of its messages for 8h, 7d, ... or always" },
            { "--unmute", nullptr, "notices again" },
            { "--archive", nullptr, "out of the way until something new comes; unpins" },
            { "--unarchive", nullptr, "back into the list" },
            { "--unread", nullptr, "mark as unread" },
            { "--no-unread", nullptr, "take the mark away" } },
          "chat-set @mei --pin\nchat-set @mei --mute 8h --archive" },
        { "draft",
          "show or keep what was typed in a chat and not sent",
          Agent::existing,
          runDraft,
          { chat, { "TEXT", "what to keep; - reads standard input; nothing shows it", Complete::nothing, false } },
          { { "--clear", nullptr, "remove it" }, { "--reply-to", "ID", "the message that it answers" } },
          "draft @mei \"see you at\"\ndraft @mei\ndraft @mei --clear" },
        { "delete",
          "delete messages in this profile; others keep theirs",
          Agent::existing,
          runDelete,
          { { "ID", "the messages", Complete::nothing, true, true } } },
        { "chat-clear", "delete a chat's messages in this profile", Agent::existing, runClear, { chat } },
        { "chat-delete",
          "delete a chat with its messages, draft and settings in this profile",
          Agent::existing,
          runDeleteChat,
          { chat } },
    };
}

} // namespace kith::cli
