// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/token_buckets.h"

#include <algorithm>

namespace kith {

/// One token bucket that one connection owns, for what it may do so many times a second. One thread; `clock` outlives
/// it.
class Allowance {
public:
    /// `factor` multiplies burst and refill; 0: no limit.
    Allowance(const Clock &clock, Rate rate, double factor = 1)
        : clock_(clock)
        , rate_ { rate.burst * factor, rate.perSecond * factor }
        , unlimited_(factor <= 0)
        , tokens_(rate_.burst)
        , filled_(clock.monotonic())
    {
    }

    bool take()
    {
        if (unlimited_)
            return true;
        const auto now = clock_.monotonic();
        const std::chrono::duration<double> passed = now - filled_;
        filled_ = now;
        tokens_ = std::min(rate_.burst, tokens_ + passed.count() * rate_.perSecond);
        if (tokens_ < 1)
            return false;
        tokens_ -= 1;
        return true;
    }

private:
    const Clock &clock_;
    Rate rate_;
    bool unlimited_;
    double tokens_;
    MonoTime filled_;
};

} // namespace kith
