// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"

#include <optional>

namespace kith::net {

/// How long to wait before dialling again: full jitter, so that clients that lost their server together do not come
/// back together (security S17). One thread.
class Backoff {
public:
    Backoff(const Clock &clock, Random &random) : clock_(clock), random_(random) { }

    /// The connection stands. 30 s later the next loss starts from the shortest wait again.
    void connected();

    /// The connection was lost or not made: uniform in [0, min(60 s, 1 s * 2^k)] for the k-th time in a row, from 0.
    /// `hint` is what the server asked for: the wait begins after it, so that it stays spread.
    milliseconds next(milliseconds hint = milliseconds { 0 });

    /// Forgets the failures: the network came back, or a person asked.
    void reset();

private:
    const Clock &clock_;
    Random &random_;
    std::optional<MonoTime> connectedAt_;
    int failures_ = 0;
};

} // namespace kith::net
