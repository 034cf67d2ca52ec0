// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/result.h"

#include <cstdint>

namespace kith::server {

/// The numbers of messages: 41 bits of milliseconds since 2025-01-01, 10 of node, 12 of sequence (delivery ID2).
///
/// Unique and increasing per node whatever the clock does (security S16): when it steps back, numbers continue from the
/// last one. Whoever owns it stores highWater() durably before, or together with, the numbers up to it, and starts the
/// next generator there. One thread.
class Snowflake {
public:
    static constexpr std::int64_t epochMs = 1'735'689'600'000; // 2025-01-01T00:00:00Z
    static constexpr std::uint16_t maxNode = 1023;
    static constexpr milliseconds reserve { 5'000 }; ///< how far the high-water mark is put ahead
    static constexpr milliseconds maxAhead { 10'000 };

    /// `highWater` as it was stored last, 0 for a new store.
    Snowflake(std::uint16_t node, std::int64_t highWater)
        : node_(node & maxNode)
        , seen_(highWater)
        , last_(highWater)
        , highWater_(highWater)
    {
    }

    /// The next number, and larger than `above` (delivery ID4). Errors: busy when it would be more than 10 s ahead of
    /// the latest clock reading; nothing changed.
    Result<Sid> next(WallTime now, Sid above = {});

    /// Every number given so far, and every one below this millisecond, is covered once this is stored.
    std::int64_t highWater() const { return highWater_; }

    /// After a restore: nothing below now is given again (delivery AT8).
    void moveTo(WallTime now);

    /// The server's time of a message: the millisecond part of its number.
    static WallTime timeOf(Sid sid) { return fromMs(static_cast<std::int64_t>(sid.value >> 22) + epochMs); }

private:
    Sid compose(std::int64_t ms, int sequence) const;

    std::uint16_t node_;
    std::int64_t seen_; ///< the latest clock reading, or the stored mark
    std::int64_t last_; ///< millisecond of the last number
    int sequence_ = 4095; ///< of the last number; full at start: the stored millisecond may have been used up
    std::int64_t highWater_;
};

} // namespace kith::server
