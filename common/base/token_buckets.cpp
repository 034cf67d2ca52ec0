// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/token_buckets.h"

#include <algorithm>

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
        shard.rate = rate * factor_;
    }
}

bool TokenBuckets::makeRoom(Shard &shard, MonoTime now) const
{
    if (shard.buckets.size() < maxPerShard_)
        return true;
    if (shard.swept && now - *shard.swept < sweepPause)
        return false;
    shard.swept = now;
    std::erase_if(shard.buckets,
                  [&](const auto &entry) { return entry.second.tokens(shard.rate, now) >= shard.rate.burst; });
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
    auto found = shard.buckets.find(name);
    if (found == shard.buckets.end()) {
        if (!makeRoom(shard, now)) {
            if (whenCrowded_ == WhenCrowded::admit)
                return std::nullopt;
            return sweepPause;
        }
        found = shard.buckets.emplace(std::move(name), TokenBucket(shard.rate, now)).first;
    }
    return found->second.take(shard.rate, now, amount);
}

} // namespace kith
