// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/receiver.h"
#include "client-cli/suggest.h"
#include "client-cli/values.h"
#include "common/rpc/method_table.h"

#include <QRegularExpression>

namespace kith::cli {

namespace {

using rpc::RpcError;
using rpc::RpcResult;

RpcError usage(const QString &message, const QString &hint = {})
{
    return { rpc::ErrorCode::invalidParams, message, hint };
}

QStringList listOf(const Arguments &arguments, const char *name)
{
    QStringList all;
    for (const QString &value : arguments.values(name))
        all += value.split(u',', Qt::SkipEmptyParts);
    return all;
}

/// A type that no event has would wait for ever in silence.
RpcResult<void> checkTypes(const QStringList &types)
{
    QStringList known;
    for (const rpc::EventType &type : rpc::eventTable())
        known.append(QString::fromLatin1(type.name));
    for (const QString &type : types) {
        const QString near = nearest(type, known);
        if (!known.contains(type))
            return usage(QStringLiteral("there is no event type \"%1\"").arg(type),
                         near.isEmpty() ? QStringLiteral("there are: %1").arg(known.join(QStringLiteral(", ")))
                                        : QStringLiteral("did you mean: %1").arg(near));
    }
    return {};
}

/// Names and places have the form that the agent takes.
RpcResult<void> checkPlace(const ReceiveOptions &options)
{
    static const QRegularExpression name(QStringLiteral("^[a-z0-9_.:-]{1,64}\\z"));
    static const QRegularExpression cursor(QStringLiteral("^[0-9]{1,20}\\z"));
    if (!options.consumer.isEmpty() && !name.match(options.consumer).hasMatch())
        return usage(QStringLiteral("a consumer's name is 1 to 64 of a-z 0-9 _ . : -"));
    if (!options.since.isEmpty() && !cursor.match(options.since).hasMatch())
        return usage(QStringLiteral("--since needs a cursor"), QStringLiteral("the \"cursor\" of an event, or 0"));
    return {};
}

RpcResult<ReceiveOptions> optionsOf(const Arguments &arguments)
{
    ReceiveOptions options;
    if (arguments.has("since") && arguments.has("consumer"))
        return usage(QStringLiteral("--since reads without a consumer"), QStringLiteral("leave one of both out"));
    options.since = arguments.value("since");
    if (!arguments.has("since"))
        options.consumer = arguments.has("consumer") ? arguments.value("consumer") : QStringLiteral("default");
    options.types = listOf(arguments, "types");
    options.chats = arguments.values("chat");
    options.from = arguments.values("from");
    options.exec = arguments.values("exec");
    options.follow = arguments.has("follow");
    if (arguments.has("max")) {
        KITH_TRY(options.max, parseNumber(arguments.value("max"), 1, 1'000'000'000, "--max"));
    }
    if (arguments.has("until-idle")) {
        KITH_TRY(options.untilIdle, parseDuration(arguments.value("until-idle")));
    }
    const QString ack = arguments.has("ack") ? arguments.value("ack") : QStringLiteral("auto");
    if (ack != u"auto" && ack != u"manual")
        return usage(QStringLiteral("--ack is auto or manual"));
    options.manualAck = ack == u"manual";
    if (options.manualAck && options.consumer.isEmpty())
        return usage(QStringLiteral("--since acknowledges nothing"));
    KITH_CHECK(checkTypes(options.types));
    KITH_CHECK(checkPlace(options));
    return options;
}

int runReceive(Session &session, const Arguments &arguments)
{
    const auto options = optionsOf(arguments);
    if (!options)
        return session.fail(options.error());
    return Receiver(session, *options).run();
}

} // namespace

std::vector<Command> receiveCommands()
{
    return { { "receive",
               "print what happened since the last time, each event once",
               Agent::existing,
               runReceive,
               {},
               { { "--consumer", "NAME", "the durable reader whose place is kept (default); a new name begins now",
                   Complete::consumer },
                 { "--since", "CURSOR", "read from here without a consumer; nothing is acknowledged" },
                 { "--follow", nullptr, "wait for more" },
                 { "--max", "N", "end after N events" },
                 { "--until-idle", "T", "end when nothing came for this time" },
                 { "--types", "T,...", "only these event types", Complete::nothing, true },
                 { "--chat", "C", "only of this chat", Complete::chat, true },
                 { "--from", "U", "only from this user", Complete::user, true },
                 { "--ack", "HOW", "auto (default), or manual: lines \"ack CURSOR\" on standard input" },
                 { "--exec", "CMD...", "run a command for each event, which is its standard input; must be last",
                   Complete::command } },
               "receive --types message.received\n"
               "receive --consumer bot --follow --output jsonl --exec ./answer.sh" } };
}

} // namespace kith::cli
