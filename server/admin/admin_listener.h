// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/mailbox.h"
#include "common/base/result.h"
#include "server/admin/admin_commands.h"
#include "server/admin/config.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace kith::server::admin {

/// The HTTP listener for operators: /healthz, /readyz, /metrics, /version, POST /admin/v1/<command>. On threads of its
/// own, on loopback only; `Host` must be its own address and a request with `Origin` is refused, so that no web page
/// can reach it. Commands need the bearer token and run on the thread that opened the listener.
class AdminListener {
public:
    struct Parts {
        std::function<bool()> isHealthy; ///< any thread; may wait
        std::function<QJsonObject()> readiness; ///< any thread; "ready" is a bool
        std::function<std::string()> metrics; ///< any thread
        QJsonObject version;
        AdminCommands &commands; ///< called on the opener's thread
    };

    /// Listens, and writes `admin.token` and `admin.url` into the private folder `runtimeFolder`. Errors: busy (the
    /// port), io, permission, full, internal.
    static Result<std::unique_ptr<AdminListener>> open(const Endpoint &endpoint, const std::string &runtimeFolder,
                                                       Random &random, const Parts &parts);
    ~AdminListener();

    /// http://host:port with the real port.
    const std::string &url() const { return url_; }

private:
    struct Http;
    AdminListener(Parts parts, std::string token);
    void route();
    void refuseStrangers();
    AdminCommands::Answer runCommand(const std::string &command, const QJsonObject &arguments);

    Parts parts_;
    std::string token_;
    std::string url_;
    std::string host_; ///< host:port
    std::string runtimeFolder_;
    std::shared_ptr<Mailbox> home_; // shared: the thread of the opener may end first
    std::unique_ptr<Http> http_;
};

} // namespace kith::server::admin
