// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ports/snowflake.h"

#include <algorithm>

namespace kith::server {

Result<Sid> Snowflake::next(WallTime now, Sid above)
{
    const auto clock = std::max<std::int64_t>(toMs(now) - epochMs, 0);
    const auto seen = std::max(seen_, clock);
    auto ms = std::max({ clock, last_, static_cast<std::int64_t>(above.value >> 22) });
    auto sequence = ms == last_ ? sequence_ + 1 : 0;
    if (ms == static_cast<std::int64_t>(above.value >> 22) && compose(ms, sequence).value <= above.value)
        sequence = 4096; // the other node's number of this millisecond is larger: take the next one
    if (sequence > 4095) {
        ++ms;
        sequence = 0;
    }
    if (ms > seen + maxAhead.count())
        return Error { ErrorCode::busy, "message numbers ran ahead of the clock" };
    seen_ = seen;
    last_ = ms;
    sequence_ = sequence;
    if (ms >= highWater_)
        highWater_ = ms + reserve.count();
    return compose(ms, sequence);
}

void Snowflake::moveTo(WallTime now)
{
    last_ = std::max(last_, toMs(now) - epochMs);
    seen_ = std::max(seen_, last_);
    sequence_ = 4095;
    highWater_ = std::max(highWater_, last_ + reserve.count());
}

Sid Snowflake::compose(std::int64_t ms, int sequence) const
{
    return { static_cast<std::uint64_t>(ms) << 22 | std::uint64_t { node_ } << 12
             | static_cast<std::uint64_t>(sequence) };
}

} // namespace kith::server
