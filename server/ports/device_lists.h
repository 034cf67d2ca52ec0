// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/signed/device_list.h"
#include "server/ports/account_directory.h"

#include <array>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace kith::server {

/// The stored device lists, verified and read. Verifying costs several signatures, and every send asks for two lists:
/// so the last one of each account is kept, told apart by its signature. Any thread; memory is bounded.
class DeviceLists {
public:
    /// Errors: corrupt (the store returned a list that its own account key did not sign).
    Result<std::shared_ptr<const wire::DeviceList>> of(const Account &account);

private:
    struct Kept {
        Ed25519Signature signature;
        std::shared_ptr<const wire::DeviceList> list; // shared: a reader may hold it while it is replaced
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<AccountId, Kept> lists;
    };
    static constexpr std::size_t shardCount = 16;
    static constexpr std::size_t maxPerShard = 8'192; // about 1 KiB each: 128 MiB at the very most

    std::array<Shard, shardCount> shards_;
};

} // namespace kith::server
