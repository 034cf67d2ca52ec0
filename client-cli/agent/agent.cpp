// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/agent/agent.h"

#include "client-cli/agent/agent_process.h"
#include "common/base/log.h"
#include "common/rpc/message.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonObject>

#include <csignal>
#include <cstdio>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kith::agent {

KITH_LOG_CATEGORY(logRun, "kith.agent")

namespace {

/// What `log.level` means in rules of Qt's logging; KITH_LOG comes behind it and wins.
QString logRules(const Options &options, const QProcessEnvironment &environment)
{
    QString level = QStringLiteral("info");
    for (const Setting &setting : options.settings) {
        if (setting.name == u"log.level")
            level = setting.value;
    }
    QString rules;
    if (level == u"debug")
        rules = QStringLiteral("kith.*.debug=true;");
    else if (level == u"warning")
        rules = QStringLiteral("*.info=false;");
    else if (level == u"critical")
        rules = QStringLiteral("*.info=false;*.warning=false;");
    return rules + environment.value(QStringLiteral("KITH_LOG"));
}

void openLog(const Options &options, const rpc::ProfilePaths &paths, const QProcessEnvironment &environment)
{
    const bool toFile =
        !options.foreground && makePrivateFolder(QFile::encodeName(QFileInfo(paths.logFile).path()).toStdString());
    startLogging(toFile ? fileSink(paths.logFile, LogFormat::text) : standardErrorSink(LogFormat::text),
                 logRules(options, environment));
}

/// Secrets stay in this process: no core file, no debugger of the same user, no file that others can read.
void harden()
{
    ::prctl(PR_SET_DUMPABLE, 0);
    ::umask(0077);
    ::signal(SIGPIPE, SIG_IGN);
}

void tell(int readyFd, const QByteArray &line)
{
    if (readyFd < 0)
        return;
    if (::write(readyFd, line.constData(), static_cast<std::size_t>(line.size())) < 0)
        qCWarning(logRun) << "who started this agent is gone";
    ::close(readyFd);
}

void printReady(const Options &options, const rpc::ProfilePaths &paths)
{
    if (options.printReady != u"json")
        return;
    const QByteArray line = rpc::toLine(QJsonObject { { QStringLiteral("ready"), true },
                                                      { QStringLiteral("pid"), QCoreApplication::applicationPid() },
                                                      { QStringLiteral("profile"), paths.profile },
                                                      { QStringLiteral("socket"), paths.socket } });
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fflush(stdout);
}

int refuse(const Options &options, const rpc::RpcError &error)
{
    qCWarning(logRun) << "not started:" << error.message;
    tell(options.readyFd, rpc::readyLine(error));
    return error.exitCode();
}

} // namespace

int run(const Options &options)
{
    harden();
    const auto environment = QProcessEnvironment::systemEnvironment();
    const auto paths = rpc::resolvePaths(environment, { options.profile, options.dataRoot, options.configFile });
    if (!paths)
        return refuse(options, paths.error());
    openLog(options, *paths, environment);
    AgentProcess process(options, *paths);
    if (const auto started = process.start(); !started)
        return refuse(options, started.error());
    qCInfo(logRun) << "ready, version" << KITH_VERSION;
    tell(options.readyFd, rpc::readyLine());
    printReady(options, *paths);
    return QCoreApplication::exec();
}

} // namespace kith::agent
