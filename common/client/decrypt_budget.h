// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"

#include <map>

namespace kith::client {

/// How much work failed decryptions may cost per sender device and minute (security C9): who forges messages buys
/// 200 ms of this machine's time with them, then waits.
class DecryptBudget {
public:
    static constexpr milliseconds perMinute { 200 };

    bool isSpent(const DeviceId &device, MonoTime now) const;
    void spend(const DeviceId &device, milliseconds cost, MonoTime now);

private:
    struct Spent {
        MonoTime since {};
        milliseconds cost { 0 };
    };
    std::map<DeviceId, Spent> spent_;
};

} // namespace kith::client
