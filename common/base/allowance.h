// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/token_bucket.h"

namespace kith {

/// One token bucket that one connection owns, for what it may do so many times a second. One thread; `clock` outlives
/// it.
class Allowance {
public:
    /// `factor` multiplies burst and refill; 0: no limit.
    Allowance(const Clock &clock, Rate rate, double factor = 1)
        : clock_(clock)
        , rate_(rate * factor)
        , unlimited_(factor <= 0)
        , bucket_(rate_, clock.monotonic())
    {
    }

    bool take() { return unlimited_ || !bucket_.take(rate_, clock_.monotonic()); }

private:
    const Clock &clock_;
    Rate rate_;
    bool unlimited_;
    TokenBucket bucket_;
};

} // namespace kith
