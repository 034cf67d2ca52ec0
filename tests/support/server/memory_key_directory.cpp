// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/server/memory_key_directory.h"

#include "common/wire/limits.h"

namespace kith::support {

using namespace server;

Task<Result<void>> MemoryKeyDirectory::putSigned(DeviceId device, std::uint32_t registrationId, wire::PreKey key)
{
    const std::scoped_lock lock(mutex_);
    auto &keys = devices_[device];
    if (!keys.hasSigned)
        keys.device.registrationId = registrationId;
    keys.hasSigned = true;
    keys.device.signedPreKey = std::move(key);
    return Task<Result<void>>::ready({});
}

Task<Result<std::uint32_t>> MemoryKeyDirectory::putOneTime(DeviceId device, std::vector<wire::PreKey> keys)
{
    const std::scoped_lock lock(mutex_);
    return Task<Result<std::uint32_t>>::ready(add(device, keys));
}

Result<std::uint32_t> MemoryKeyDirectory::add(const DeviceId &device, const std::vector<wire::PreKey> &keys)
{
    auto after = devices_[device];
    for (const auto &key : keys) {
        const auto hash = sha256(viewOf(key.publicKey));
        const auto taken = after.taken.find(key.id);
        const auto [stored, isNew] = after.oneTime.try_emplace(key.id, key);
        if (taken == after.taken.end() && (isNew || stored->second.publicKey == key.publicKey))
            continue;
        if (taken == after.taken.end() || taken->second != hash)
            return Error { ErrorCode::conflict, "a prekey id with other bytes" };
        after.oneTime.erase(key.id);
    }
    if (after.oneTime.size() > static_cast<std::size_t>(wire::limits::preKeysStored))
        return Error { ErrorCode::tooLarge, "prekeys" };
    devices_[device] = after;
    return static_cast<std::uint32_t>(after.oneTime.size());
}

Task<Result<TakenKeys>> MemoryKeyDirectory::take(DeviceId device, std::uint32_t reserve)
{
    using Answer = Result<TakenKeys>;
    const std::scoped_lock lock(mutex_);
    const auto found = devices_.find(device);
    if (found == devices_.end() || !found->second.hasSigned)
        return Task<Answer>::ready(Error { ErrorCode::notFound, "keys" });
    auto &keys = found->second;
    TakenKeys taken { keys.device, {}, static_cast<std::uint32_t>(keys.oneTime.size()) };
    if (taken.left > reserve) {
        taken.oneTime = keys.oneTime.begin()->second;
        keys.oneTime.erase(keys.oneTime.begin());
        keys.taken[taken.oneTime->id] = sha256(viewOf(taken.oneTime->publicKey));
        --taken.left;
    }
    return Task<Answer>::ready(std::move(taken));
}

Task<Result<KeyDirectory::Stock>> MemoryKeyDirectory::stock(DeviceId device)
{
    const std::scoped_lock lock(mutex_);
    Stock stock;
    if (const auto found = devices_.find(device); found != devices_.end()) {
        const auto &keys = found->second;
        stock = { static_cast<std::uint32_t>(keys.oneTime.size()), keys.device.signedPreKey.id,
                  keys.device.registrationId };
    }
    return Task<Result<Stock>>::ready(stock);
}

Task<Result<void>> MemoryKeyDirectory::remove(DeviceId device)
{
    const std::scoped_lock lock(mutex_);
    devices_.erase(device);
    return Task<Result<void>>::ready({});
}

Task<Result<void>> MemoryKeyDirectory::discardAllOneTime()
{
    const std::scoped_lock lock(mutex_);
    for (auto &[device, keys] : devices_) {
        for (const auto &[id, key] : keys.oneTime)
            keys.taken[id] = sha256(viewOf(key.publicKey));
        keys.oneTime.clear();
    }
    return Task<Result<void>>::ready({});
}

} // namespace kith::support
