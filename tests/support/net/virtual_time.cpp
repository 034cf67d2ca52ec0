// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/net/virtual_time.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEvent>
#include <QThread>

namespace kith::support {

struct VirtualTime::Pending final : Timer::Handle {
    std::weak_ptr<Queue> queue;
    Key key;
    ~Pending() override
    {
        if (const auto all = queue.lock())
            all->erase(key);
    }
};

VirtualTime::VirtualTime(WallTime start) : wallMs_(toMs(start)) { }

WallTime VirtualTime::now() const
{
    return fromMs(wallMs_.load());
}

MonoTime VirtualTime::monotonic() const
{
    return MonoTime { milliseconds { monoMs_.load() } };
}

Timer VirtualTime::after(milliseconds delay, std::function<void()> f)
{
    auto handle = std::make_unique<Pending>();
    handle->queue = queue_;
    handle->key = { monotonic() + std::max(delay, milliseconds { 0 }), next_++ };
    queue_->emplace(handle->key, std::move(f));
    return Timer(std::move(handle));
}

void VirtualTime::drainEvents()
{
    auto *loop = QAbstractEventDispatcher::instance();
    for (int turn = 0; turn < 10'000; ++turn) { // a loop that never gets quiet is the test's bug, not a hang
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (!loop || !loop->processEvents(QEventLoop::AllEvents))
            return;
    }
    qFatal("the event loop does not get quiet");
}

bool VirtualTime::runDue(MonoTime until)
{
    const auto first = queue_->begin();
    if (first == queue_->end() || first->first.first > until)
        return false;
    const auto step = first->first.first - monotonic();
    if (step > milliseconds { 0 }) {
        wallMs_ += step.count();
        monoMs_ += step.count();
    }
    const auto call = std::move(first->second);
    queue_->erase(first);
    call();
    return true;
}

void VirtualTime::advance(milliseconds by)
{
    const MonoTime target = monotonic() + by;
    do
        drainEvents();
    while (runDue(target));
    wallMs_ += (target - monotonic()).count();
    monoMs_ = target.time_since_epoch().count();
}

bool VirtualTime::advanceUntil(const std::function<bool()> &reached, milliseconds limit, milliseconds step)
{
    const MonoTime end = monotonic() + limit;
    runUntilIdle();
    while (!reached() && monotonic() < end)
        advance(step);
    return reached();
}

void VirtualTime::jumpWall(milliseconds by)
{
    wallMs_ += by.count();
}

bool VirtualTime::turnUntil(const std::function<bool()> &reached, milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    runUntilIdle();
    while (!reached() && !deadline.hasExpired()) {
        QThread::yieldCurrentThread();
        runUntilIdle();
    }
    return reached();
}

} // namespace kith::support
