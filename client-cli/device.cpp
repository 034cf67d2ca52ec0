// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

int runList(Session &session, const Arguments &arguments)
{
    QJsonObject params;
    if (arguments.has("USER"))
        params.insert(QStringLiteral("user"), arguments.value("USER"));
    static const Columns columns {
        { "NUMBER", "number" },   { "NAME", "name" },     { "ME", "me" },
        { "PRIMARY", "primary" }, { "ACTIVE", "active" }, { "ADDED", "addedAt" },
    };
    return session.showList("devices.list", params, columns);
}

} // namespace

std::vector<Command> deviceCommands()
{
    return { { "device list",
               "the devices of an account's signed list",
               Agent::existing,
               runList,
               { { "USER", "whose; yours without it", Complete::user, false } } } };
}

} // namespace kith::cli
