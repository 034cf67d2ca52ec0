// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/wire/limits.h"

#include <cstdint>

namespace kith::server {

/// What every implementation of MessageQueue keeps, and how long.
struct QueueLimits {
    std::uint64_t messages = wire::limits::queueMessages; ///< LIM8, message rows of one device
    std::uint64_t bytes = wire::limits::queueBytes; ///< LIM8, their content
    std::uint64_t events = 10'000; ///< delivery AT3: Delivered and ExpiredAtRecipient rows beyond this are dropped
    milliseconds expiry = std::chrono::hours { 30 * 24 }; ///< LIM8, delivery ST22
    milliseconds homeRow = std::chrono::hours { 8 * 24 }; ///< delivery ID7
    milliseconds tombstone = std::chrono::hours { 24 }; ///< delivery ST17, after the acknowledgement or the expiry
};

constexpr int maxRangeRows = 200; ///< MessageQueue::range()
constexpr std::uint64_t maxRangeBytes = 1024 * 1024; ///< about; one row always fits
constexpr std::size_t midsPerEvent = 64; ///< wire::Delivered, wire::ExpiredAtRecipient

} // namespace kith::server
