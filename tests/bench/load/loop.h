// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace kith::bench {

class Socket;

/// Seconds of a clock that never jumps, with its full resolution.
double now();

/// A plain epoll loop for the sockets of one thread. What they write during a turn leaves at the start of the next, in
/// one system call each: the generator shares its cores with the server and has to be cheaper.
class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    /// Sends what waits, then handles what is ready; waits at most `wait` for it. No socket may be deleted meanwhile.
    void turn(std::chrono::milliseconds wait);
    /// Turns until `done` or for `limit` seconds. Returns whether it was done.
    bool until(const std::function<bool()> &done, double limit);
    /// Turns for so many seconds.
    void run(double seconds);

private:
    friend class Socket;
    void watch(Socket &socket, int descriptor, bool first, bool writable) const;

    int epoll_;
    std::vector<Socket *> unsent_;
};

} // namespace kith::bench
