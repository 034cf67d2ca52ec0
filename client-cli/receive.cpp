// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/receiver.h"
#include "client-cli/values.h"

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
               { { "--consumer", "NAME", "the durable reader whose place is kept (default)", Complete::consumer },
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
