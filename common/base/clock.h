// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace kith {

using std::chrono::milliseconds;

/// Milliseconds since 1970-01-01T00:00:00Z; what people see, and what expiry compares (architecture 6, Time).
using WallTime = std::chrono::time_point<std::chrono::system_clock, milliseconds>;
/// Milliseconds of a clock that never jumps; waits, back-off and deadlines.
using MonoTime = std::chrono::time_point<std::chrono::steady_clock, milliseconds>;

inline std::int64_t toMs(WallTime time)
{
    return time.time_since_epoch().count();
}
inline WallTime fromMs(std::int64_t ms)
{
    return WallTime { milliseconds { ms } };
}

/// Where time comes from. Any thread. Product code asks only this (style 5.26).
class Clock {
public:
    virtual ~Clock() = default;
    virtual WallTime now() const = 0;
    virtual MonoTime monotonic() const = 0;
};

/// The machine's clocks. With KITH_TESTING and KITH_TEST_CLOCK=FILE, shifted by that mapped file (style 8.14).
class SystemClock final : public Clock {
public:
    SystemClock();
    WallTime now() const override;
    MonoTime monotonic() const override;

private:
    const struct TestClockFile *shift_ = nullptr; // never unmapped: lives as long as the process
};

} // namespace kith
