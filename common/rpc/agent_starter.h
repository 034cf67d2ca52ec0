// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/durable_file.h"
#include "common/base/task.h"
#include "common/base/timers.h"
#include "common/rpc/client.h"
#include "common/rpc/profile_paths.h"

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace kith::rpc {

/// Where a front end gets its agent from (cli 1.1).
struct StartOptions {
    ProfilePaths paths;
    ClientName name;
    QString program; ///< the `kith` binary, absolute
    QStringList agentArguments; ///< passed on to it: --data-dir, --config
    bool mayStart = true; ///< false: only connect (KITH_NO_AUTOSTART, --no-autostart)
    QString
        programVersion {}; ///< of `program`: an agent of an older version is replaced when idle (cli 1.5); "": never
};

/// The `kith` to run: KITH_AGENT_BIN, else the one beside the calling program, else the first in PATH; "" if none.
QString findAgentProgram(const QProcessEnvironment &environment, const QString &besideFolder);

/// Connects to the profile's agent, and starts one if there is none. One attempt per object; one thread; never blocks.
///
/// Nothing waits for a lock: whoever does not get the start lock looks at the socket until the winner's agent answers.
/// A held profile lock with a silent socket is given a moment, because an agent that just starts or ends looks like
/// that, then reported with the holder's pid.
class AgentStarter final : public QObject {
    Q_OBJECT
public:
    static constexpr milliseconds giveUpAfter { 5000 };
    static constexpr milliseconds lookAgainAfter { 15 };
    static constexpr milliseconds heldGrace { 300 };

    /// `timers` and `clock` outlive this.
    AgentStarter(StartOptions options, Timers &timers, const Clock &clock, QObject *parent = nullptr);
    ~AgentStarter() override;

    /// A client that has said hello. Errors: stopping (exit 9) when there is no agent and none can be started, with its
    /// last log lines if it died; the agent's own error if it refused to run; unsupported.
    Task<RpcResult<std::shared_ptr<Client>>> start();
    /// The answer to hello of the client that start() gave.
    const QJsonObject &hello() const { return hello_; }
    /// Whether an agent process was started.
    bool hasSpawned() const { return spawned_; }
    /// Why the agent is an older one than `program`; empty when it is not.
    const QString &olderBecause() const { return olderBecause_; }

private:
    void connectOnce();
    void onHello(const QJsonObject &hello);
    void onConnectFailed(const RpcError &error);
    void replace(std::function<void(const QString &why)> ifItStays);
    void startOrWait();
    void spawn();
    void onPipe();
    void onReady(const RpcResult<void> &ready);
    void lookAgain();
    void fail(RpcError error);
    void closePipe();
    milliseconds elapsed() const;

    StartOptions options_;
    Timers &timers_;
    const Clock &clock_;
    MonoTime begun_;
    std::optional<MonoTime> heldSince_;
    Promise<RpcResult<std::shared_ptr<Client>>> promise_;
    std::shared_ptr<Client> client_; // shared: handed to the caller, who may drop this object first
    std::optional<FileLock> startLock_;
    std::unique_ptr<QSocketNotifier> notifier_;
    QByteArray said_;
    QJsonObject hello_;
    Timer timer_;
    Timer limit_;
    int pipe_ = -1;
    bool spawned_ = false;
    bool replaced_ = false; // asked once
    QString olderBecause_;
};

} // namespace kith::rpc
