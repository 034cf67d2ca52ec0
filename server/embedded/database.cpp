// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/database.h"

#include "common/base/log.h"
#include "server/embedded/keys.h"
#include "server/embedded/tuning.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/utilities/checkpoint.h>

#include <mutex>

namespace kith::server::embedded {

namespace {

KITH_LOG_CATEGORY(logDatabase, "kith.store")

/// A scan that stays within one device uses the prefix filters of the queue table.
bool staysInPrefix(Table table, std::string_view from, std::string_view to)
{
    if (table != Table::queue || from.size() < prefixWidth)
        return false;
    const auto prefix = from.substr(0, prefixWidth);
    return to.substr(0, prefixWidth) == prefix || to == endOf(prefix);
}

rocksdb::Slice slice(std::string_view text)
{
    return { text.data(), text.size() };
}

/// For who must leave no trace in a folder.
struct Silence final : rocksdb::Logger {
    using rocksdb::Logger::Logv;
    void Logv(const char *, va_list) override { }
};

Error closed()
{
    return { ErrorCode::io, "the store's files are not open" };
}

} // namespace

Error errorOf(const rocksdb::Status &status)
{
    if (status.IsNoSpace())
        return { ErrorCode::full, "disk" };
    if (status.IsCorruption())
        return { ErrorCode::corrupt, "store files" };
    if (status.IsIOError() && status.ToString().find("lock") != std::string::npos)
        return { ErrorCode::busy, "store files" };
    return { ErrorCode::io, "store files" };
}

Database::Database(std::string path, const Clock &clock, Options options)
    : path_(std::move(path))
    , clock_(clock)
    , options_(options)
    , heads_(options.memoryBytes / 8)
    , accounts_(options.memoryBytes / 8)
    , relations_(options.memoryBytes / 16)
{
}

Database::~Database()
{
    closeFiles();
}

Result<std::unique_ptr<Database>> Database::open(std::string path, const Clock &clock, Options options)
{
    std::unique_ptr<Database> database(new Database(std::move(path), clock, options));
    KITH_CHECK(database->openFiles());
    return database;
}

Result<void> Database::openFiles()
{
    for (auto *cache : { &heads_, &accounts_, &relations_ })
        cache->clear();
    rocksdb::DB *db = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle *> handles;
    const auto status = rocksdb::DB::Open(databaseOptions(options_.env, options_.memoryBytes), path_,
                                          tableOptions(clock_, options_.memoryBytes), &handles, &db);
    if (!status.ok()) {
        qCWarning(logDatabase) << "opening the store failed:" << status.ToString().c_str();
        return errorOf(status);
    }
    adopt(db, handles);
    return {};
}

Result<std::unique_ptr<Database>> Database::openReadOnly(std::string path, const Clock &clock)
{
    const Options few { nullptr, 8ULL * 1024 * 1024 };
    std::unique_ptr<Database> database(new Database(std::move(path), clock, few));
    auto options = databaseOptions(nullptr, few.memoryBytes);
    options.create_if_missing = options.create_missing_column_families = false;
    options.info_log = std::make_shared<Silence>(); // else a LOG appears in the folder
    rocksdb::DB *db = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle *> handles;
    const auto status =
        rocksdb::DB::OpenForReadOnly(options, database->path_, tableOptions(clock, few.memoryBytes), &handles, &db);
    if (!status.ok()) {
        qCWarning(logDatabase) << "opening the copy failed:" << status.ToString().c_str();
        return errorOf(status);
    }
    database->adopt(db, handles);
    return database;
}

void Database::adopt(rocksdb::DB *db, const std::vector<rocksdb::ColumnFamilyHandle *> &handles)
{
    db_.reset(db);
    std::copy(handles.begin(), handles.end(), handles_.begin());
}

void Database::closeFiles()
{
    if (!db_)
        return;
    for (auto *&handle : handles_)
        static_cast<void>(db_->DestroyColumnFamilyHandle(std::exchange(handle, nullptr)));
    const auto status = db_->Close();
    if (!status.ok())
        qCWarning(logDatabase) << "closing the store:" << status.ToString().c_str();
    db_.reset();
}

RowCache *Database::cacheOf(Table table) const
{
    switch (table) {
    case Table::queueHead:
        return &heads_;
    case Table::records:
        return &accounts_;
    case Table::relation:
        return &relations_;
    default:
        return nullptr;
    }
}

void Database::changed(Table table, std::string_view key, const std::optional<std::string> &value)
{
    if (auto *cache = cacheOf(table))
        cache->set(key, value);
}

Result<void> Database::visit(Table table, const Visitor &f) const
{
    const std::shared_lock lock(mutex_);
    if (!db_)
        return closed();
    rocksdb::ReadOptions read;
    read.total_order_seek = true;
    read.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(read, handle(table)));
    for (at->SeekToFirst(); at->Valid(); at->Next())
        KITH_CHECK(f(at->key().ToStringView(), at->value().ToStringView()));
    return at->status().ok() ? Result<void> {} : errorOf(at->status());
}

