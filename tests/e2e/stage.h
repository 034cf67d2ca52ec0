// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/timers.h"
#include "common/rpc/client.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>

/// The built programs as processes on 127.0.0.1, each test in a temporary folder of its own (style 8.9).
namespace kith::e2e {

/// What a finished process left.
struct Outcome {
    int exit = -1; ///< -1: killed, or it did not end in time
    QByteArray out;
    QByteArray err;
    QJsonObject json() const; ///< standard output as one document
};

/// Runs `program` to its end. The deadline is part of the test: passing it kills the process and gives exit -1.
Outcome runProcess(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment,
                   const QByteArray &input = {}, int deadlineMs = 30'000);

/// Turns the event loop until `done` or the deadline; true when done.
bool eventually(const std::function<bool()> &done, int deadlineMs = 30'000);

/// A `kith-server` on a port that the system chose at the first start and that later starts keep.
class Server {
public:
    explicit Server(const QString &folder, QStringList extraArguments = {});
    ~Server();

    bool start();
    void kill(); ///< as kill -9
    bool stop(); ///< SIGTERM; true when it exited 0 in time
    bool isRunning() const;
    int deathSignal() const; ///< of the last start, once it ended; 0: it was none

    QString url() const { return ready_["gateway"].toString(); }
    QString admin() const { return ready_["admin"].toString(); }
    QString pin() const { return ready_["pin"].toString(); }
    qint64 pid() const { return process_ ? process_->processId() : 0; }
    QString dataDir() const { return folder_ + "/data"; }
    QString logFile() const { return folder_ + "/server.log"; }
    QProcessEnvironment environment() const;
    /// A command of the operator against this server.
    Outcome command(const QStringList &arguments);
    void setEnvironment(const QString &name, const QString &value) { extra_.insert(name, value); }

private:
    QString folder_;
    QStringList extraArguments_;
    QProcessEnvironment extra_;
    std::unique_ptr<QProcess> process_;
    QJsonObject ready_;
    QString authority_; ///< kept over starts that failed
};

/// A person with one profile on folders of her own: data, configuration, state and runtime never meet another's.
class Person {
public:
    Person(const QString &folder, const QString &name);
    ~Person();

    const QString &name() const { return name_; }
    QString address() const { return '@' + name_; }
    QString profileDir() const { return folder_ + "/data/kith/" + name_; }
    QString folder() const { return folder_; }
    QString keyFile() const { return folder_ + "/key"; }

    /// `kith -p NAME ARGUMENTS`.
    Outcome kith(const QStringList &arguments, const QByteArray &input = {}, int deadlineMs = 30'000) const;
    /// Registers with a key file; further arguments are appended.
    Outcome enrol(const Server &server, const QStringList &more = {}) const;

    std::optional<qint64> agentPid() const;
    bool killAgent(); ///< as kill -9; true when there was one
    bool stopAgent();

    /// A JSON-RPC connection of this test; starts the agent when there is none. Null when that failed.
    std::shared_ptr<rpc::Client> link();
    /// Calls and waits.
    rpc::RpcResult<QJsonValue> call(const QString &method, const QJsonObject &params, int deadlineMs = 30'000);

    void setEnvironment(const QString &name, const QString &value) { environment_.insert(name, value); }
    const QProcessEnvironment &environment() const { return environment_; }

private:
    QString folder_;
    QString name_;
    QProcessEnvironment environment_;
    QtTimers timers_;
    SystemClock clock_;
    std::shared_ptr<rpc::Client> client_;
};

/// Of this build, or in the folder that KITH_PROGRAMS names: benches measure release builds.
QString programPath(const char *name);

} // namespace kith::e2e
