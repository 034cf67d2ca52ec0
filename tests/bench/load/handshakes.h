// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/contender.h"
#include "tests/bench/load/report.h"

namespace kith::bench {

/// TLS 1.3 handshakes, one after another on 32 connections at a time, each closed when it is done: first full ones,
/// then with the session of an earlier one.
struct HandshakeShape {
    double time = 8; ///< seconds for each kind
};

/// Errors: network (no handshake succeeds).
Result<void> measureHandshakes(Contender &contender, const HandshakeShape &shape, Report &report);

} // namespace kith::bench
