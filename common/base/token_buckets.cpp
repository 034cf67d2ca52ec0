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
    , factor_(factor)
    , whenCrowded_(whenCrowded)
    , maxPerShard_(std::max<std::size_t>(1, maxKeys / shardCount))
{
    setRate(rate);
}

void TokenBuckets::setRate(Rate rate)
{
    for (auto &shard : shards_) {
        const std::scoped_lock lock(shard.mutex);
        shard.rate = { rate.burst * factor_, rate.perSecond * factor_ };
    }
}

double TokenBuckets::tokensAt(MonoTime now, const Bucket &bucket, const Rate &rate)
{
    const auto passed = std::chrono::duration<double>(now - bucket.at).count();
    return std::min(rate.burst, bucket.tokens + std::max(0.0, passed) * rate.perSecond);
}

bool TokenBuckets::makeRoom(Shard &shard, MonoTime now) const
{
    if (shard.buckets.size() < maxPerShard_)
        return true;
    if (shard.swept && now - *shard.swept < sweepPause)
        return false;
    shard.swept = now;
    std::erase_if(shard.buckets,
                  [&](const auto &entry) { return tokensAt(now, entry.second, shard.rate) >= shard.rate.burst; });
    return shard.buckets.size() < maxPerShard_;
}

std::optional<milliseconds> TokenBuckets::take(std::string_view key, double amount)
{
    if (factor_ <= 0)
        return std::nullopt;
    const auto now = clock_.monotonic();
    std::string name(key);
    auto &shard = shards_[std::hash<std::string> {}(name) % shardCount];
    const std::scoped_lock lock(shard.mutex);
    const auto &rate = shard.rate;

    auto found = shard.buckets.find(name);
    if (found == shard.buckets.end()) {
        if (!makeRoom(shard, now)) {
            if (whenCrowded_ == WhenCrowded::admit)
                return std::nullopt;
            return sweepPause;
        }
        found = shard.buckets.emplace(std::move(name), Bucket { rate.burst, now }).first;
    }
    auto &bucket = found->second;
    bucket = { tokensAt(now, bucket, rate), now };
    if (bucket.tokens >= amount) {
        bucket.tokens -= amount;
        return std::nullopt;
    }
    const double seconds = (std::min(amount, rate.burst) - bucket.tokens) / rate.perSecond;
    return milliseconds { static_cast<std::int64_t>(std::ceil(std::max(0.0, seconds) * 1000)) + 1 };
}

} // namespace kith
