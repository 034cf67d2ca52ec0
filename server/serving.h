// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "server/admin/admin_listener.h"
#include "server/admin/config.h"
#include "server/admin/health.h"
#include "server/admin/prometheus_metrics.h"
#include "server/admin/server_key.h"
#include "server/admin/upkeep.h"
#include "server/gateway/gateway.h"
#include "server/gateway/session_parts.h"

#include <QJsonObject>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace kith::server {

/// The store's ports, whatever they are built on.
struct Ports {
    MessageQueue &queues;
    KeyDirectory &keys;
    AccountDirectory &accounts;
    std::function<bool()> isWritable; ///< any thread
    std::function<Task<Result<void>>(const std::string &)> checkpoint; ///< copies the store into a new folder
};

/// What a server of this configuration is made of, above its store: domains, gateway, admin listener, sweeps. Main
/// thread. Everything in Ports and World outlives it.
class Serving {
public:
    struct World {
        const Clock &clock;
        Timers &timers;
        Random &random;
        admin::PrometheusMetrics &metrics;
    };

    /// Listens. Errors: busy (a port; detail names the configuration key), permission, invalid (certificate), io.
    static Result<std::unique_ptr<Serving>> start(const admin::Config &config, const Ports &ports, World world,
                                                  std::function<void()> onHealthy);
    ~Serving();

    /// One JSON object: the real addresses, pid and, with TLS, the pin.
    QJsonObject readiness() const;
    /// Applies the keys that reload (server-ops 2, R).
    void reload(const admin::Config &config);
    /// No new connections; clients hear GoAway; `done` is called when they are gone, or after 20 s.
    void drain(std::function<void()> done);

private:
    Serving(const admin::Config &config, const Ports &ports, World world, admin::ServerKey key);
    Result<void> listen(std::function<void()> onHealthy);
    Result<gateway::WorkerSettings> workerSettings();
    void waitForLeavers(int turnsLeft);

    admin::Config config_;
    Ports ports_;
    World world_;
    admin::ServerKey key_;
    accounts::Accounts accounts_;
    keys::Keys keys_;
    delivery::Delivery delivery_;
    admin::AdminCommands commands_;
    admin::Upkeep upkeep_;
    std::unique_ptr<gateway::Gateway> gateway_;
    std::unique_ptr<admin::Health> health_;
    std::unique_ptr<admin::AdminListener> admin_;
    std::atomic<bool> draining_ { false };
    QByteArray pin_;
    std::function<void()> drained_;
    Timer drainTimer_;
};

} // namespace kith::server
