// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/contender.h"
#include "tests/bench/load/report.h"

namespace kith::bench {

/// Pairs that talk: a message counts when its sender has the tick, the recipient has it and the receipt is back; then
/// the sender writes the next (performance P1 to P3).
struct CycleShape {
    int pairs = 2'000;
    int window = 1; ///< messages of a pair in flight
    double warmUp = 2, time = 8; ///< seconds
    std::uint64_t seed = 1;
};

/// Errors: those of Crowd.
Result<void> measureCycle(Contender &contender, const CycleShape &shape, Report &report);

} // namespace kith::bench
