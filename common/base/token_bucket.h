// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kith {

/// How much at once, and how much comes back each second.
struct Rate {
    double burst = 1;
    double perSecond = 1;

    Rate operator*(double factor) const { return { burst * factor, perSecond * factor }; }
};

/// One token bucket as a value: full at first, refilled by the time that passes. The rate is told at each call, so that
/// many buckets share one that may change; a smaller burst takes effect at once.
class TokenBucket {
public:
    TokenBucket(const Rate &rate, MonoTime now) : tokens_(rate.burst), at_(now) { }

    double tokens(const Rate &rate, MonoTime now) const
    {
        const auto passed = std::chrono::duration<double>(now - at_).count();
        return std::min(rate.burst, tokens_ + std::max(0.0, passed) * rate.perSecond);
    }

    /// Takes `amount`: nothing is returned when it was there, else the time until it is, and none was taken.
    std::optional<milliseconds> take(const Rate &rate, MonoTime now, double amount = 1)
    {
        tokens_ = tokens(rate, now);
        at_ = now;
        if (tokens_ >= amount) {
            tokens_ -= amount;
            return std::nullopt;
        }
        const double seconds = (std::min(amount, rate.burst) - tokens_) / rate.perSecond;
        return milliseconds { static_cast<std::int64_t>(std::ceil(std::max(0.0, seconds) * 1000)) + 1 };
    }

private:
    double tokens_;
    MonoTime at_;
};

} // namespace kith
