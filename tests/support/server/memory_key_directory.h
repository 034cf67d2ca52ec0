// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/hash.h"
#include "common/base/random.h"
#include "server/ports/key_directory.h"

#include <map>
#include <mutex>

namespace kith::support {

/// KeyDirectory in memory. Tasks are ready at once. Any thread.
class MemoryKeyDirectory final : public server::KeyDirectory {
public:
    MemoryKeyDirectory(Clock &, Random &) { }

    Task<Result<void>> putSigned(DeviceId device, std::uint32_t registrationId, wire::PreKey key) override;
    Task<Result<std::uint32_t>> putOneTime(DeviceId device, std::vector<wire::PreKey> keys) override;
    Task<Result<server::TakenKeys>> take(DeviceId device, std::uint32_t reserve) override;
    Task<Result<Stock>> stock(DeviceId device) override;
    Task<Result<void>> remove(DeviceId device) override;
    Task<Result<void>> discardAllOneTime() override;

private:
    struct Keys {
        server::DeviceKeys device;
        bool hasSigned = false;
        std::map<std::uint32_t, wire::PreKey> oneTime;
        std::map<std::uint32_t, Sha256> taken;
    };

    Result<std::uint32_t> add(const DeviceId &device, const std::vector<wire::PreKey> &keys);

    std::mutex mutex_;
    std::map<DeviceId, Keys> devices_;
};

} // namespace kith::support
