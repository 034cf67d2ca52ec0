// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "tests/bench/load/contender.h"

#include <queue>
#include <unordered_map>

namespace kith::bench {

/// The clients of one contender in this process: logs them in, keeps them alive with heartbeats, turns the loop.
class Crowd {
public:
    Crowd(Contender &contender, std::uint64_t seed, std::uint32_t source = 1)
        : contender_(contender)
        , random_(seed)
        , source_(source)
    {
    }

    /// Logs in the clients first, first + step, ... below `end`; as many at a time as a start-up storm would have.
    /// Errors: network (a connection was refused or lost), timeout.
    Result<void> join(int first, int end, int step = 1);
    /// All that are online let their partners write to them. Errors: timeout.
    Result<void> befriend();
    /// Closes all connections whose number is odd, or even.
    void leave(int parity);

    Client &at(int number) { return *clients_.at(number); }
    std::size_t size() const { return clients_.size(); }

    /// As of Loop, with heartbeats.
    bool until(const std::function<bool()> &done, double limit);
    void run(double seconds);

    Audience audience;

private:
    bool dial(int number);
    void beat();

    struct Beat {
        double due;
        int number;
        bool operator<(const Beat &other) const { return due > other.due; }
    };
    Contender &contender_;
    SeededRandom random_;
    std::uint32_t source_;
    Loop loop_;
    std::unordered_map<int, std::unique_ptr<Client>> clients_;
    std::priority_queue<Beat> beats_;
};

} // namespace kith::bench
