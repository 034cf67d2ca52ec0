// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/timers.h"

#include <QTimer>

namespace kith {

namespace {

struct QtHandle final : Timer::Handle {
    // deleteLater: the handle may die inside its own timeout, and QTimer must not be destroyed while it emits.
    QTimer *timer = new QTimer;
    ~QtHandle() override
    {
        timer->stop();
        timer->disconnect();
        timer->deleteLater();
    }
};

} // namespace

Timer QtTimers::after(milliseconds delay, std::function<void()> f)
{
    auto handle = std::make_unique<QtHandle>();
    handle->timer->setSingleShot(true);
    handle->timer->setTimerType(delay < milliseconds { 2000 } ? Qt::PreciseTimer : Qt::CoarseTimer);
    QObject::connect(handle->timer, &QTimer::timeout, [f = std::move(f)] {
        const auto call = f;
        call();
    });
    handle->timer->start(delay);
    return Timer(std::move(handle));
}

} // namespace kith
