// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/secrets.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

const Columns &columns()
{
    static const Columns all {
        { "USER", "user" },     { "NAME", "name" },   { "DEVICE", "device" },
        { "SERVER", "server" }, { "STATE", "state" }, { "ACCOUNT", "account" },
    };
    return all;
}

rpc::RpcError usage(const QString &message, const QString &hint = {})
{
    return { rpc::ErrorCode::invalidParams, message, hint };
}

int runShow(Session &session, const Arguments &)
{
    return session.showObject("account.show", {}, columns());
}

int runSet(Session &session, const Arguments &arguments)
{
    QJsonObject params;
    for (const char *name : { "name", "about" }) {
        if (arguments.has(name))
            params.insert(QString::fromLatin1(name), arguments.value(name));
    }
    const QString receipts = arguments.value("receipts");
    if (arguments.has("receipts") && receipts != u"on" && receipts != u"off")
        return session.fail(usage(QStringLiteral("--receipts is on or off")));
    if (params.isEmpty() && !arguments.has("receipts"))
        return session.fail(
            usage(QStringLiteral("there is nothing to set"), QStringLiteral("see: kith help account set")));
    if (arguments.has("receipts")) {
        const auto set = session.call("privacy.set", { { QStringLiteral("receipts"), receipts == u"on" } });
        if (!set)
            return session.fail(set.error());
    }
    return params.isEmpty() ? runShow(session, arguments) : session.showObject("account.set", params, columns());
}

int runDelete(Session &session, const Arguments &arguments)
{
    const auto account = session.call("account.show");
    if (!account)
        return session.fail(account.error());
    const QString user = account->value(u"user").toString();
    QString typed = arguments.value("confirm");
    if (typed.isEmpty() && session.mayAsk()) {
        const auto line =
            askLine(QStringLiteral("This deletes %1 and its messages here. Type %1 to go on: ").arg(user));
        if (!line)
            return session.fail(line.error());
        typed = *line;
    }
    if (typed != user)
        return session.fail(
            usage(QStringLiteral("nothing was deleted"), QStringLiteral("confirm with: --confirm %1").arg(user)));
    return session.showSentence(
        "account.delete", { { QStringLiteral("confirm"), user } },
        [](const QJsonObject &result) { return QStringLiteral("deleted %1").arg(result.value(u"user").toString()); });
}

const Columns &privacyColumns()
{
    static const Columns all { { "RECEIPTS", "receipts" }, { "TRUST", "trust" } };
    return all;
}

int runPrivacyGet(Session &session, const Arguments &)
{
    return session.showObject("privacy.get", {}, privacyColumns());
}

int runPrivacySet(Session &session, const Arguments &arguments)
{
    QJsonObject params;
    const QString receipts = arguments.value("receipts"), trust = arguments.value("trust");
    if (arguments.has("receipts")) {
        if (receipts != u"on" && receipts != u"off")
            return session.fail(usage(QStringLiteral("--receipts is on or off")));
        params.insert(QStringLiteral("receipts"), receipts == u"on");
    }
    if (arguments.has("trust")) {
        if (trust != u"first-use" && trust != u"strict")
            return session.fail(usage(QStringLiteral("--trust is first-use or strict")));
        params.insert(QStringLiteral("trust"), trust == u"strict" ? trust : QStringLiteral("firstUse"));
    }
    if (params.isEmpty())
        return session.fail(
            usage(QStringLiteral("there is nothing to set"), QStringLiteral("see: kith help privacy set")));
    return session.showObject("privacy.set", params, privacyColumns());
}

} // namespace

std::vector<Command> accountCommands()
{
    const Option receipts { "--receipts", "on|off", "whether others learn that you have read" };
    return {
        { "account show", "your account", Agent::existing, runShow },
        { "account set",
          "change what others see",
          Agent::existing,
          runSet,
          {},
          { { "--name", "NAME", "your name" }, { "--about", "TEXT", "a line about you" }, receipts },
          "account set --name Alice --receipts off" },
        { "account delete",
          "delete the account and this profile's messages",
          Agent::existing,
          runDelete,
          {},
          { { "--confirm", "USER", "your user name, instead of being asked" } } },
        { "privacy get", "what others learn, and who is trusted", Agent::existing, runPrivacyGet },
        { "privacy set",
          "change what others learn, or who is trusted",
          Agent::existing,
          runPrivacySet,
          {},
          { receipts, { "--trust", "first-use|strict", "strict: send nothing before the safety number was verified" } },
          "privacy set --trust strict" },
    };
}

} // namespace kith::cli
