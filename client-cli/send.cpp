// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/secrets.h"
#include "client-cli/values.h"
#include "client-cli/wait_state.h"

namespace kith::cli {

namespace {

using rpc::ErrorCode;
using rpc::RpcError;
using rpc::RpcResult;

constexpr qsizetype textLimit = 64 * 1024; // cli 2.1

RpcError usage(const QString &message, const QString &hint = {})
{
    return { ErrorCode::invalidParams, message, hint };
}

/// Whom and what: `-t TO TEXT`, or the short form `TO TEXT`.
struct Parts {
    QStringList to;
    QString text;
};

RpcResult<Parts> partsOf(const Arguments &arguments)
{
    QStringList words = arguments.values("TEXT");
    Parts parts { arguments.values("to"), {} };
    if (parts.to.isEmpty() && !words.isEmpty())
        parts.to.append(words.takeFirst());
    if (parts.to.isEmpty() || parts.to.contains(QString()))
        return usage(QStringLiteral("to whom?"), QStringLiteral("kith send -t @user \"text\""));
    if (words.size() > 1)
        return usage(QStringLiteral("the text must be one word for the shell"), QStringLiteral("put it in quotes"));
    parts.text = words.value(0, QStringLiteral("-"));
    if (parts.text == u"-") {
        if (words.isEmpty() && hasTerminal())
            return usage(QStringLiteral("there is no text"),
                         QStringLiteral("kith send -t @user \"text\", or - for standard input"));
        KITH_TRY(parts.text, readStandardInput(textLimit));
    }
    if (parts.text.isEmpty())
        return usage(QStringLiteral("the text is empty"));
    if (parts.text.toUtf8().size() > textLimit)
        return RpcError { ErrorCode::tooLarge, QStringLiteral("more than 64 KiB of text") };
    return parts;
}

RpcResult<QJsonObject> paramsOf(Session &session, const Arguments &arguments)
{
    KITH_TRY(const Parts parts, partsOf(arguments));
    QJsonObject params { { QStringLiteral("to"), QJsonArray::fromStringList(parts.to) },
                         { QStringLiteral("text"), parts.text } };
    if (arguments.has("reply-to")) {
        KITH_TRY(const QString parent, parseMessageId(arguments.value("reply-to")));
        params.insert(QStringLiteral("replyTo"), parent);
    }
    KITH_TRY(const QString made, session.newKey());
    const QString key = arguments.has("key") ? arguments.value("key") : made;
    if (key.isEmpty() || key.toUtf8().size() > 128)
        return usage(QStringLiteral("a key has 1 to 128 bytes"));
    params.insert(QStringLiteral("key"), key);
    return params;
}

int rank(const QString &state)
{
    const QStringList order { QStringLiteral("failed"), QStringLiteral("queued"), QStringLiteral("accepted"),
                              QStringLiteral("delivered"), QStringLiteral("read") };
    return static_cast<int>(order.indexOf(state));
}

/// What became of all targets: the first problem, and how many have one.
struct Outcome {
    std::optional<RpcError> problem;
    int bad = 0;

