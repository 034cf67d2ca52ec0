// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/health.h"

#include <string>

namespace kith::server::admin {

namespace {
constexpr milliseconds between { 1'000 };
constexpr milliseconds limit { 5'000 };
} // namespace

Health::Health(Parts parts) : parts_(std::move(parts)), thread_([this] { rounds(); }) { }

Health::~Health()
{
    {
        const std::scoped_lock lock(mutex_);
        stop_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Health::rounds()
{
    std::unique_lock lock(mutex_);
    while (!stop_) {
        lock.unlock();
        bool all = true;
        for (std::size_t i = 0; i < parts_.workers; ++i) {
            const auto took = parts_.ask(i, limit);
            parts_.metrics.observe("kith_worker_loop_seconds", took.value_or(limit).count(),
                                   "worker=\"" + std::to_string(i) + '"');
            all = all && took.has_value();
        }
        healthy_ = all;
        if (all && parts_.onHealthy)
            parts_.onHealthy();
        lock.lock();
        wake_.wait_for(lock, between, [this] { return stop_; });
    }
}

} // namespace kith::server::admin
