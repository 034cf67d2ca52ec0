// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "tests/bench/load/client.h"

#include <memory>
#include <optional>
#include <string>

#include <sys/types.h>

namespace kith::bench {

/// A server under measurement, and clients that speak to it: ours in its variants, or a peer.
class Contender {
public:
    virtual ~Contender() = default;

    virtual std::string name() const = 0;
    /// Starts on a fresh data directory below `folder`. Errors: io, timeout; notFound when it is not installed.
    virtual Result<void> start(const std::string &folder) = 0;
    /// Ends the process, the data stay; start again with resume().
    virtual void stop() = 0;
    virtual Result<void> resume() = 0;

    virtual pid_t pid() const = 0;
    virtual Dial address() const = 0;
    virtual std::string dataFolder() const = 0;
    /// Commits of the store so far, where the server counts them.
    struct Commits {
        double count = 0;
        double seconds = 0; ///< in writes and fsync
        double rows = 0; ///< put and erased
    };
    virtual std::optional<Commits> commits() const { return std::nullopt; }
    /// Client number n: the same number is the same account, also on a later connection.
    virtual std::unique_ptr<Client> client(Loop &loop, Audience &audience, int number) = 0;
    /// Makes the accounts 0 to count - 1 where that needs connections of its own. Errors: timeout, network.
    virtual Result<void> enrol(int /*count*/) { return {}; }
};

} // namespace kith::bench
