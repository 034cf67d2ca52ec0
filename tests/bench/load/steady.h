// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/contender.h"
#include "tests/bench/load/report.h"

namespace kith::bench {

/// A fixed rate of messages between people who are mostly quiet, whatever the server's answers do (performance P9).
struct SteadyShape {
    int connections = 19'500;
    double rate = 230; ///< messages a second
    double time = 60; ///< seconds
    std::uint64_t seed = 1;
    Token first = 0; ///< a second run on one server needs other messages
};

/// `row`: of the report. Errors: those of Crowd.
Result<void> measureSteady(Contender &contender, const SteadyShape &shape, Report &report, const std::string &row);

} // namespace kith::bench
