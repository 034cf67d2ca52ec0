// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/client-cli/program/kith_run.h"

#include <QDir>
#include <QEventLoop>
#include <QProcess>
#include <QTest>

#include <csignal>

namespace kith::test {

KithHome::KithHome() : documents_(QStringLiteral(KITH_SOURCE_DIR "/tests/data/json/documents.json"))
{
    const QString base = folder_.path();
    environment_.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    environment_.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    environment_.insert(QStringLiteral("HOME"), base);
    environment_.insert(QStringLiteral("XDG_RUNTIME_DIR"), base);
    environment_.insert(QStringLiteral("KITH_AGENT_BIN"), QStringLiteral("/nonexistent/kith"));
    if (const QString asan = qEnvironmentVariable("ASAN_OPTIONS"); !asan.isEmpty())
        environment_.insert(QStringLiteral("ASAN_OPTIONS"), asan);
    paths_ = *rpc::resolvePaths(environment_, {});
    QDir().mkpath(paths_.dataDir);
    QDir().mkpath(paths_.runtimeDir);
    for (const QString &path : { paths_.dataDir, paths_.runtimeDir })
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    agent_ = std::make_unique<FakeAgent>(paths_.socket, documents_);
}

Ran KithHome::run(const char *line, const QByteArray &input)
{
    return run(QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts), input);
}

Ran KithHome::run(const QStringList &words, const QByteArray &input)
{
    QProcess process;
    process.setProcessEnvironment(environment_);
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(20000, &loop, &QEventLoop::quit);
    process.start(QStringLiteral(KITH_BIN_DIR "/kith"), words);
    process.write(input);
    process.closeWriteChannel();
    loop.exec();
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
        return { -2, process.readAllStandardOutput(), process.readAllStandardError() };
    }
    return { process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
             process.readAllStandardError() };
}

Ran KithHome::interruptAt(const QString &method, const QStringList &words)
{
    QProcess process;
    process.setProcessEnvironment(environment_);
    process.start(QStringLiteral(KITH_BIN_DIR "/kith"), words);
    if (!QTest::qWaitFor([&] { return agent_->count(method) > 0; }, 20000))
        return {};
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20000))
        return {};
    return { process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError() };
}

} // namespace kith::test
