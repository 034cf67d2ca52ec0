// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/keys/failed_logins.h"

#include <algorithm>

namespace kith::server::keys {

namespace {

constexpr milliseconds minute { 60'000 };
constexpr milliseconds longest { 3'600'000 };

} // namespace

FailedLogins::FailedLogins(const Clock &clock, double perMinute, std::size_t maxPairs)
    : clock_(clock)
    , allowed_(perMinute)
    , maxPairs_(maxPairs)
{
}

void FailedLogins::forgetOld(MonoTime now)
{
    std::erase_if(records_, [now](const auto &entry) {
        return entry.second.blockedUntil <= now && now - entry.second.last > 2 * longest;
    });
}

std::optional<milliseconds> FailedLogins::wait(const std::string &pair)
{
    if (allowed_ <= 0)
        return std::nullopt;
    const auto now = clock_.monotonic();
    const std::scoped_lock lock(mutex_);
    const auto found = records_.find(pair);
    if (found == records_.end()) {
        if (records_.size() < maxPairs_)
            return std::nullopt;
        forgetOld(now);
        return records_.size() < maxPairs_ ? std::nullopt : std::optional(minute);
    }
    if (found->second.blockedUntil > now)
        return found->second.blockedUntil - now;
    return std::nullopt;
}

void FailedLogins::failed(const std::string &pair)
{
    if (allowed_ <= 0)
        return;
    const auto now = clock_.monotonic();
    const std::scoped_lock lock(mutex_);
    auto &record = records_[pair];
    if (record.nextBlock == milliseconds { 0 } && now - record.last > minute)
        record.failures = 0;
    record.last = now;
    if (++record.failures < allowed_)
        return;
    record.nextBlock = record.nextBlock == milliseconds { 0 } ? minute : std::min(longest, 2 * record.nextBlock);
    record.blockedUntil = now + record.nextBlock;
}

void FailedLogins::succeeded(const std::string &pair)
{
    const std::scoped_lock lock(mutex_);
    records_.erase(pair);
}

} // namespace kith::server::keys
