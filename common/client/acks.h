// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/timers.h"
#include "common/wire/frames.h"

#include <functional>
#include <vector>

namespace kith::client {

/// Acknowledgements on their way to the server: only of what is committed (delivery ACK4, ACK5).
///
/// Those that make a tick at the sender wait a random 100 to 1,000 ms, so that their time says nothing about this
/// device's state (security ADV-R); 32 waiting ones go at once, which keeps a drain moving. The others tell nobody
/// anything and leave with the turn. What a lost connection swallows is healed by redelivery.
class Acks {
public:
    static constexpr milliseconds shortestDelay { 100 };
    static constexpr milliseconds longestDelay { 1'000 };
    static constexpr std::size_t atOnce = 32;

    using Post = std::function<void(wire::Ack)>;
    Acks(Timers &timers, Random &jitter, Post post);

    void add(Qseq qseq, bool receipt);
    /// The turn is over: sends what need not wait.
    void flush();
    /// The connection is gone.
    void clear();

private:
    static std::vector<wire::AckRange> ranges(std::vector<std::uint64_t> &numbers, bool receipt);
    void sendTelling();

    Timers &timers_;
    Random &jitter_;
    Post post_;
    std::vector<std::uint64_t> quiet_, telling_;
    Timer timer_;
};

} // namespace kith::client
