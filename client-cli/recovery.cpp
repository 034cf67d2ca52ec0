// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

int runCreate(Session &session, const Arguments &)
{
    const auto made = session.call("recovery.create");
    if (!made)
        return session.fail(made.error());
    session.out().sentence(*made, made->value(u"recoveryKey").toString());
    session.out().hint(QStringLiteral("write it down and keep it away from this computer: it is shown once"));
    return 0;
}

int runSlots(Session &session, const Arguments &)
{
    static const Columns columns { { "ID", "id" }, { "PATH", "path" } };
    return session.showList("slots.list", {}, columns, "id");
}

int runRemove(Session &session, const Arguments &arguments)
{
    return session.showSentence(
        "slots.remove", { { QStringLiteral("id"), arguments.value("ID") } }, [](const QJsonObject &result) {
            return QStringLiteral("%1 opens the profile no longer").arg(result.value(u"id").toString());
        });
}

} // namespace

std::vector<Command> recoveryCommands()
{
    return {
        { "recovery create",
          "make and show a recovery key, which opens this profile",
          Agent::existing,
          runCreate,
          {},
          {},
          "recovery create\nagent unlock --recovery-file -" },
        { "slot list", "the ways to open this profile", Agent::existing, runSlots },
        { "slot remove",
          "remove a way to open this profile, never the last",
          Agent::existing,
          runRemove,
          { { "ID", "as slot list prints it" } } },
    };
}

} // namespace kith::cli
