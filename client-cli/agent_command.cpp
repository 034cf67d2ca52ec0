// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/agent/agent.h"
#include "client-cli/commands.h"
#include "client-cli/secrets.h"
#include "client-cli/session.h"
#include "client-cli/values.h"
#include "common/base/durable_file.h"
#include "common/rpc/message.h"

#include <QFile>

#include <unistd.h>

namespace kith::cli {

namespace {

using rpc::ErrorCode;
using rpc::RpcError;

/// Tells the front end that started this agent why it ends at once.
int refuseToRun(Session &session, int readyFd, const RpcError &error)
{
    if (readyFd >= 0) {
        const QByteArray line = rpc::readyLine(error);
        if (::write(readyFd, line.constData(), static_cast<std::size_t>(line.size())) < 0)
            return session.fail(error); // it is gone: nobody but the log hears
        ::close(readyFd);
    }
    return session.fail(error);
}

int runAgent(Session &session, const Arguments &arguments)
{
    agent::Options options;
    if (arguments.has("ready-fd"))
        options.readyFd = arguments.value("ready-fd").toInt();
    const auto settings = Settings::load(session.paths(), session.environment());
    if (!settings)
        return refuseToRun(session, options.readyFd, settings.error());
    for (const Setting &setting : settings->all())
        options.settings.push_back({ setting.name, setting.value, setting.origin });
    options.changeSetting = [paths = session.paths()](const QString &name,
                                                      const QString &value) -> Result<agent::Setting> {
        KITH_TRY(const Setting changed, Settings::change(paths, name, value));
        return agent::Setting { changed.name, changed.value, changed.origin };
    };
    options.profile = session.paths().profile;
    options.activated = arguments.has("activated");
    options.foreground = arguments.has("foreground") || !options.activated;
    options.dataRoot = session.paths().dataRoot;
    options.configFile = session.paths().configFile;
    options.printReady = arguments.value("print-ready");
#ifdef KITH_HAS_AGENT
    return agent::run(options);
#else
    return refuseToRun(session, options.readyFd, { ErrorCode::unsupported, QStringLiteral("this build has no agent") });
#endif
}

int runStatus(Session &session, const Arguments &)
{
    static const Columns columns {
        { "PROFILE", "profile" }, { "STATE", "state" },     { "CONNECTION", "connection" },
        { "PID", "pid" },         { "VERSION", "version" }, { "USER", "user" },
        { "SERVER", "server" },   { "OUTBOX", "outbox" },   { "FRONT ENDS", "frontends" },
    };
    return session.showObject("agent.status", {}, columns);
}

/// Waits until nobody holds the profile any more: a command after `agent stop` must be able to start a new agent.
bool waitForRelease(Session &session, milliseconds limit)
{
    bool over = false;
    bool free = false;
    const Timer deadline = session.timers().after(limit, [&] {
        over = true;
        session.wake();
    });
    Timer look;
    std::function<void()> check = [&] {
        free = rpc::holderOf(session.paths()).isEmpty();
        if (!free)
            look = session.timers().after(milliseconds { 10 }, check);
        session.wake();
    };
    check();
    return session.waitUntil([&] { return free || over; }) && free;
}

int runStop(Session &session, const Arguments &arguments)
{
    const QString when = arguments.has("idle") ? QStringLiteral("idle") : QStringLiteral("now");
    const auto connected = session.connection();
    if (!connected && rpc::holderOf(session.paths()).isEmpty()) {
        session.out().sentence({ { QStringLiteral("schema"), 1 },
                                 { QStringLiteral("stopping"), false },
                                 { QStringLiteral("when"), when } },
                               QStringLiteral("no agent runs for profile %1").arg(session.paths().profile));
        return 0;
    }
    if (!connected)
        return session.fail(connected.error());
    const auto answer = session.call("agent.stop", { { QStringLiteral("when"), when } });
    if (!answer)
        return session.fail(answer.error());
    if (answer->value(u"stopping").toBool() && !waitForRelease(session, session.timeout(milliseconds { 10000 })))
        return session.fail({ ErrorCode::timeout, QStringLiteral("the agent is still ending") });
    session.out().sentence(*answer,
                           answer->value(u"stopping").toBool()
                               ? QStringLiteral("stopped the agent of profile %1").arg(session.paths().profile)
                               : QStringLiteral("the agent goes on: %1").arg(answer->value(u"reason").toString()));
    return 0;
}

int runLock(Session &session, const Arguments &)
{
    return session.showSentence("agent.lock", {},
                                [](const QJsonObject &result) { return result.value(u"state").toString(); });
}

int runUnlock(Session &session, const Arguments &arguments)
{
    auto unlock = unlockFromOptions(arguments, session.environment());
    if (arguments.has("recovery-file")) {
        const auto key = unlockWithRecoveryKey(arguments.value("recovery-file"));
        if (!key)
            return session.fail(key.error());
        unlock = std::optional(*key);
    }
    if (!unlock)
        return session.fail(unlock.error());
    const auto attempt = [&session](QJsonObject params) {
        params.insert(QStringLiteral("slot"), params.take(u"kind"));
        return session.call("agent.unlock", params);
    };
    auto answer = attempt(*unlock ? **unlock : QJsonObject { { QStringLiteral("kind"), QStringLiteral("keyring") } });
    if (!answer && !*unlock && session.mayAsk()) {
        const auto passphrase =
            askPassphrase(QStringLiteral("Passphrase of profile %1: ").arg(session.paths().profile));
        if (!passphrase)
            return session.fail(passphrase.error());
        answer = attempt(unlockWith(*passphrase));
    }
    if (!answer)
        return session.fail(answer.error());
    session.out().sentence(*answer, answer->value(u"state").toString());
    return 0;
}

int runLog(Session &session, const Arguments &arguments)
{
    const auto count =
        parseNumber(arguments.has("lines") ? arguments.value("lines") : QStringLiteral("50"), 1, 100'000, "-n");
    if (!count)
        return session.fail(count.error());
    constexpr std::size_t limit = 8 * 1024 * 1024; // the agent turns its log over at 4 MiB
    const auto text = readWhole(QFile::encodeName(session.paths().logFile).toStdString(), limit);
    if (!text)
        return session.fail(
            { ErrorCode::notFound, QStringLiteral("there is no log at %1").arg(session.paths().logFile) });
    QList<QByteArray> lines = text->split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    writeOut(lines.mid(std::max<qsizetype>(0, lines.size() - *count)).join('\n') + '\n');
    return 0;
}

} // namespace

std::vector<Command> agentCommands()
{
    Command unlock { "agent unlock", "open the locked store", Agent::existing, runUnlock };
    unlock.options = secretOptions();
    unlock.options.push_back(
        { "--recovery-file", "F|-", "read the recovery key's line from a file or standard input", Complete::file });
    return {
        { "agent",
          "run the agent of a profile",
          Agent::local,
          runAgent,
          {},
          { { "--foreground", nullptr, "until it is told to end; log to standard error" },
            { "--print-ready", "json", "a line on standard output when it can be reached" },
            { "--activated", nullptr, "started by a front end: ends when nobody needs it" },
            { "--ready-fd", "N", "a descriptor that hears when it can be reached" } },
          "agent --foreground" },
        { "agent status", "what the agent is doing", Agent::running, runStatus },
        { "agent stop",
          "end the agent; it starts again when needed",
          Agent::running,
          runStop,
          {},
          { { "--idle", nullptr, "only if nothing runs" } } },
        { "agent lock", "wipe the keys and close the store", Agent::running, runLock },
        unlock,
        { "agent log",
          "the end of the agent's log",
          Agent::local,
          runLog,
          {},
          { { "-n,--lines", "N", "how many lines (50)" } } },
    };
}

} // namespace kith::cli
