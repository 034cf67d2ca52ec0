// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/net/backoff.h"

#include <algorithm>

namespace kith::net {

namespace {
constexpr milliseconds first { 1'000 };
constexpr milliseconds longest { 60'000 };
constexpr milliseconds settled { 30'000 };
constexpr int lastDoubling = 6; // 64 s is beyond the longest wait
} // namespace

void Backoff::connected()
{
    connectedAt_ = clock_.monotonic();
}

milliseconds Backoff::next(milliseconds hint)
{
    if (connectedAt_ && clock_.monotonic() - *connectedAt_ >= settled)
        failures_ = 0;
    connectedAt_.reset();
    const milliseconds bound = std::min(longest, first * (1 << failures_));
    failures_ = std::min(failures_ + 1, lastDoubling);
    const auto jitter = random_.below(static_cast<std::uint64_t>(bound.count()) + 1);
    return std::max(hint, milliseconds { 0 }) + milliseconds { static_cast<std::int64_t>(jitter) };
}

void Backoff::reset()
{
    failures_ = 0;
    connectedAt_.reset();
}

} // namespace kith::net
