// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"
#include "client-cli/values.h"

namespace kith::cli {

namespace {

const Columns &columns()
{
    static const Columns all {
        { "URL", "url" },
        { "CONNECTION", "connection" },
        { "VERSION", "version" },
        { "REGISTRATION", "registration" },
        { "SERVER ID", "serverId" },
        { "PIN", "pin" },
    };
    return all;
}

int runShow(Session &session, const Arguments &)
{
    return session.showObject("server.show", {}, columns());
}

int runSet(Session &session, const Arguments &arguments)
{
    const QString typed = arguments.has("URL") ? arguments.value("URL") : arguments.value("server");
    if (typed.isEmpty())
        return session.fail({ rpc::ErrorCode::invalidParams, QStringLiteral("which server?"),
                              QStringLiteral("kith server set wss://host:port") });
    auto address = parseServerAddress(typed);
    if (!address)
        return session.fail(address.error());
    QJsonObject params { { QStringLiteral("server"), address->url } };
    const auto pin = arguments.has("pin") ? parsePin(arguments.value("pin")) : rpc::RpcResult<QString>(address->pin);
    if (!pin)
        return session.fail(pin.error());
    if (!pin->isEmpty())
        params.insert(QStringLiteral("pin"), *pin);
    return session.showObject("server.set", params, columns());
}

int runCheck(Session &session, const Arguments &arguments)
{
    const auto address = parseServerAddress(arguments.value("URL"));
    if (!address)
        return session.fail(address.error());
    QJsonObject params { { QStringLiteral("server"), address->url } };
    if (!address->pin.isEmpty())
        params.insert(QStringLiteral("pin"), address->pin);
    static const Columns report { { "URL", "url" },
                                  { "REGISTRATION", "registration" },
                                  { "SERVER ID", "serverId" },
                                  { "CERTIFICATE", "certificate" },
                                  { "LAB", "lab" },
                                  { "CLOCK AHEAD MS", "skewMs" } };
    return session.showObject("server.check", params, report);
}

int runPing(Session &session, const Arguments &)
{
    return session.showSentence("server.ping", {}, [](const QJsonObject &pong) {
        const double ms = pong.value(u"ms").toDouble();
        return QStringLiteral("%1 answers in %2 ms")
            .arg(pong.value(u"url").toString(), ms < 1 ? QStringLiteral("less than 1") : QString::number(ms, 'f', 1));
    });
}

} // namespace

std::vector<Command> serverCommands()
{
    Command set { "server set",
                  "move to another address of the same server",
                  Agent::existing,
                  runSet,
                  { { "URL", "wss://host:port or kith://server?...", Complete::nothing, false } } };
    set.setup = true;
    return {
        { "server show", "the account's server", Agent::existing, runShow },
        set,
        { "server check",
          "what a server says before there is an account",
          Agent::making,
          runCheck,
          { { "URL", "wss://host:port or kith://server?..." } },
          {},
          "server check wss://chat.example:8443" },
        { "server ping", "time of one round trip", Agent::existing, runPing },
    };
}

} // namespace kith::cli
