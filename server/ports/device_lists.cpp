// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ports/device_lists.h"

namespace kith::server {

Result<std::shared_ptr<const wire::DeviceList>> DeviceLists::of(const Account &account)
{
    auto &shard = shards_[account.id.octets.back() % shardCount];
    {
        const std::scoped_lock lock(shard.mutex);
        const auto found = shard.lists.find(account.id);
        if (found != shard.lists.end() && found->second.signature == account.devices.signature)
            return found->second.list;
    }
    auto verified = wire::verifyDeviceList(account.devices, account.id, account.accountKey);
    if (!verified)
        return Error { ErrorCode::corrupt, "a stored device list does not verify" };
    auto list = std::make_shared<const wire::DeviceList>(std::move(verified).value());
    const std::scoped_lock lock(shard.mutex);
    if (shard.lists.size() >= maxPerShard)
        shard.lists.clear();
    shard.lists[account.id] = { account.devices.signature, list };
    return list;
}

} // namespace kith::server
