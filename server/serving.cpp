// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/serving.h"

#include "common/base/log.h"
#include "common/net/web_socket_dialer.h"
#include "server/admin/admin_client.h"
#include "server/admin/config_values.h"
#include "server/gateway/lean/tls_context.h"
#include "server/gateway/session_set.h"
#include "server/tls_files.h"
#include "server/version.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>

namespace kith::server {

KITH_LOG_CATEGORY(logServer, "kith.admin")

namespace {

constexpr milliseconds drainSpread { 15'000 };
constexpr milliseconds drainTurn { 100 };
constexpr int drainTurns = 200; // 20 s, below systemd's TimeoutStopSec

Rate rateOf(const admin::RateValue &value)
{
    return { value.burst, value.perSecond };
}

wire::RegistrationMode modeOf(const admin::Config &config)
{
    if (config.registration.mode == "open")
        return wire::RegistrationMode::open;
    return config.registration.mode == "invite" ? wire::RegistrationMode::invite : wire::RegistrationMode::closed;
}

accounts::Settings accountSettings(const admin::Config &config)
{
    return { modeOf(config), config.registration.names, config.limits.rateFactor, rateOf(config.limits.registrations) };
}

keys::Settings keySettings(const admin::Config &config)
{
    return { config.limits.rateFactor, rateOf(config.limits.preKeys), config.limits.loginFailures.perSecond * 60,
             config.limits.devices };
}

delivery::Settings deliverySettings(const admin::Config &config)
{
    delivery::Settings settings;
    settings.rateFactor = config.limits.rateFactor;
    settings.pair = rateOf(config.limits.send);
    return settings;
}

gateway::AdmissionLimits admissionLimits(const admin::Config &config, int workers)
{
    const double accepts = config.limits.rateFactor <= 0 ? 0 : config.limits.accept.perSecond * workers;
    return { config.limits.connections, config.limits.perIp, accepts };
}

std::string keyFileOf(const admin::Config &config)
{
    return config.store.dataDir + "/server.key";
}

int workersOf(const admin::Config &config)
{
    return config.listen.workers > 0 ? config.listen.workers : std::max(1, QThread::idealThreadCount() - 1);
}

Error named(Error error, const char *key)
{
    return { error.code, std::string(key) + ": " + error.detail };
}

} // namespace

Serving::Serving(const admin::Config &config, const Ports &ports, World world, admin::ServerKey key)
    : config_(config)
    , ports_(ports)
    , world_(world)
    , key_(std::move(key))
    , accounts_(ports.accounts, ports.keys, ports.queues, world.clock, accountSettings(config))
    , keys_(ports.keys, ports.accounts, ports.queues, world.clock, world.metrics, keySettings(config))
    , delivery_(ports.queues, ports.accounts, world.clock, world.metrics, deliverySettings(config))
    , commands_({ ports.accounts, accounts_, delivery_, key_, world.clock, world.random, ports.checkpoint,
                  keyFileOf(config) },
                config.retention.invite)
    , upkeep_({ ports.queues, delivery_, world.clock, world.timers, world_.metrics })
{
    world_.metrics.gauge("kith_build_info", 1, std::string("version=\"") + versionText + '"');
    world_.metrics.gauge("kith_lab", 0, {});
}

Serving::~Serving()
{
    admin_.reset();
    health_.reset();
    if (gateway_)
        gateway_->stop();
}

Result<std::unique_ptr<Serving>> Serving::start(const admin::Config &config, const Ports &ports, World world,
                                                std::function<void()> onHealthy)
{
    KITH_TRY(auto key, admin::ServerKey::loadOrMake(keyFileOf(config), world.random));
    std::unique_ptr<Serving> serving(new Serving(config, ports, world, std::move(key)));
    KITH_CHECK(serving->listen(std::move(onHealthy)));
    return serving;
}

Result<gateway::WorkerSettings> Serving::workerSettings()
{
    gateway::WorkerSettings settings;
    if (!config_.listen.tlsCert.empty()) {
        KITH_TRY(auto tls, readTlsFiles(config_.listen.tlsCert, config_.listen.tlsKey));
        pin_ = net::pinOf(tls.certificate);
        settings.certificateHash = net::certificateHashOf(tls.certificate);
        auto context = gateway::TlsContext::make(tls.configuration);
        if (!context)
            return named(context.error(), "listen.tls_key");
        settings.tls = std::move(context).value();
    }
    gateway::ServerIdentity identity;
    identity.serverId = key_.serverId();
    identity.limits.queueMessages = config_.limits.queueMessages;
    identity.limits.frameBytes = config_.limits.frame;
    settings.transport = config_.listen.transport == "qt" ? gateway::Transport::qt : gateway::Transport::lean;
    settings.frameBytes = config_.limits.frame;
    gateway::SessionLimits limits;
    limits.rateFactor = config_.limits.rateFactor;
    limits.frameBytes = config_.limits.frame;
    settings.makeHandlers = gateway::SessionSet::handlers({ accounts_, keys_, delivery_ }, identity, world_.clock,
                                                          world_.random, world_.metrics, limits);
    return settings;
}

Result<void> Serving::listen(std::function<void()> onHealthy)
{
    const int workers = workersOf(config_);
    KITH_TRY(auto worker, workerSettings());
    gateway_ = std::make_unique<gateway::Gateway>(
        world_.clock, world_.timers,
        gateway::Gateway::Settings { workers, admissionLimits(config_, workers), std::move(worker) });
    const QHostAddress address(QString::fromStdString(config_.listen.gateway.host));
    if (auto opened = gateway_->listen(address, config_.listen.gateway.port); !opened)
        return named(opened.error(), "listen.gateway");

    health_ = std::make_unique<admin::Health>(admin::Health::Parts {
        gateway_->workers(), [this](std::size_t index, milliseconds limit) { return gateway_->answer(index, limit); },
        std::move(onHealthy), world_.metrics });
    auto listener = admin::AdminListener::open(
        config_.listen.admin, admin::runtimeFolderOf(config_.store.dataDir), world_.random,
        { [this] { return health_->isHealthy(); },
          [this] {
              const bool turning = health_->isHealthy(), store = ports_.isWritable(), draining = draining_;
              return QJsonObject { { "ready", turning && store && !draining },
                                   { "workers", turning },
                                   { "store", store },
                                   { "draining", draining } };
          },
          [this] {
              world_.metrics.gauge("kith_connections", gateway_->connections(), {});
              return world_.metrics.text();
          },
          QJsonObject { { "version", versionText }, { "protocol", wire::subprotocol }, { "lab", false } }, commands_ });
    if (!listener)
        return named(listener.error(), "listen.admin");
    admin_ = std::move(*listener);
    return {};
}

QJsonObject Serving::readiness() const
{
    const bool tls = !pin_.isEmpty();
    const admin::Endpoint real { config_.listen.gateway.host, gateway_->port() };
    QJsonObject ready { { "gateway",
                          QString(tls ? "wss://" : "ws://") + QString::fromStdString(admin::showEndpoint(real)) },
                        { "admin", QString::fromStdString(admin_->url()) },
                        { "pid", static_cast<qint64>(QCoreApplication::applicationPid()) } };
    if (tls)
        ready.insert("pin", "sha256:" + QString::fromStdString(toBase64Url(viewOf(pin_))));
    return ready;
}

void Serving::reload(const admin::Config &config)
{
    for (const auto &name : admin::keysThatNeedARestart(config_, config))
        qCWarning(logServer, "%s changed: that needs a restart", name.c_str());
    accounts_.reload(accountSettings(config));
    keys_.reload(keySettings(config));
    delivery_.reload(deliverySettings(config));
    ports_.queues.setRoom(config.limits.queueMessages, config.limits.queueBytes);
    commands_.setInviteLife(config.retention.invite);
    gateway_->admission().setLimits(admissionLimits(config, static_cast<int>(gateway_->workers())));
}

void Serving::drain(std::function<void()> done)
{
    draining_ = true;
    drained_ = std::move(done);
    gateway_->drain(drainSpread);
    waitForLeavers(drainTurns);
}

void Serving::waitForLeavers(int turnsLeft)
{
    if (turnsLeft == 0 || gateway_->connections() == 0)
        return drained_();
    drainTimer_ = world_.timers.after(drainTurn, [this, turnsLeft] { waitForLeavers(turnsLeft - 1); });
}

} // namespace kith::server
