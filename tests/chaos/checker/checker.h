// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/checker/history.h"

namespace kith::chaos {

struct Violation {
    QString invariant; ///< "I1" to "I12" of delivery.md section 9
    QString what;
};

struct Verdict {
    std::vector<Violation> violations;
    qint64 accepted = 0; ///< messages that the server took
    qint64 delivered = 0; ///< of them, stored and readable at their recipient
    int markers = 0; ///< shown gaps and lines about losses
    bool holds() const { return violations.empty(); }
};

/// Judges a history by the invariants of delivery.md section 9. I8 and I11 are about groups, which the product does not
/// have yet: vacuous. An honest server, nothing full and nothing 30 days old: no marker excuses a loss here.
Verdict check(const History &history);

} // namespace kith::chaos
