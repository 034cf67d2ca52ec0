// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/timers.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace kith::support {

/// A clock that moves only when a test says so, and the timers that hang on it. Reading the time: any thread; all
/// else: the thread of the test. Needs a QCoreApplication.
class VirtualTime final : public Clock, public Timers {
public:
    /// Starts at 2026-01-01T00:00:00Z.
    explicit VirtualTime(WallTime start = fromMs(1'767'225'600'000));

    WallTime now() const override;
    MonoTime monotonic() const override;
    [[nodiscard]] Timer after(milliseconds delay, std::function<void()> f) override;

    /// Moves both clocks on. Timers that come due run in order of due time, each at its own time, and the event loop
    /// is emptied between them. advance(0) runs what is due now.
    void advance(milliseconds by);
    /// Empties the event loop and runs what is due now, until nothing is left to do.
    void runUntilIdle() { advance(milliseconds { 0 }); }
    /// Moves in steps of `step` until `reached()` is true, at most `limit`. Whether it became true.
    bool advanceUntil(const std::function<bool()> &reached, milliseconds limit,
                      milliseconds step = milliseconds { 50 });
    /// Jumps the wall clock alone, as an operator or NTP would.
    void jumpWall(milliseconds by);

    /// For code with real threads: turns the loop and runs what is due until `reached()`, at most `limit` of the
    /// machine's own time. Whether it became true. Virtual time stands still.
    bool turnUntil(const std::function<bool()> &reached, milliseconds limit = milliseconds { 10'000 });

    /// Timers that wait.
    std::size_t pending() const { return queue_->size(); }

private:
    using Key = std::pair<MonoTime, std::uint64_t>;
    using Queue = std::map<Key, std::function<void()>>;
    struct Pending;

    bool runDue(MonoTime until);
    static void drainEvents();

    std::atomic<std::int64_t> wallMs_;
    std::atomic<std::int64_t> monoMs_ { 1'000'000 };
    std::uint64_t next_ = 0;
    std::shared_ptr<Queue> queue_ = std::make_shared<Queue>(); // shared: a Timer may outlive the clock
};

} // namespace kith::support