void Database::dropped(Table table)
{
    if (auto *cache = cacheOf(table))
        cache->clear();
}

Result<std::optional<std::string>> Database::get(Table table, std::string_view key) const
{
    auto *const cache = cacheOf(table);
    if (!cache)
        return read(table, key);
    auto known = cache->find(key);
    if (known.value)
        return *std::move(known.value);
    auto stored = read(table, key);
    if (stored)
        cache->keep(key, *stored, known.generation);
    return stored;
}

Result<std::optional<std::string>> Database::read(Table table, std::string_view key) const
{
    const std::shared_lock lock(mutex_);
    if (!db_)
        return closed();
    std::string value;
    const auto status = db_->Get({}, handle(table), slice(key), &value);
    if (status.IsNotFound())
        return std::optional<std::string> {};
    if (!status.ok())
        return errorOf(status);
    return std::optional { std::move(value) };
}

Result<std::vector<Database::Row>> Database::scan(Table table, std::string_view from, std::string_view to,
                                                  std::size_t limit, std::size_t bytes) const
{
    const std::shared_lock lock(mutex_);
    if (!db_)
        return closed();
    rocksdb::ReadOptions read;
    const auto end = slice(to);
    if (!to.empty())
        read.iterate_upper_bound = &end;
    read.total_order_seek = !staysInPrefix(table, from, to);
    const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(read, handle(table)));
    std::vector<Row> rows;
    std::size_t taken = 0;
    for (at->Seek(slice(from)); at->Valid() && rows.size() < limit && taken <= bytes; at->Next()) {
        rows.push_back({ at->key().ToString(), at->value().ToString() });
        taken += at->value().size();
    }
    if (!at->status().ok())
        return errorOf(at->status());
    return rows;
}

Result<void> Database::write(rocksdb::WriteBatch &batch, bool sync)
{
    if (!db_)
        return closed();
    rocksdb::WriteOptions options;
    options.sync = sync;
    const auto status = db_->Write(options, &batch);
    if (status.ok())
        return {};
    qCWarning(logDatabase) << "a commit failed:" << status.ToString().c_str();
    return errorOf(status);
}

/// Whether the disk takes a file again: while it does not, the open files stay, for those who read.
bool Database::canWriteFiles() const
{
    auto *env = options_.env ? options_.env : rocksdb::Env::Default();
    const auto probe = path_ + ".probe";
    const auto status = rocksdb::WriteStringToFile(env, std::string(64 * 1024, '\0'), probe, true);
    static_cast<void>(env->DeleteFile(probe));
    return status.ok();
}

Result<void> Database::recover()
{
    if (db_ && !canWriteFiles())
        return Error { ErrorCode::full, "disk" };
    cancelCompaction_ = true;
    const std::unique_lock lock(mutex_);
    cancelCompaction_ = false;
    closeFiles();
    return openFiles();
}

Result<void> Database::compact()
{
    const std::shared_lock lock(mutex_);
    if (!db_)
        return closed();
    const std::vector<rocksdb::ColumnFamilyHandle *> all(handles_.begin(), handles_.end());
    if (const auto flushed = db_->Flush({}, all); !flushed.ok())
        return errorOf(flushed);
    rocksdb::CompactRangeOptions whole;
    whole.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    whole.canceled = &cancelCompaction_;
    for (auto *table : all) {
        const auto status = db_->CompactRange(whole, table, nullptr, nullptr);
        if (!status.ok() && !status.IsIncomplete())
            return errorOf(status);
    }
    // turning deletion off and on makes RocksDB remove what is obsolete now, not when it gets round to it
    static_cast<void>(db_->DisableFileDeletions());
    static_cast<void>(db_->EnableFileDeletions(true));
    return {};
}

Result<void> Database::checkpoint(const std::string &path) const
{
    const std::shared_lock lock(mutex_);
    if (!db_)
        return closed();
    rocksdb::Checkpoint *maker = nullptr;
    const auto made = rocksdb::Checkpoint::Create(db_.get(), &maker);
    const std::unique_ptr<rocksdb::Checkpoint> owned(maker);
    const auto status = made.ok() ? maker->CreateCheckpoint(path) : made;
    if (status.ok())
        return {};
    qCWarning(logDatabase) << "a copy failed:" << status.ToString().c_str();
    return status.IsInvalidArgument() ? Error { ErrorCode::exists, "the folder is there already" } : errorOf(status);
}

Result<void> Database::verifyChecksums() const
{
    const std::shared_lock lock(mutex_);
    if (!db_)
        return closed();
    const auto status = db_->VerifyChecksum();
    return status.ok() ? Result<void> {} : errorOf(status);
}

void Database::cancelCompaction()
{
    cancelCompaction_ = true;
}

} // namespace kith::server::embedded
