// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

int runCheck(Session &session, const Arguments &)
{
    const auto result = session.call("db.check", {}, session.timeout(milliseconds { 600000 }));
    if (!result)
        return session.fail(result.error());
    const bool ok = result->value(u"ok").toBool();
    QStringList lines { ok ? QStringLiteral("the database is whole") : QStringLiteral("the database is damaged") };
    for (const QJsonValue &problem : result->value(u"problems").toArray())
        lines.append(problem.toString());
    session.out().sentence(*result, lines.join(u'\n'));
    return ok ? 0 : 1;
}

int runStats(Session &session, const Arguments &)
{
    static const Columns columns { { "BYTES", "bytes" },       { "MESSAGES", "messages" }, { "CHATS", "chats" },
                                   { "CONTACTS", "contacts" }, { "EVENTS", "events" },     { "OUTBOX", "outbox" } };
    return session.showObject("db.stats", {}, columns);
}

} // namespace

std::vector<Command> storeCommands()
{
    return { { "db check", "check the database's integrity", Agent::existing, runCheck },
             { "db stats", "what the database holds", Agent::existing, runStats } };
}

} // namespace kith::cli
