// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/result.h"
#include "common/base/task.h"
#include "common/wire/frames.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kith::server {

/// What is public about one device's keys beside its prekeys.
struct DeviceKeys {
    std::uint32_t registrationId = 0;
    wire::PreKey signedPreKey;
};

struct TakenKeys {
    DeviceKeys keys;
    std::optional<wire::PreKey> oneTime;
    std::uint32_t left = 0; ///< one-time keys after the take
};

/// Prekeys. Partition: device. Any thread; completes on the caller's thread, durable. Errors: full, io, cancelled.
class KeyDirectory {
public:
    virtual ~KeyDirectory() = default;

    /// Sets or replaces the signed prekey; `registrationId` is fixed by the first call.
    virtual Task<Result<void>> putSigned(DeviceId device, std::uint32_t registrationId, wire::PreKey key) = 0;

    /// Adds one-time keys. Same id and bytes as before: no change, also when that key was taken meanwhile (delivery
    /// PK2). Errors: conflict (same id, other bytes; nothing was stored), tooLarge (more than 200 would be stored).
    virtual Task<Result<std::uint32_t>> putOneTime(DeviceId device, std::vector<wire::PreKey> keys) = 0;

    /// Takes a one-time key, durably, before it is handed out: each leaves at most once (delivery PK4). With fewer than
    /// `reserve` + 1 left none is taken (security C14). Errors: notFound for a device without keys.
    virtual Task<Result<TakenKeys>> take(DeviceId device, std::uint32_t reserve) = 0;

    struct Stock {
        std::uint32_t oneTime = 0;
        std::uint32_t signedPreKeyId = 0; ///< 0: none
        std::uint32_t registrationId = 0;
    };
    virtual Task<Result<Stock>> stock(DeviceId device) = 0;

    /// Removes every key of the device. Idempotent.
    virtual Task<Result<void>> remove(DeviceId device) = 0;

    /// Discards all one-time keys of all devices: after a restore they may have been used already (delivery PK9).
    virtual Task<Result<void>> discardAllOneTime() = 0;
};

} // namespace kith::server
