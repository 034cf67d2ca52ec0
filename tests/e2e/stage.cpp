// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/stage.h"

#include "common/rpc/agent_starter.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <sys/stat.h>

namespace kith::e2e {

namespace {

QProcessEnvironment cleanEnvironment()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &name : environment.keys())
        if (name.startsWith("KITH_") || name.startsWith("XDG_") || name == "DBUS_SESSION_BUS_ADDRESS")
            environment.remove(name);
    return environment;
}

} // namespace

QString programPath(const char *name)
{
    return qEnvironmentVariable("KITH_PROGRAMS", QStringLiteral(KITH_BIN_DIR)) + '/' + name;
}

QJsonObject Outcome::json() const
{
    return QJsonDocument::fromJson(out).object();
}

Outcome runProcess(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment,
                   const QByteArray &input, int deadlineMs)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(deadlineMs);
    if (!ended) {
        process.kill();
        process.waitForFinished(5'000);
    }
    const bool whole = ended && process.exitStatus() == QProcess::NormalExit;
    return { whole ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError() };
}

bool eventually(const std::function<bool()> &done, int deadlineMs)
{
    return QTest::qWaitFor(done, deadlineMs);
}

Server::Server(const QString &folder, QStringList extraArguments)
    : folder_(folder)
    , extraArguments_(std::move(extraArguments))
{
    QDir().mkpath(folder_);
}

Server::~Server()
{
    kill();
}

QProcessEnvironment Server::environment() const
{
    auto environment = cleanEnvironment();
    environment.insert("XDG_STATE_HOME", folder_ + "/state");
    environment.insert("XDG_RUNTIME_DIR", folder_ + "/run");
    environment.insert("XDG_CONFIG_HOME", folder_ + "/config");
    environment.insert(extra_);
    return environment;
}

bool Server::start()
{
    QDir().mkpath(folder_ + "/run");
    const QString listen = authority_.isEmpty() ? QStringLiteral("127.0.0.1:0") : authority_;
    process_ = std::make_unique<QProcess>();
    process_->setProcessEnvironment(environment());
    process_->setStandardErrorFile(logFile(), QIODevice::Append);
    process_->start(programPath("kith-server"),
                    QStringList { "run", "--dev", "--listen", listen, "--data-dir", dataDir(), "--listen-admin",
                                  "127.0.0.1:0", "--print-ready", "json" }
                        + extraArguments_);
    QByteArray line;
    const bool told = eventually([&] {
        line += process_->readAllStandardOutput();
        return line.contains('\n') || process_->state() == QProcess::NotRunning;
    });
    ready_ = QJsonDocument::fromJson(line.left(line.indexOf('\n'))).object();
    if (!url().isEmpty())
        authority_ = QUrl(url()).authority();
    return told && !url().isEmpty();
}

