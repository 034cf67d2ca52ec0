// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/agent/agent_process.h"

#include "client-cli/agent/duration.h"
#include "common/base/log.h"

#include <QCoreApplication>
#include <QFile>

namespace kith::agent {

KITH_LOG_CATEGORY(logAgent, "kith.agent")

namespace {

constexpr milliseconds defaultLinger { 60'000 };
constexpr milliseconds lookAgain { 1'000 };

std::string fileName(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}

rpc::service::ServiceOptions serviceOptions(const Options &options, const rpc::ProfilePaths &paths)
{
    rpc::service::ServiceOptions result;
    result.profile = paths.profile;
    result.version = QStringLiteral(KITH_VERSION);
    result.dataDir = paths.dataDir;
    result.socket = paths.socket;
    result.processId = QCoreApplication::applicationPid();
    for (const Setting &setting : options.settings)
        result.settings.push_back({ setting.name, setting.value, setting.origin });
    result.changeSetting = [change = options.changeSetting](const QString &name,
                                                            const QString &value) -> Result<rpc::service::Setting> {
        if (!change)
            return Error { ErrorCode::unsupported, "settings cannot be changed here" };
        KITH_TRY(const Setting changed, change(name, value));
        return rpc::service::Setting { changed.name, changed.value, changed.origin };
    };
    return result;
}

rpc::RpcError heldBy(const std::string &pid)
{
    return { rpc::ErrorCode::stopping,
             QStringLiteral("the profile is held by process %1").arg(QString::fromStdString(pid)),
             QStringLiteral("wait for it to end, or end it") };
}

} // namespace

AgentProcess::AgentProcess(const Options &options, rpc::ProfilePaths paths)
    : options_(options)
    , paths_(std::move(paths))
    , dialer_(timers_)
    , profile_(fileName(paths_.dataDir), paths_.profile.toStdString(), keyring_, random_)
    , host_(profile_, client::World { clock_, timers_, random_, random_, dialer_ })
    , service_(host_, serviceOptions(options, paths_))
{
    connect(&termination_, &Termination::requested, this, &AgentProcess::finish);
    connect(&service_, &rpc::service::Service::stopRequested, this, &AgentProcess::finish);
    connect(&service_, &rpc::service::Service::peersChanged, this, &AgentProcess::planEnd);
    connect(&service_, &rpc::service::Service::called, this, &AgentProcess::planLock);
    connect(&service_, &rpc::service::Service::settingChanged, this, [this] {
        planEnd();
        planLock();
    });
}

AgentProcess::~AgentProcess() = default;

QString AgentProcess::setting(const char *name) const
{
    for (const auto &one : service_.options().settings) {
        if (one.name == QLatin1StringView(name))
            return one.value;
    }
    return {};
}

/// The runtime lock also keeps two agents of a profile apart that does not exist yet.
rpc::RpcResult<void> AgentProcess::takeLocks()
{
    KITH_CHECK(rpc::makeRuntimeFolder(paths_));
    auto runtimeLock = FileLock::take(fileName(paths_.socket) + ".lock");
    if (!runtimeLock)
        return runtimeLock.error().code == ErrorCode::busy ? heldBy(runtimeLock.error().detail)
                                                           : rpc::RpcError(runtimeLock.error());
    runtimeLock_ = std::move(*runtimeLock);
    if (const auto looked = profile_.look(); !looked) {
        if (looked.error().code == ErrorCode::busy)
            return heldBy(looked.error().detail);
        return rpc::service::toRpc(rpc::service::openFailure(looked.error()));
    }
    return {};
}

rpc::RpcResult<void> AgentProcess::start()
{
    KITH_CHECK(takeLocks());
    KITH_CHECK(service_.listen());
    QMetaObject::invokeMethod(
        this,
        [this] {
            host_.open();
            planEnd();
            planLock();
        },
        Qt::QueuedConnection);
    return {};
}

bool AgentProcess::isIdle()
{
    return host_.state() != rpc::service::HostState::opening && (!host_.engine() || host_.engine()->isIdle());
}

void AgentProcess::planEnd()
{
    linger_.cancel();
    const QString wanted = setting("agent.linger");
    if (finishing_ || options_.foreground || service_.peerCount() > 0 || wanted == u"forever")
        return;
    const auto check = [this](auto &&again) -> void {
        if (isIdle())
            return finish();
        linger_ = timers_.after(lookAgain, [again] { again(again); });
    };
    linger_ = timers_.after(durationOf(wanted).value_or(defaultLinger), [check] { check(check); });
}

void AgentProcess::planLock()
{
    lockTimer_.cancel();
    if (const auto after = durationOf(setting("lock.after")))
        lockTimer_ = timers_.after(*after, [this] { host_.lock(); });
}

void AgentProcess::finish()
{
    if (std::exchange(finishing_, true))
        return;
    qCInfo(logAgent) << "ending";
    linger_.cancel();
    lockTimer_.cancel();
    service_.stop();
    host_.stop(); // calls in flight end here
    service_.closePeers();
    QMetaObject::invokeMethod(
        this, [] { QCoreApplication::exit(0); }, Qt::QueuedConnection);
}

} // namespace kith::agent
