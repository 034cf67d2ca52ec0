// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/secrets.h"
#include "client-cli/session.h"
#include "client-cli/values.h"

#include <QFile>

namespace kith::cli {

namespace {

using rpc::RpcError;
using rpc::RpcResult;

constexpr qsizetype inviteLimit = 256;

RpcError usage(const QString &message, const QString &hint = {})
{
    return { rpc::ErrorCode::invalidParams, message, hint };
}

/// A value of an option, or what somebody types.
RpcResult<QString> valueOrAsk(Session &session, const char *option, const QString &prompt)
{
    if (session.options().has(option))
        return session.options().value(option);
    if (!session.mayAsk())
        return usage(QStringLiteral("--%1 is missing").arg(QString::fromLatin1(option)),
                     QStringLiteral("see: kith help register"));
    return askLine(prompt);
}

RpcResult<QString> inviteOf(const Arguments &arguments, const QProcessEnvironment &environment)
{
    if (arguments.has("invite"))
        return arguments.value("invite");
    const QString path = arguments.value("invite-file");
    if (path.isEmpty())
        return environment.value(QStringLiteral("KITH_INVITE"));
    if (path == u"-") {
        KITH_TRY(const QString text, readStandardInput(inviteLimit));
        return text.trimmed();
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return usage(QStringLiteral("the invite file cannot be opened"));
    return QString::fromUtf8(file.read(inviteLimit)).trimmed();
}

RpcResult<QJsonObject> paramsOf(Session &session, const Arguments &arguments)
{
    if (arguments.value("passphrase-file") == u"-" && arguments.value("invite-file") == u"-")
        return usage(QStringLiteral("only one thing can be read from standard input"));
    KITH_TRY(const QString typed,
             valueOrAsk(session, "server", QStringLiteral("Server (wss://host:port or kith://...): ")));
    KITH_TRY(ServerAddress server, parseServerAddress(typed));
    if (arguments.has("pin")) {
        KITH_TRY(server.pin, parsePin(arguments.value("pin")));
    }
    KITH_TRY(QString user, valueOrAsk(session, "user", QStringLiteral("User name: ")));
    if (user.startsWith(u'@'))
        user.remove(0, 1);
    QJsonObject params { { QStringLiteral("server"), server.url }, { QStringLiteral("user"), user } };
    if (!server.pin.isEmpty())
        params.insert(QStringLiteral("pin"), server.pin);
    if (arguments.has("name"))
        params.insert(QStringLiteral("name"), arguments.value("name"));
    KITH_TRY(const QString invite, inviteOf(arguments, session.environment()));
    if (!invite.isEmpty())
        params.insert(QStringLiteral("invite"), invite);
    return params;
}

/// Registers with the system's keyring; where there is none, a person may choose a passphrase instead.
Session::Answer registerWithKeyring(Session &session, QJsonObject params, milliseconds timeout)
{
    params.insert(QStringLiteral("unlock"), QJsonObject { { QStringLiteral("kind"), QStringLiteral("keyring") } });
    auto answer = session.call("account.register", params, timeout);
    if (answer || answer.error().code != rpc::ErrorCode::locked)
        return answer;
    if (!session.mayAsk()) {
        RpcError error = answer.error();
        error.hint = QStringLiteral("there is no keyring: use --passphrase-file, --passphrase-fd or --key-file");
        return error;
    }
    session.out().hint(QStringLiteral("no keyring answers: a passphrase will protect this profile"));
    KITH_TRY(const SecretBytes passphrase, askNewPassphrase());
    params.insert(QStringLiteral("unlock"), unlockWith(passphrase));
    return session.call("account.register", params, timeout);
}

int runRegister(Session &session, const Arguments &arguments)
{
    auto params = paramsOf(session, arguments);
    if (!params)
        return session.fail(params.error());
    const auto unlock = unlockFromOptions(arguments, session.environment());
    if (!unlock)
        return session.fail(unlock.error());
    const milliseconds timeout = session.timeout(milliseconds { 60000 });
    if (*unlock)
        params->insert(QStringLiteral("unlock"), **unlock);
    const auto answer =
        *unlock ? session.call("account.register", *params, timeout) : registerWithKeyring(session, *params, timeout);
    if (!answer)
        return session.fail(answer.error());
    session.out().sentence(*answer,
                           QStringLiteral("registered %1 on %2")
                               .arg(answer->value(u"user").toString(), answer->value(u"server").toString()));
    return 0;
}

} // namespace

std::vector<Command> registerCommands()
{
    Command command { "register",
                      "make an account on a server",
                      Agent::making,
                      runRegister,
                      {},
                      { { "--user", "U", "the user name" },
                        { "--name", "N", "the name that others see" },
                        { "--invite", "T", "an invite, where the server wants one (KITH_INVITE)" },
                        { "--invite-file", "F|-", "read the invite from a file or standard input", Complete::file } },
                      "register --server wss://chat.example:8443 --user alice\n"
                      "-p work register --server kith://server?host=... --user bob --passphrase-file secret" };
    for (const Option &option : secretOptions())
        command.options.push_back(option);
    command.setup = true;
    return { command };
}

} // namespace kith::cli
