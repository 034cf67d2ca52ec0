// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/key_directory.h"

#include "common/base/hash.h"
#include "common/wire/limits.h"
#include "server/embedded/keys.h"
#include "server/embedded/values.h"

namespace kith::server::embedded {

namespace {

constexpr auto mostKeys = static_cast<std::size_t>(wire::limits::preKeysStored);

std::string hashOf(const wire::PreKey &key)
{
    return keyOf(sha256(viewOf(key.publicKey)));
}

template <class From>
Result<std::vector<Database::Row>> oneTimeKeys(const From &from, const DeviceId &device)
{
    const auto prefix = keyOf(device);
    return from.scan(Table::preKeys, prefix, endOf(prefix), mostKeys);
}

/// Whether the key is new. Errors: conflict.
Result<bool> isNew(const Batch &batch, const std::string &at, const wire::PreKey &key)
{
    KITH_TRY(const auto taken, batch.get(Table::takenKeys, at));
    KITH_TRY(const auto stored, rowAt(batch, Table::preKeys, at, wire::decodeStoredPreKey));
    if ((taken && *taken != hashOf(key)) || (stored && stored->key.publicKey != key.publicKey))
        return Error { ErrorCode::conflict, "a prekey id with other bytes" };
    return !taken && !stored;
}

Result<std::uint32_t> composePut(Batch &batch, const DeviceId &device, const std::vector<wire::PreKey> &keys)
{
    KITH_TRY(const auto stored, oneTimeKeys(batch, device));
    auto count = stored.size();
    for (const auto &key : keys) {
        const auto at = keyOf(device, key.id);
        KITH_TRY(const bool adds, isNew(batch, at, key));
        if (!adds)
            continue;
        if (++count > mostKeys)
            return Error { ErrorCode::tooLarge, "prekeys" };
        batch.put(Table::preKeys, at, valueOf(wire::StoredPreKey { key }));
    }
    batch.requireSync();
    return static_cast<std::uint32_t>(count);
}

Result<TakenKeys> composeTake(Batch &batch, const DeviceId &device, std::uint32_t reserve)
{
    KITH_TRY(const auto keys, rowAt(batch, Table::deviceKeys, keyOf(device), wire::decodeStoredDeviceKeys));
    if (!keys)
        return Error { ErrorCode::notFound, "keys" };
    KITH_TRY(const auto stored, oneTimeKeys(batch, device));
    TakenKeys taken { { keys->registrationId, keys->signedPreKey }, {}, static_cast<std::uint32_t>(stored.size()) };
    if (taken.left <= reserve)
        return taken;
    const auto &first = stored.front();
    KITH_TRY(const auto key, wire::decodeStoredPreKey(viewOf(first.value)));
    batch.erase(Table::preKeys, first.key);
    batch.put(Table::takenKeys, first.key, hashOf(key.key));
    batch.requireSync();
    taken.oneTime = key.key;
    --taken.left;
    return taken;
}

} // namespace

Result<std::string> discardOneTimeKeys(Batch &batch, const std::string &after, std::size_t limit)
{
    KITH_TRY(const auto rows, batch.scan(Table::preKeys, after, {}, limit));
    for (const auto &row : rows) {
        KITH_TRY(const auto key, wire::decodeStoredPreKey(viewOf(row.value)));
        batch.erase(Table::preKeys, row.key);
        batch.put(Table::takenKeys, row.key, hashOf(key.key));
    }
    batch.requireSync();
    return rows.size() < limit ? std::string {} : rows.back().key + '\0';
}

Task<Result<void>> EmbeddedKeyDirectory::putSigned(DeviceId device, std::uint32_t registrationId, wire::PreKey key)
{
    return committer_.run<void>(
        Committer::Kind::other, [device, registrationId, key = std::move(key)](Batch &batch) -> Result<void> {
            KITH_TRY(const auto known, rowAt(batch, Table::deviceKeys, keyOf(device), wire::decodeStoredDeviceKeys));
            const auto fixedId = known ? known->registrationId : registrationId;
            batch.put(Table::deviceKeys, keyOf(device), valueOf(wire::StoredDeviceKeys { fixedId, key, 0 }));
            batch.requireSync();
            return {};
        });
}

Task<Result<std::uint32_t>> EmbeddedKeyDirectory::putOneTime(DeviceId device, std::vector<wire::PreKey> keys)
{
    return committer_.run<std::uint32_t>(Committer::Kind::other, [device, keys = std::move(keys)](Batch &batch) {
        return composePut(batch, device, keys);
    });
}

Task<Result<TakenKeys>> EmbeddedKeyDirectory::take(DeviceId device, std::uint32_t reserve)
{
    return committer_.run<TakenKeys>(Committer::Kind::take,
                                     [device, reserve](Batch &batch) { return composeTake(batch, device, reserve); });
}

Result<KeyDirectory::Stock> EmbeddedKeyDirectory::readStock(const DeviceId &device) const
{
    KITH_TRY(const auto keys, rowAt(database_, Table::deviceKeys, keyOf(device), wire::decodeStoredDeviceKeys));
    KITH_TRY(const auto stored, oneTimeKeys(database_, device));
    Stock stock;
    stock.oneTime = static_cast<std::uint32_t>(stored.size());
    if (keys) {
        stock.signedPreKeyId = keys->signedPreKey.id;
        stock.registrationId = keys->registrationId;
    }
    return stock;
}

Task<Result<KeyDirectory::Stock>> EmbeddedKeyDirectory::stock(DeviceId device)
{
    return Task<Result<Stock>>::ready(readStock(device));
}

Task<Result<void>> EmbeddedKeyDirectory::remove(DeviceId device)
{
    return committer_.run<void>(Committer::Kind::other, [device](Batch &batch) -> Result<void> {
        batch.dropPrefix(Table::preKeys, keyOf(device));
        batch.dropPrefix(Table::takenKeys, keyOf(device));
        batch.erase(Table::deviceKeys, keyOf(device));
        batch.requireSync();
        return {};
    });
}

Task<Result<void>> EmbeddedKeyDirectory::discardAllOneTime()
{
    return committer_.run<void>(Committer::Kind::other, [](Batch &batch) -> Result<void> {
        std::string from;
        do {
            KITH_TRY(from, discardOneTimeKeys(batch, from, 1'000));
        } while (!from.empty());
        return {};
    });
}

} // namespace kith::server::embedded
