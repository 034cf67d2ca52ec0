// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway.h"

#include <algorithm>

namespace kith::server::gateway {

Gateway::Gateway(const Clock &clock, Timers &timers, const Settings &settings)
    : admission_(clock, settings.admission)
    , acceptor_(admission_, timers, [this](qintptr descriptor, Admission::Verdict verdict) {
        workers_[next_]->take(descriptor, std::move(verdict));
        next_ = (next_ + 1) % workers_.size();
    })
{
    for (int i = 0; i < std::max(1, settings.workers); ++i)
        workers_.push_back(std::make_unique<Worker>(clock, settings.worker));
}

Gateway::~Gateway()
{
    stop();
}

Result<void> Gateway::listen(const QHostAddress &address, quint16 port)
{
    return acceptor_.open(address, port);
}

void Gateway::drain(milliseconds spread)
{
    acceptor_.close();
    for (const auto &worker : workers_)
        worker->goAway(spread);
}

void Gateway::stop()
{
    acceptor_.close();
    workers_.clear();
}

std::optional<std::chrono::duration<double>> Gateway::answer(std::size_t index, milliseconds limit) const
{
    return workers_[index]->answer(limit);
}

std::optional<std::chrono::duration<double>> Gateway::answer(milliseconds limit) const
{
    std::chrono::duration<double> slowest { 0 };
    for (const auto &worker : workers_) {
        const auto took = worker->answer(limit);
        if (!took)
            return std::nullopt;
        slowest = std::max(slowest, *took);
    }
    return slowest;
}

} // namespace kith::server::gateway