void Server::kill()
{
    if (!process_)
        return;
    process_->kill();
    process_->waitForFinished(10'000);
}

bool Server::stop()
{
    process_->terminate();
    return process_->waitForFinished(30'000) && process_->exitStatus() == QProcess::NormalExit
        && process_->exitCode() == 0;
}

bool Server::isRunning() const
{
    return process_ && process_->state() == QProcess::Running;
}

int Server::deathSignal() const
{
    const bool died = process_ && !isRunning() && process_->exitStatus() == QProcess::CrashExit;
    return died ? process_->exitCode() : 0;
}

Outcome Server::command(const QStringList &arguments)
{
    return runProcess(programPath("kith-server"), arguments, environment());
}

Person::Person(const QString &folder, const QString &name)
    : folder_(folder + '/' + name)
    , name_(name)
    , environment_(cleanEnvironment())
{
    for (const char *part : { "data", "config", "state", "cache", "run" })
        QDir().mkpath(folder_ + '/' + part);
    ::chmod(qPrintable(folder_ + "/run"), 0700);
    environment_.insert("XDG_DATA_HOME", folder_ + "/data");
    environment_.insert("XDG_CONFIG_HOME", folder_ + "/config");
    environment_.insert("XDG_STATE_HOME", folder_ + "/state");
    environment_.insert("XDG_CACHE_HOME", folder_ + "/cache");
    environment_.insert("XDG_RUNTIME_DIR", folder_ + "/run");
    environment_.insert("KITH_AGENT_BIN", programPath("kith"));
    QFile key(keyFile());
    if (key.open(QIODevice::WriteOnly)) {
        key.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        key.write("a key file of the tests: " + folder_.toUtf8());
    }
}

Person::~Person()
{
    client_.reset();
    killAgent();
}

Outcome Person::kith(const QStringList &arguments, const QByteArray &input, int deadlineMs) const
{
    return runProcess(programPath("kith"), QStringList { "-p", name_, "--no-input" } + arguments, environment_, input,
                      deadlineMs);
}

Outcome Person::enrol(const Server &server, const QStringList &more) const
{
    return kith(QStringList { "register", "--server", server.url(), "--user", name_, "--key-file", keyFile() } + more);
}

std::optional<qint64> Person::agentPid() const
{
    QFile lock(profileDir() + "/lock");
    if (!lock.open(QIODevice::ReadOnly))
        return {};
    const qint64 pid = lock.readAll().trimmed().toLongLong();
    if (pid <= 1 || ::kill(static_cast<pid_t>(pid), 0) != 0)
        return {};
    QFile command(QStringLiteral("/proc/%1/cmdline").arg(pid)); // a pid may be used again by a stranger
    if (!command.open(QIODevice::ReadOnly) || !command.readAll().contains("agent"))
        return {};
    return pid;
}

bool Person::killAgent()
{
    client_.reset();
    const auto pid = agentPid();
    if (!pid)
        return false;
    ::kill(static_cast<pid_t>(*pid), SIGKILL);
    return eventually([this, pid] { return agentPid() != pid; }, 10'000); // a front end may have started the next one
}

bool Person::stopAgent()
{
    client_.reset();
    if (!agentPid())
        return true;
    kith({ "agent", "stop" });
    return eventually([this] { return !agentPid(); }, 10'000);
}

std::shared_ptr<rpc::Client> Person::link()
{
    if (client_ && client_->isOpen())
        return client_;
    if (!agentPid())
        kith({ "chats" }); // an agent inherits its starter's environment: it must be hers, not this test's
    const auto paths = rpc::resolvePaths(environment_, { name_, {}, {} });
    if (!paths)
        return nullptr;
    rpc::StartOptions options { *paths, { "e2e", "1" }, programPath("kith"), {}, true };
    auto starter = std::make_unique<rpc::AgentStarter>(options, timers_, clock_);
    bool done = false;
    client_.reset();
    starter->start().then(starter.get(), [&](rpc::RpcResult<std::shared_ptr<rpc::Client>> client) {
        done = true;
        if (client)
            client_ = *client;
        else
            qWarning() << name_ << "has no agent:" << client.error().message;
    });
    eventually([&] { return done; });
    return client_;
}

rpc::RpcResult<QJsonValue> Person::call(const QString &method, const QJsonObject &params, int deadlineMs)
{
    std::optional<rpc::RpcResult<QJsonValue>> answer;
    const auto client = link();
    if (!client)
        return rpc::RpcError { rpc::ErrorCode::stopping, "no agent" };
    QObject context;
    client->call(method, params, milliseconds { deadlineMs }).then(&context, [&](rpc::RpcResult<QJsonValue> result) {
        answer = std::move(result);
    });
    eventually([&] { return answer.has_value(); }, deadlineMs + 1'000);
    return answer ? *answer : rpc::RpcResult<QJsonValue>(rpc::RpcError { rpc::ErrorCode::timeout, "no answer" });
}

} // namespace kith::e2e
