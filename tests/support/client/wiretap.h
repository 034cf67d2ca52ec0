// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/frames.h"
#include "tests/support/client/town.h"

#include <vector>

namespace kith::support {

/// A lying server's hand on what one person is delivered: records it, swallows it, brings anything.
class Wiretap {
public:
    Wiretap(Town &town, Citizen &victim);
    ~Wiretap();
    Wiretap(const Wiretap &) = delete;
    Wiretap &operator=(const Wiretap &) = delete;

    /// Delivers an envelope, whatever the queue says, and lets the engine work through it.
    void deliver(const wire::Envelope &envelope) { deliver(std::vector { envelope }); }
    void deliver(const std::vector<wire::Envelope> &envelopes);
    void deliver(const wire::QueueItem &item);
    /// The last one with that mid; ends the program without one.
    wire::Envelope recorded(const Mid &mid) const;

    std::vector<wire::Envelope> envelopes; ///< everything that was on its way, in order
    bool swallows = false; ///< the queue keeps it: it comes again after the next connect

private:
    void push(const wire::QueueItem &item);

    Town &town_;
    Citizen &victim_;
    std::uint64_t next_ = 1'000'000; ///< a qseq that no queue of a test reaches
};

} // namespace kith::support
