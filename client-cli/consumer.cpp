// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

const Columns &columns()
{
    static const Columns all {
        { "NAME", "name" },           { "CURSOR", "cursor" },   { "LAG", "lag" },
        { "CONNECTED", "connected" }, { "SEEN", "lastSeenAt" },
    };
    return all;
}

rpc::RpcError noConsumer()
{
    return { rpc::ErrorCode::notFound, QStringLiteral("there is no consumer of that name"),
             QStringLiteral("see: kith consumer list") };
}

int runList(Session &session, const Arguments &)
{
    return session.showList("consumers.list", { { QStringLiteral("limit"), 200 } }, columns(), "name");
}

int runShow(Session &session, const Arguments &arguments)
{
    const auto all = session.call("consumers.list", { { QStringLiteral("limit"), 200 } });
    if (!all)
        return session.fail(all.error());
    for (const QJsonValue &item : all->value(u"items").toArray()) {
        if (item.toObject().value(u"name").toString() == arguments.value("NAME")) {
            session.out().object(item.toObject(), columns());
            return 0;
        }
    }
    return session.fail(noConsumer());
}

int runReset(Session &session, const Arguments &arguments)
{
    const QJsonObject params { { QStringLiteral("name"), arguments.value("NAME") },
                               { QStringLiteral("to"),
                                 arguments.has("to") ? arguments.value("to") : QStringLiteral("start") } };
    return session.showObject("consumers.reset", params, columns());
}

int runRemove(Session &session, const Arguments &arguments)
{
    const auto result = session.call("consumers.remove", { { QStringLiteral("name"), arguments.value("NAME") } });
    if (!result)
        return session.fail(result.error());
    if (!result->value(u"removed").toBool())
        return session.fail(noConsumer());
    session.out().sentence(*result, QStringLiteral("removed %1").arg(result->value(u"name").toString()));
    return 0;
}

} // namespace

std::vector<Command> consumerCommands()
{
    const Word name { "NAME", "the consumer", Complete::consumer };
    return {
        { "consumer list", "the durable readers of events and their lag", Agent::existing, runList },
        { "consumer show", "one of them", Agent::existing, runShow, { name } },
        { "consumer reset",
          "move one to another place of the log",
          Agent::existing,
          runReset,
          { name },
          { { "--to", "WHERE", "start (default), end or a cursor" } } },
        { "consumer remove", "forget one", Agent::existing, runRemove, { name } },
    };
}

} // namespace kith::cli
