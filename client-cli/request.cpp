// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

int runList(Session &session, const Arguments &)
{
    static const Columns columns {
        { "USER", "user" },
        { "NAME", "name", Column::Kind::text, 24 },
        { "MESSAGES", "messages" },
        { "SINCE", "firstTs", Column::Kind::time },
        { "TEXT", "text", Column::Kind::text, 48 },
    };
    return session.showList("requests.list", { { QStringLiteral("limit"), 200 } }, columns, "user");
}

int runAccept(Session &session, const Arguments &arguments)
{
    return session.showSentence("requests.accept", { { QStringLiteral("user"), arguments.value("USER") } },
                                [](const QJsonObject &contact) {
                                    return QStringLiteral("accepted %1").arg(contact.value(u"user").toString());
                                });
}

int runRefuse(Session &session, const Arguments &arguments)
{
    QJsonObject params { { QStringLiteral("user"), arguments.value("USER") } };
    if (arguments.has("block"))
        params.insert(QStringLiteral("block"), true);
    return session.showSentence("requests.refuse", params, [](const QJsonObject &result) {
        return QStringLiteral("refused %1%2")
            .arg(result.value(u"user").toString(),
                 result.value(u"blocked").toBool() ? QStringLiteral(" and blocked") : QString());
    });
}

} // namespace

std::vector<Command> requestCommands()
{
    const Word user { "USER", "who asks", Complete::user };
    return {
        { "request list", "people who wrote and are not accepted yet", Agent::existing, runList },
        { "request accept", "accept somebody", Agent::existing, runAccept, { user }, {}, "request accept @mei" },
        { "request refuse",
          "refuse somebody and delete the chat",
          Agent::existing,
          runRefuse,
          { user },
          { { "--block", nullptr, "and refuse everything from them" } } },
    };
}

} // namespace kith::cli
