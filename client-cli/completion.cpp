// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/completion_script.h"

#include "client-cli/commands.h"
#include "client-cli/session.h"

#include <QDir>

namespace kith::cli {

namespace {

/// An answer later than this would be felt in the shell (cli 6).
constexpr milliseconds patience { 80 };

int runCompletion(Session &session, const Arguments &arguments)
{
    const QString script = completionScript(arguments.value("SHELL"), commandTable());
    if (script.isEmpty())
        return session.fail({ rpc::ErrorCode::invalidParams, QStringLiteral("there is no completion for this shell"),
                              QStringLiteral("use bash, zsh or fish") });
    session.out().text(script);
    return 0;
}

QStringList fieldOf(Session &session, const char *method, const char *field)
{
    QStringList values;
    if (!session.connection())
        return values;
    const auto answer = session.call(method, { { QStringLiteral("limit"), 200 } }, patience);
    if (!answer)
        return values; // better nothing than a late or wrong word
    for (const QJsonValue &item : answer->value(u"items").toArray())
        values.append(item.toObject().value(QLatin1StringView(field)).toString());
    return values;
}

int runComplete(Session &session, const Arguments &arguments)
{
    const QString kind = arguments.value("KIND");
    QStringList values;
    if (kind == u"chat")
        values = fieldOf(session, "chats.list", "chat");
    else if (kind == u"user")
        values = fieldOf(session, "contacts.list", "user");
    else if (kind == u"consumer")
        values = fieldOf(session, "consumers.list", "name");
    else if (kind == u"profile")
        values =
            QDir(session.paths().dataRoot).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
    for (const QString &value : values) {
        if (!value.contains(u'\n'))
            session.out().text(value + u'\n');
    }
    return 0;
}

} // namespace

std::vector<Command> completionCommands()
{
    Command complete { "__complete",
                       "words for a shell",
                       Agent::running,
                       runComplete,
                       { { "KIND", "chat, user, consumer or profile" } } };
    complete.hidden = true;
    return { { "completion",
               "a script that completes commands in your shell",
               Agent::none,
               runCompletion,
               { { "SHELL", "bash, zsh or fish", Complete::shell } },
               {},
               "completion bash > ~/.local/share/bash-completion/completions/kith" },
             complete };
}

} // namespace kith::cli
