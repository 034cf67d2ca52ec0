// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "tests/bench/load/report.h"

#include <string>

namespace kith::bench {

/// What the disk alone would allow (performance P2): a file that grows by so many messages at a time, each time with
/// fdatasync(2). No gateway, no index, no deletion.
struct RawLogShape {
    std::size_t message = 760; ///< bytes that our store writes for one
    double time = 3; ///< seconds for each number of messages
};

/// Errors: io.
Result<void> measureRawLog(const std::string &folder, const RawLogShape &shape, Report &report);

} // namespace kith::bench
