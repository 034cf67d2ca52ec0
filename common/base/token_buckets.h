// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/token_bucket.h"

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kith {

/// One token bucket per key, for one limit. Any thread. Memory is bounded: buckets that are full again are forgotten,
/// and when none can be, a new key is admitted or refused as the limit declares itself: fail-open or fail-closed
/// (security S5).
class TokenBuckets {
public:
    enum class WhenCrowded { admit, refuse };

    /// `factor` multiplies burst and refill; 0 means no limit at all (configuration limits.rate_factor).
    TokenBuckets(const Clock &clock, Rate rate, double factor, WhenCrowded whenCrowded, std::size_t maxKeys = 100'000);

    /// Takes `amount` tokens of `key`: nothing is returned when they were there, else the time until they are, and
    /// none was taken.
    std::optional<milliseconds> take(std::string_view key, double amount = 1);

    /// After a reload of the configuration. The factor stays; so do the tokens, as far as the new burst allows.
    void setRate(Rate rate);

private:
    struct Shard {
        std::mutex mutex;
        Rate rate;
        std::unordered_map<std::string, TokenBucket> buckets;
        std::optional<MonoTime> swept;
    };

    bool makeRoom(Shard &shard, MonoTime now) const;

    static constexpr std::size_t shardCount = 16; // more than the workers of a large machine meet at once

    const Clock &clock_;
    double factor_;
    WhenCrowded whenCrowded_;
    std::size_t maxPerShard_;
    std::array<Shard, shardCount> shards_;
};

} // namespace kith
