// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/decrypt_budget.h"

namespace kith::client {

namespace {
constexpr milliseconds minute { 60'000 };
} // namespace

bool DecryptBudget::isSpent(const DeviceId &device, MonoTime now) const
{
    const auto found = spent_.find(device);
    return found != spent_.end() && found->second.cost >= perMinute && now - found->second.since < minute;
}

void DecryptBudget::spend(const DeviceId &device, milliseconds cost, MonoTime now)
{
    auto &spent = spent_[device];
    if (now - spent.since >= minute)
        spent = { now, milliseconds { 0 } };
    spent.cost += cost;
}

} // namespace kith::client
