// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/contender.h"
#include "tests/bench/load/report.h"

#include <functional>

namespace kith::bench {

/// Logged-in people who say nothing but heartbeats (performance P6, P7). A process of ours and one of the server's hold
/// what a descriptor limit allows; more connections are more pairs of processes.
struct IdleShape {
    int connections = 19'500; ///< of each server process
    int processes = 1;
    double hold = 60; ///< seconds
    std::uint64_t seed = 1;
};

using MakeContender = std::function<std::unique_ptr<Contender>()>;

/// Starts the servers itself, below `folder`. Errors: those of Contender::start; network when a generator failed.
Result<void> measureIdle(const MakeContender &make, const std::string &folder, const IdleShape &shape, Report &report);

} // namespace kith::bench
