// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/socket.h"

#include <cstdint>
#include <functional>

namespace kith::bench {

/// Names a message within one run, in every protocol.
using Token = std::uint64_t;

/// What a workload hears from its clients. Unset: not interested. One thread.
struct Audience {
    std::function<void(int client, Token)> accepted; ///< the server says that it has it: one tick
    std::function<void(int client, Token)> arrived; ///< at its recipient, which acknowledges by itself
    std::function<void(int client, Token)> receipt; ///< back at its sender: two ticks
    int online = 0; ///< clients that are logged in
    int ready = 0; ///< clients whose partner may write to them
    int lost = 0; ///< connections that the server ended, or refused
    std::uint64_t refused = 0; ///< messages that the server would not take
};

/// One logged-in person of a contender: number i writes to number i ^ 1.
class Client : public Socket {
public:
    Client(Loop &loop, Audience &audience, int number) : Socket(loop), audience_(audience), number_(number) { }

    int number() const { return number_; }
    int partner() const { return number_ ^ 1; }
    bool isOnline() const { return online_; }
    /// Lets the partner write to this one; counts in Audience::ready. Both are registered.
    virtual void befriend() { ++audience_.ready; }
    /// Sends a message to the partner.
    virtual void send(Token token) = 0;
    /// What a client says when it has nothing to say, every 25 to 30 s.
    virtual void heartbeat() { }

protected:
    void nowOnline()
    {
        online_ = true;
        ++audience_.online;
    }
    void lost() override
    {
        audience_.online -= online_ ? 1 : 0;
        online_ = false;
        ++audience_.lost;
    }

    Audience &audience_;

private:
    int number_;
    bool online_ = false;
};

} // namespace kith::bench
