// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace kith::server::keys {

/// Failed logins per (address, account): five a minute by default, then a pause that doubles with every further
/// failure, up to an hour (security LIM15). The pair, not the account alone, so that nobody can lock somebody else out.
/// Any thread; memory is bounded; fail-closed: in a crowd of failures unknown pairs wait too.
class FailedLogins {
public:
    /// `perMinute` failures are forgiven; 0: all are.
    FailedLogins(const Clock &clock, double perMinute, std::size_t maxPairs = 100'000);

    /// After a reload of the configuration.
    void setPerMinute(double perMinute) { allowed_ = perMinute; }

    /// How long `pair` has to wait, or nothing.
    std::optional<milliseconds> wait(const std::string &pair);
    void failed(const std::string &pair);
    void succeeded(const std::string &pair);

private:
    struct Record {
        int failures = 0;
        MonoTime last {};
        MonoTime blockedUntil {};
        milliseconds nextBlock { 0 };
    };
    void forgetOld(MonoTime now);

    const Clock &clock_;
    std::atomic<double> allowed_; ///< failures in a minute; 0: no limit
    std::size_t maxPairs_;
    std::mutex mutex_;
    std::unordered_map<std::string, Record> records_;
};

} // namespace kith::server::keys
