// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

const Columns &columns()
{
    static const Columns all {
        { "USER", "user" },
        { "NAME", "name", Column::Kind::text, 32 },
        { "RELATION", "relation" },
        { "TRUST", "trust" },
    };
    return all;
}

QJsonObject userOf(const Arguments &arguments)
{
    return { { QStringLiteral("user"), arguments.value("USER") } };
}

int runList(Session &session, const Arguments &)
{
    return session.showList("contacts.list", { { QStringLiteral("limit"), 200 } }, columns(), "user");
}

int runShow(Session &session, const Arguments &arguments)
{
    return session.showObject("contacts.get", userOf(arguments), columns());
}

int runAdd(Session &session, const Arguments &arguments)
{
    QJsonObject params = userOf(arguments);
    if (arguments.has("name"))
        params.insert(QStringLiteral("name"), arguments.value("name"));
    return session.showObject("contacts.add", params, columns());
}

int runRename(Session &session, const Arguments &arguments)
{
    QJsonObject params = userOf(arguments);
    params.insert(QStringLiteral("name"), arguments.value("NAME"));
    return session.showObject("contacts.rename", params, columns());
}

int runBlock(Session &session, const Arguments &arguments)
{
    return session.showObject("contacts.block", userOf(arguments), columns());
}

int runUnblock(Session &session, const Arguments &arguments)
{
    return session.showObject("contacts.unblock", userOf(arguments), columns());
}

int runRemove(Session &session, const Arguments &arguments)
{
    return session.showSentence("contacts.remove", userOf(arguments), [](const QJsonObject &result) {
        return QStringLiteral("removed %1; the history stays").arg(result.value(u"user").toString());
    });
}

} // namespace

std::vector<Command> contactCommands()
{
    const Word user { "USER", "@user, @user@server or a contact's name", Complete::user };
    const auto existing = Agent::existing;
    return {
        { "contact list", "people you know", existing, runList },
        { "contact show", "one person", existing, runShow, { user } },
        { "contact add",
          "look somebody up and accept them",
          existing,
          runAdd,
          { user },
          { { "--name", "NAME", "what to call them here" } },
          "contact add @mei --name Mei" },
        { "contact rename",
          "call somebody something else here",
          existing,
          runRename,
          { user, { "NAME", "the new name; \"\" for their own" } } },
        { "contact block", "refuse everything from somebody", existing, runBlock, { user } },
        { "contact unblock", "undo a block", existing, runUnblock, { user } },
        { "contact remove", "forget somebody; the history stays", existing, runRemove, { user } },
    };
}

} // namespace kith::cli
