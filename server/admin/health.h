// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "server/ports/metrics.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace kith::server::admin {

/// Asks every worker once a second, on a thread of its own, whether its event loop turns. isHealthy() is true while the
/// last round found an answer of each within 5 s.
class Health {
public:
    struct Parts {
        std::size_t workers = 0;
        /// How long worker `index` took to answer; nothing: not within `limit`. Called on Health's thread.
        std::function<std::optional<std::chrono::duration<double>>(std::size_t index, milliseconds limit)> ask;
        std::function<void()> onHealthy; ///< after each good round, on Health's thread: the watchdog
        Metrics &metrics;
    };
    explicit Health(Parts parts);
    ~Health();

    bool isHealthy() const { return healthy_; }

private:
    void rounds();

    Parts parts_;
    std::atomic<bool> healthy_ { true };
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stop_ = false;
    std::thread thread_;
};

} // namespace kith::server::admin
