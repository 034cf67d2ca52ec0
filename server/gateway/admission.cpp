// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/admission.h"

#include <algorithm>

namespace kith::server::gateway {

namespace {

constexpr milliseconds whenFull { 10'000 }; // for an address or server that is full: nothing is known about when
constexpr milliseconds longestDelay { 60'000 }; // security S17

std::string nameOf(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // also of ::ffff:a.b.c.d
    if (isV4)
        return QHostAddress(v4).toString().toStdString();
    const auto octets = address.toIPv6Address();
    return { reinterpret_cast<const char *>(octets.c), 8 };
}

} // namespace

Admission::Admission(const Clock &clock, AdmissionLimits limits)
    : clock_(clock)
    , limits_(limits)
    , tokens_(limits.acceptsPerSecond)
    , filled_(clock.monotonic())
{
}

bool Admission::takeToken()
{
    if (limits_.acceptsPerSecond <= 0)
        return true;
    const auto time = clock_.monotonic();
    const std::chrono::duration<double> passed = time - filled_;
    filled_ = time;
    tokens_ = std::min(limits_.acceptsPerSecond, tokens_ + passed.count() * limits_.acceptsPerSecond);
    if (tokens_ < 1)
        return false;
    tokens_ -= 1;
    return true;
}

Admission::Verdict Admission::enter(const QHostAddress &address)
{
    const std::scoped_lock lock(mutex_);
    const std::string name = address.isLoopback() ? std::string() : nameOf(address);
    if (connections_ >= limits_.connections)
        return { nullptr, whenFull };
    if (!name.empty()) {
        const auto found = perAddress_.find(name);
        if (found != perAddress_.end() && found->second >= limits_.perAddress)
            return { nullptr, whenFull };
    }
    if (!takeToken()) {
        // The k-th in a row comes back when the budget has room for it.
        const double seconds = 1 + ++turnedAway_ / limits_.acceptsPerSecond;
        return { nullptr, std::min(longestDelay, milliseconds { static_cast<std::int64_t>(seconds * 1000) }) };
    }
    turnedAway_ = std::max(0, turnedAway_ - 1);
    ++connections_;
    if (!name.empty())
        ++perAddress_[name];
    return { std::make_shared<Seat>(*this, name), milliseconds { 0 } };
}

void Admission::leave(const std::string &address)
{
    const std::scoped_lock lock(mutex_);
    --connections_;
    const auto found = perAddress_.find(address);
    if (found != perAddress_.end() && --found->second == 0)
        perAddress_.erase(found);
}

int Admission::count()
{
    const std::scoped_lock lock(mutex_);
    return connections_;
}

void Admission::setLimits(AdmissionLimits limits)
{
    const std::scoped_lock lock(mutex_);
    limits_ = limits;
}

} // namespace kith::server::gateway
