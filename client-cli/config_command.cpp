// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

const Columns &columns()
{
    static const Columns all { { "NAME", "name" }, { "VALUE", "value" }, { "ORIGIN", "origin" } };
    return all;
}

int runGet(Session &session, const Arguments &arguments)
{
    return session.showObject("config.get", { { QStringLiteral("name"), arguments.value("NAME") } }, columns());
}

int runSet(Session &session, const Arguments &arguments)
{
    const QJsonObject params { { QStringLiteral("name"), arguments.value("NAME") },
                               { QStringLiteral("value"), arguments.value("VALUE") } };
    return session.showObject("config.set", params, columns());
}

int runList(Session &session, const Arguments &)
{
    return session.showList("config.list", {}, columns());
}

int runPath(Session &session, const Arguments &)
{
    const QString path = session.paths().configFile;
    session.out().sentence({ { QStringLiteral("schema"), 1 }, { QStringLiteral("path"), path } }, path);
    return 0;
}

} // namespace

std::vector<Command> configCommands()
{
    const Word name { "NAME", "a name of config.toml, as agent.linger" };
    return { { "config get", "one setting", Agent::existing, runGet, { name } },
             { "config set",
               "change one setting in your file",
               Agent::existing,
               runSet,
               { name, { "VALUE", "the new value" } },
               {},
               "config set agent.linger forever" },
             { "config list", "all settings and where they are from", Agent::existing, runList },
             { "config path", "where your config.toml is", Agent::local, runPath } };
}

} // namespace kith::cli
