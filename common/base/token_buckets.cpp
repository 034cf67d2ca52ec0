// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/token_buckets.h"

#include <algorithm>
#include <cmath>

namespace kith {

namespace {

constexpr milliseconds sweepPause { 1'000 }; // a flood of new keys must not pay for a sweep each

}

TokenBuckets::TokenBuckets(const Clock &clock, Rate rate, double factor, WhenCrowded whenCrowded, std::size_t maxKeys)
    : clock_(clock)
    , rate_ { rate.burst * factor, rate.perSecond * factor }
    , unlimited_(factor <= 0)
    , whenCrowded_(whenCrowded)
    , maxPerShard_(std::max<std::size_t>(1, maxKeys / shardCount))
{
}

double TokenBuckets::tokensAt(MonoTime now, const Bucket &bucket) const
{
    const auto passed = std::chrono::duration<double>(now - bucket.at).count();
    return std::min(rate_.burst, bucket.tokens + std::max(0.0, passed) * rate_.perSecond);
}

bool TokenBuckets::makeRoom(Shard &shard, MonoTime now) const
{
    if (shard.buckets.size() < maxPerShard_)
        return true;
    if (shard.swept && now - *shard.swept < sweepPause)
        return false;
    shard.swept = now;
    std::erase_if(shard.buckets, [&](const auto &entry) {
        Bucket bucket = entry.second;
        bucket = { tokensAt(now, bucket), now };
        return bucket.tokens >= rate_.burst;
    });
    return shard.buckets.size() < maxPerShard_;
}

std::optional<milliseconds> TokenBuckets::take(std::string_view key, double amount)
{
    if (unlimited_)
        return std::nullopt;
    const auto now = clock_.monotonic();
    std::string name(key);
    auto &shard = shards_[std::hash<std::string> {}(name) % shardCount];
    const std::scoped_lock lock(shard.mutex);

    auto found = shard.buckets.find(name);
    if (found == shard.buckets.end()) {
        if (!makeRoom(shard, now)) {
            if (whenCrowded_ == WhenCrowded::admit)
                return std::nullopt;
            return sweepPause;
        }
        found = shard.buckets.emplace(std::move(name), Bucket { rate_.burst, now }).first;
    }
    auto &bucket = found->second;
    bucket = { tokensAt(now, bucket), now };
    if (bucket.tokens >= amount) {
        bucket.tokens -= amount;
        return std::nullopt;
    }
    const double seconds = (std::min(amount, rate_.burst) - bucket.tokens) / rate_.perSecond;
    return milliseconds { static_cast<std::int64_t>(std::ceil(std::max(0.0, seconds) * 1000)) + 1 };
}

} // namespace kith
