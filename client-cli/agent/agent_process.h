// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/agent/agent.h"
#include "client-cli/agent/desktop_keyring.h"
#include "client-cli/agent/termination.h"
#include "common/base/durable_file.h"
#include "common/client/profile.h"
#include "common/net/web_socket_dialer.h"
#include "common/rpc/profile_paths.h"
#include "common/rpc/service/service.h"

#include <QObject>

#include <memory>
#include <optional>

namespace kith::agent {

/// The agent of one profile as a process: takes the locks, binds, serves, lingers, ends (cli 1.1, 1.2). One thread.
class AgentProcess final : public QObject {
    Q_OBJECT
public:
    AgentProcess(const Options &options, rpc::ProfilePaths paths);
    ~AgentProcess() override;

    /// Up to the bound socket; the store opens afterwards. Errors: what the front end that started us should be told.
    rpc::RpcResult<void> start();

private:
    rpc::RpcResult<void> takeLocks();
    QString setting(const char *name) const;
    /// With nobody attached, ends after agent.linger if nothing is left to do.
    void planEnd();
    void planLock();
    bool isIdle();
    void finish();

    Options options_;
    rpc::ProfilePaths paths_;
    Termination termination_;
    SystemClock clock_;
    QtTimers timers_;
    SystemRandom random_;
    net::WebSocketDialer dialer_;
    DesktopKeyring keyring_;
    std::optional<FileLock> runtimeLock_;
    client::Profile profile_;
    rpc::service::Host host_;
    rpc::service::Service service_;
    Timer linger_;
    Timer lockTimer_;
    bool finishing_ = false;
};

} // namespace kith::agent
