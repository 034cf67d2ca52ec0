// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kith::server::embedded {

/// Rows that are read again and again, in front of the database: what it holds, and what it is known not to hold. Any
/// thread.
///
/// A row that was read while a commit changed it is not kept: every commit moves its shard's generation on, and
/// keep() compares. Bounded: of two halves the older one goes when the younger one is full.
class RowCache {
public:
    explicit RowCache(std::size_t bytes) : halfBytes_(bytes / shardCount / 2) { }

    using Value = std::optional<std::string>; ///< nothing: there is no such row
    struct Lookup {
        std::optional<Value> value; ///< nothing: ask the database, then keep()
        std::uint64_t generation = 0;
    };
    Lookup find(std::string_view key);
    /// What the database said after a find() without a value.
    void keep(std::string_view key, const Value &value, std::uint64_t generation);
    /// A commit changed the row.
    void set(std::string_view key, const Value &value);
    /// Nobody knows what the database holds.
    void clear();

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view> {}(text); }
    };
    using Rows = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
    struct Shard {
        std::mutex mutex;
        std::uint64_t generation = 0;
        std::size_t bytes = 0; ///< of young
        Rows young, old;
    };
    static constexpr std::size_t shardCount = 16;

    Shard &shardOf(std::string_view key) { return shards_.at(Hash {}(key) % shardCount); }
    void insert(Shard &shard, std::string_view key, const Value &value) const;

    std::size_t halfBytes_;
    std::array<Shard, shardCount> shards_;
};

} // namespace kith::server::embedded
