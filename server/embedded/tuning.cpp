// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/tuning.h"

#include "common/base/failpoint.h"
#include "common/base/ids.h"
#include "server/embedded/expired_filter.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

namespace kith::server::embedded {

namespace {

#ifdef KITH_TESTING
/// Crash point s8: while files are made of what is in memory, at a start, a change of the log, or in the background.
class FilesInTheMaking final : public rocksdb::EventListener {
public:
    void OnMemTableSealed(const rocksdb::MemTableInfo &) override { KITH_FAILPOINT("s8"); }
    void OnTableFileCreationStarted(const rocksdb::TableFileCreationBriefInfo &) override { KITH_FAILPOINT("s8"); }
    void OnTableFileCreated(const rocksdb::TableFileCreationInfo &) override { KITH_FAILPOINT("s8"); }
    void OnCompactionBegin(rocksdb::DB *, const rocksdb::CompactionJobInfo &) override { KITH_FAILPOINT("s8"); }
};
#endif

} // namespace

rocksdb::DBOptions databaseOptions(rocksdb::Env *env, std::size_t memoryBytes)
{
    rocksdb::DBOptions options;
    if (env)
        options.env = env;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.paranoid_checks = true;
    // what a power cut tore off is dropped, and everything after it: the store is as it was at one moment (delivery
    // AT8)
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    options.db_write_buffer_size = memoryBytes;
    options.max_total_wal_size = memoryBytes;
    // One thread writes; bucketed tables could not take more.
    options.allow_concurrent_memtable_write = false;
    options.max_background_jobs = 2;
    options.max_open_files = 512;
    options.bytes_per_sync = 1024 * 1024;
    options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
    options.max_log_file_size = 1024 * 1024;
    options.keep_log_file_num = 2;
    options.max_manifest_file_size = 256 * 1024; // it holds the first and last keys of files, also of removed ones
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
#ifdef KITH_TESTING
    options.listeners.push_back(std::make_shared<FilesInTheMaking>());
#endif
    return options;
}

namespace {

/// Rows that are only ever asked for by their whole key, or by their device: a bucket holds what starts alike, so that
/// neither finding nor adding one compares its way through everything that was written since the last flush.
struct Bucketed {
    std::size_t width; ///< octets of a key that choose its bucket
    std::shared_ptr<rocksdb::MemTableRepFactory> memory;
};

std::optional<Bucketed> bucketed(Table table)
{
    constexpr std::size_t device = prefixWidth, mid = Mid::size;
    constexpr std::size_t buckets = 32 * 1024;
    const auto one = [](std::size_t width) { // the newest version of a row comes first
        return Bucketed { width,
                          std::shared_ptr<rocksdb::MemTableRepFactory>(rocksdb::NewHashLinkListRepFactory(buckets)) };
    };
    switch (table) {
    case Table::queue: // many rows a bucket, in their order
        return Bucketed { device,
                          std::shared_ptr<rocksdb::MemTableRepFactory>(rocksdb::NewHashSkipListRepFactory(buckets)) };
    case Table::queueHead:
        return one(device);
    case Table::queueMid:
        return one(device + device + mid);
    case Table::sentMid:
        return one(device + mid);
    default:
        return std::nullopt;
    }
}

rocksdb::ColumnFamilyOptions optionsOf(Table table, const Clock &clock, std::size_t memoryBytes,
                                       const std::shared_ptr<rocksdb::Cache> &cache)
{
    rocksdb::BlockBasedTableOptions blocks;
    blocks.block_cache = cache;
    blocks.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    blocks.format_version = 5;
    rocksdb::ColumnFamilyOptions options;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(blocks));
    options.compression = rocksdb::kNoCompression; // ciphertext does not shrink
    options.write_buffer_size = memoryBytes / 2;
    options.memtable_whole_key_filtering = true;
    options.memtable_prefix_bloom_size_ratio = 0.05;
    options.level_compaction_dynamic_level_bytes = true;
    if (const auto buckets = bucketed(table)) {
        options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(buckets->width));
        options.memtable_factory = buckets->memory;
        options.memtable_prefix_bloom_size_ratio = 0; // an empty bucket says as much
    }
    if (table == Table::queueMid || table == Table::sentMid)
        options.compaction_filter_factory = std::make_shared<ExpiredFilterFactory>(table, clock);
    return options;
}

} // namespace

std::vector<rocksdb::ColumnFamilyDescriptor> tableOptions(const Clock &clock, std::size_t memoryBytes)
{
    const auto cache = rocksdb::NewLRUCache(32ULL * 1024 * 1024);
    std::vector<rocksdb::ColumnFamilyDescriptor> tables;
    for (std::size_t i = 0; i < tableCount; ++i)
        tables.emplace_back(tableNames.at(i), optionsOf(static_cast<Table>(i), clock, memoryBytes, cache));
    return tables;
}

} // namespace kith::server::embedded
