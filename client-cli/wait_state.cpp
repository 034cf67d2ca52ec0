// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/wait_state.h"

#include "client-cli/commands.h"
#include "client-cli/values.h"

#include <QRegularExpression>

namespace kith::cli {

using rpc::ErrorCode;
using rpc::RpcError;

rpc::RpcResult<WaitTarget> parseWait(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^(queued|accepted|delivered|read)(?::(all|any|[1-9][0-9]{0,4}))?\\z"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return RpcError { ErrorCode::invalidParams, QStringLiteral("there is no such state to wait for"),
                          QStringLiteral(
                              "use queued, accepted, delivered or read; in groups also delivered:all, read:2") };
    return WaitTarget { match.captured(1), match.captured(2) };
}

Session::Answer waitFor(Session &session, const QString &mid, const WaitTarget &target, milliseconds timeout)
{
    constexpr milliseconds slack { 5000 }; // the agent's own deadline comes first
    QJsonObject params { { QStringLiteral("mid"), mid },
                         { QStringLiteral("state"), target.state },
                         { QStringLiteral("timeoutMs"), static_cast<qint64>(timeout.count()) } };
    if (!target.of.isEmpty())
        params.insert(QStringLiteral("of"), target.of);
    return session.call("messages.wait", params, timeout + slack);
}

RpcError heldProblem(const QString &to)
{
    return { ErrorCode::untrustedIdentity,
             QStringLiteral("the key of %1 changed or is not verified; the message is held").arg(to),
             QStringLiteral(
                 "compare it (kith safety show %1), then: kith safety reset %1 if it changed, else kith safety "
                 "verify %1")
                 .arg(to) };
}

RpcError waitProblem(const QJsonObject &result, const WaitTarget &target, const QString &to)
{
    if (rpc::errorCodeNamed(result.value(u"reason").toString()) == ErrorCode::untrustedIdentity)
        return heldProblem(to);
    const QString state = result.value(u"state").toString();
    QString hint = result.value(u"hint").toString();
    if (hint.isEmpty() && target.state == u"read" && state == u"delivered")
        hint = QStringLiteral("they may not have opened it, or do not let others know");
    if (state != u"failed")
        return { ErrorCode::timeout,
                 QStringLiteral("the message is %1, not yet %2; it stays on its way").arg(state, target.state), hint };
    const QString reason = result.value(u"reason").toString();
    const auto code = rpc::errorCodeNamed(reason);
    return {
        code ? *code : ErrorCode::refused,
        QStringLiteral("the message failed: %1").arg(reason.isEmpty() ? QStringLiteral("no reason given") : reason),
        hint
    };
}

namespace {

int runWait(Session &session, const Arguments &arguments)
{
    const auto target = parseWait(arguments.value("STATE"));
    if (!target)
        return session.fail(target.error());
    const auto id = parseMessageId(arguments.value("ID"));
    if (!id)
        return session.fail(id.error());
    const auto result = waitFor(session, *id, *target, session.timeout(milliseconds { 30000 }));
    if (!result)
        return session.fail(result.error());
    session.out().sentence(
        *result, QStringLiteral("%1 %2").arg(result->value(u"mid").toString(), result->value(u"state").toString()));
    return result->value(u"reached").toBool() ? 0 : session.fail(waitProblem(*result, *target));
}

} // namespace

std::vector<Command> waitCommands()
{
    return { { "wait",
               "wait until a message has reached a state",
               Agent::existing,
               runWait,
               { { "ID", "the message" }, { "STATE", "accepted, delivered or read", Complete::state } },
               {},
               "wait 01ARZ3NDEKTSV4RRFFQ69G5FAW delivered --timeout 5m" } };
}

} // namespace kith::cli