    void add(RpcError error)
    {
        ++bad;
        if (!problem)
            problem = std::move(error);
    }
};

RpcError faultOf(const QString &to, const QJsonObject &fault)
{
    const auto code = rpc::errorCodeNamed(fault.value(u"code").toString());
    if (code == ErrorCode::untrustedIdentity)
        return heldProblem(to);
    return { code ? *code : ErrorCode::refused, QStringLiteral("%1: %2").arg(to, fault.value(u"message").toString()),
             fault.value(u"hint").toString() };
}

/// Waits for one target and writes what it reached into it.
void waitForTarget(Session &session, QJsonObject &target, const WaitTarget &wish, milliseconds timeout,
                   Outcome &outcome)
{
    if (const QJsonValue fault = target.value(u"error"); fault.isObject()) {
        outcome.add(faultOf(target.value(u"to").toString(), fault.toObject()));
        return;
    }
    if (rank(target.value(u"state").toString()) >= rank(wish.state) && wish.of.isEmpty())
        return;
    const auto result = waitFor(session, target.value(u"mid").toString(), wish, timeout);
    if (!result) {
        outcome.add(result.error());
        return;
    }
    target.insert(QStringLiteral("state"), result->value(u"state"));
    if (result->contains(u"devices"))
        target.insert(QStringLiteral("devices"), result->value(u"devices"));
    if (!result->value(u"reached").toBool())
        outcome.add(waitProblem(*result, wish, target.value(u"to").toString()));
}

QString sentenceOf(const QJsonObject &document)
{
    QStringList lines;
    for (const QJsonValue &value : document.value(u"targets").toArray()) {
        const QJsonObject target = value.toObject();
        const QString state = target.value(u"state").toString();
        const QString verb = target.contains(u"error") ? QStringLiteral("not sent")
            : rank(state) >= 2                         ? QStringLiteral("sent")
                                                       : state;
        const int devices = target.value(u"devices").toInt();
        const QString count = devices == 0
            ? QString()
            : QStringLiteral(" (%1 device%2)").arg(devices).arg(devices == 1 ? QString() : QStringLiteral("s"));
        lines.append(QStringLiteral("%1 %2to %3%4")
                         .arg(verb,
                              target.value(u"mid").toString(QString())
                                  + (target.contains(u"mid") ? QStringLiteral(" ") : QString()),
                              target.value(u"to").toString(), count));
    }
    return lines.join(u'\n');
}

int runSend(Session &session, const Arguments &arguments)
{
    const auto wish = parseWait(arguments.has("wait") ? arguments.value("wait") : QStringLiteral("accepted"));
    if (!wish)
        return session.fail(wish.error());
    const auto params = paramsOf(session, arguments);
    if (!params)
        return session.fail(params.error());
    auto document = session.call("send", *params);
    if (!document)
        return session.fail(document.error());

    const milliseconds timeout = session.timeout(milliseconds { 30000 });
    QJsonArray targets = document->value(u"targets").toArray();
    Outcome outcome;
    QString least;
    for (qsizetype i = 0; i < targets.size(); ++i) {
        QJsonObject target = targets.at(i).toObject();
        waitForTarget(session, target, *wish, timeout, outcome);
        const QString state = target.value(u"state").toString();
        if (least.isEmpty() || rank(state) < rank(least))
            least = state;
        targets.replace(i, target);
    }
    document->insert(QStringLiteral("targets"), targets);
    document->insert(QStringLiteral("state"), least);
    session.out().sentence(*document, sentenceOf(*document));
    if (!outcome.problem)
        return 0;
    if (outcome.bad < targets.size() && !session.interrupt().isRaised()) {
        RpcError partly(ErrorCode::partial,
                        QStringLiteral("%1 of %2 targets failed; %3")
                            .arg(outcome.bad)
                            .arg(targets.size())
                            .arg(outcome.problem->message),
                        outcome.problem->hint);
        return session.fail(partly);
    }
    return session.fail(*outcome.problem);
}

} // namespace

std::vector<Command> sendCommands()
{
    return {
        { "send",
          "send a message",
          Agent::existing,
          runSend,
          { { "TEXT", "the text, or - for standard input; without -t, TO comes first", Complete::chat, false, true } },
          { { "-t,--to", "TO", "whom: @user, @user@server, me or a contact's name; may be repeated", Complete::chat,
              true },
            { "--reply-to", "ID", "the message it answers" },
            { "--wait", "STATE", "queued, accepted (default), delivered or read", Complete::state },
            { "--key", "KEY", "the same key sends once, however often it is called" } },
          "send -t @mei \"see you at eight\"\n"
          "send -t me -t @mei --wait delivered --timeout 1m \"hi\"\n"
          "date | kith send -t @mei -" }
    };
}

} // namespace kith::cli
