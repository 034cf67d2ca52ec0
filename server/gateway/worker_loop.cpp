// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/worker_loop.h"

#include "common/wire/codec.h"
#include "server/gateway/lean_upgrader.h"
#include "server/gateway/qt_upgrader.h"

#include <QCoreApplication>

#include <unistd.h>

namespace kith::server::gateway {

namespace {

constexpr long maxTurningAway = 256; // beyond this a word costs more than a cut

/// Ends a channel that nobody else wants.
void dismiss(std::unique_ptr<net::Channel> channel, QObject *parent, wire::CloseCode code, const QString &reason)
{
    auto *dismissed = channel.release();
    dismissed->setParent(parent);
    QObject::connect(dismissed, &net::Channel::closed, dismissed, &QObject::deleteLater);
    dismissed->close(code, reason);
}

} // namespace

WorkerLoop::WorkerLoop(const Clock &clock, WorkerSettings settings)
    : clock_(clock)
    , settings_(std::move(settings))
    , upgrader_(newUpgrader())
    , handlers_(settings_.makeHandlers(timers_))
{
}

WorkerLoop::~WorkerLoop()
{
    qDeleteAll(findChildren<net::Channel *>(Qt::FindDirectChildrenOnly));
    handlers_ = {};
    // Channels that were to die later die now, while what they share is there.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

std::unique_ptr<Upgrader> WorkerLoop::newUpgrader()
{
    auto arrived = [this](Upgrader::Arrival arrival) { onArrival(std::move(arrival)); };
    if (settings_.transport == Transport::qt)
        return std::make_unique<QtUpgrader>(settings_, clock_, timers_, std::move(arrived));
    return std::make_unique<LeanUpgrader>(settings_, clock_, timers_, std::move(arrived));
}

void WorkerLoop::take(int descriptor, Admission::Verdict verdict)
{
    if (!verdict.seat) {
        if (turning_.use_count() > maxTurningAway) {
            ::close(descriptor);
            return;
        }
        verdict.turning = turning_;
    }
    upgrader_->take(descriptor, std::move(verdict));
}

void WorkerLoop::onArrival(Upgrader::Arrival arrival)
{
    auto &[channel, verdict, speaksKith] = arrival;
    if (!verdict.seat)
        return turnAway(std::move(channel), verdict);
    connect(channel.get(), &QObject::destroyed, [seat = verdict.seat] {}); // frees the seat
    if (speaksKith)
        return handlers_.connected(std::move(channel));
    dismiss(std::move(channel), this, wire::CloseCode::policy, QStringLiteral("this server speaks kith.v1"));
}

void WorkerLoop::turnAway(std::unique_ptr<net::Channel> channel, const Admission::Verdict &verdict)
{
    connect(channel.get(), &QObject::destroyed, [turning = verdict.turning] {});
    channel->send(wire::encode(wire::ServerFrame { 0, wire::GoAway { verdict.retryAfter } }));
    dismiss(std::move(channel), this, wire::CloseCode::tryLater, QStringLiteral("come back later"));
}

} // namespace kith::server::gateway
