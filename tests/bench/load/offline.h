// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/contender.h"
#include "tests/bench/load/report.h"

namespace kith::bench {

/// Messages to people who are away, who then come and read (performance P4, P5, P8, P13).
struct OfflineShape {
    int pairs = 20;
    int each = 5'000; ///< messages of a pair; a queue of ours holds 10,000
    int window = 10; ///< messages of a sender that are not yet accepted
    bool restart = false; ///< between the sending and the reading
    std::uint64_t seed = 1;
};

/// Errors: those of Crowd; timeout when messages got lost.
Result<void> measureOffline(Contender &contender, const OfflineShape &shape, Report &report);

} // namespace kith::bench
