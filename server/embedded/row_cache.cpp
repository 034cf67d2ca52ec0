// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/row_cache.h"

#include <utility>

namespace kith::server::embedded {

namespace {

constexpr std::size_t overhead = 96; // of a node, its bucket and two strings

} // namespace

RowCache::Lookup RowCache::find(std::string_view key)
{
    auto &shard = shardOf(key);
    const std::scoped_lock lock(shard.mutex);
    if (const auto young = shard.young.find(key); young != shard.young.end())
        return { young->second, shard.generation };
    if (const auto old = shard.old.find(key); old != shard.old.end()) {
        const auto value = std::move(old->second);
        shard.old.erase(old);
        insert(shard, key, value);
        return { value, shard.generation };
    }
    return { std::nullopt, shard.generation };
}

void RowCache::keep(std::string_view key, const Value &value, std::uint64_t generation)
{
    auto &shard = shardOf(key);
    const std::scoped_lock lock(shard.mutex);
    if (generation == shard.generation)
        insert(shard, key, value);
}

void RowCache::set(std::string_view key, const Value &value)
{
    auto &shard = shardOf(key);
    const std::scoped_lock lock(shard.mutex);
    ++shard.generation;
    if (const auto old = shard.old.find(key); old != shard.old.end())
        shard.old.erase(old);
    insert(shard, key, value);
}

void RowCache::clear()
{
    for (auto &shard : shards_) {
        const std::scoped_lock lock(shard.mutex);
        ++shard.generation;
        shard.young.clear();
        shard.old.clear();
        shard.bytes = 0;
    }
}

void RowCache::insert(Shard &shard, std::string_view key, const Value &value) const
{
    if (const auto young = shard.young.find(key); young != shard.young.end()) {
        young->second = value;
        return;
    }
    const auto bytes = overhead + key.size() + (value ? value->size() : 0);
    if (shard.bytes + bytes > halfBytes_) {
        shard.old = std::exchange(shard.young, {});
        shard.bytes = 0;
    }
    shard.bytes += bytes;
    shard.young.emplace(key, value);
}

} // namespace kith::server::embedded
