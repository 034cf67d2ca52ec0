// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/contender.h"
#include "tests/bench/load/steady.h"

namespace kith::bench {

/// People write at a steady rate while strangers misbehave on other connections, one kind after the other; the first
/// row is the same without them. What it shows: how much slower everybody else gets, and that memory stays.
struct AbuseShape {
    SteadyShape people { .connections = 200, .rate = 400, .time = 10 };
    int strangers = 200;
    double connectsPerSecond = 500; ///< of strangers that were thrown out, all together
};

/// Errors: those of Crowd.
Result<void> measureAbuse(Contender &contender, const AbuseShape &shape, Report &report);

} // namespace kith::bench
