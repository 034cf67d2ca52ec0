// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/result.h"
#include "server/embedded/row_cache.h"
#include "server/embedded/tables.h"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Env;
class Status;
class WriteBatch;
} // namespace rocksdb

namespace kith::server::embedded {

/// RocksDB with our tables: the only file that knows how it is tuned. Any thread may read; one thread writes.
class Database {
public:
    struct Options {
        rocksdb::Env *env = nullptr; ///< null: the machine's files
        std::size_t memoryBytes = 64ULL * 1024 * 1024; ///< memtables of all tables together
    };
    struct Row {
        std::string key, value;
    };

    /// Errors: busy (another process has it), corrupt, full, io.
    static Result<std::unique_ptr<Database>> open(std::string path, const Clock &clock, Options options);
    /// A copy at rest, and nothing of it is written. Errors: notFound, corrupt, io.
    static Result<std::unique_ptr<Database>> openReadOnly(std::string path, const Clock &clock);
    ~Database();

    Result<std::optional<std::string>> get(Table table, std::string_view key) const;
    /// At most `limit` rows with from <= key < to, ascending; the row whose value goes beyond `bytes` in all is the
    /// last one. An empty `to` has no end.
    Result<std::vector<Row>> scan(Table table, std::string_view from, std::string_view to, std::size_t limit,
                                  std::size_t bytes = SIZE_MAX) const;

    /// Every row in the order of the keys, until `f` fails: one pass, where pages would each put a bucketed table's
    /// newest rows in order again.
    using Visitor = std::function<Result<void>(std::string_view key, std::string_view value)>;
    Result<void> visit(Table table, const Visitor &f) const;

    /// A commit has put `value` there, or erased the row: for tables that are cached. On the thread that writes.
    void changed(Table table, std::string_view key, const std::optional<std::string> &value);
    /// A commit has dropped a range of rows.
    void dropped(Table table);
    /// For building a batch, on the thread that writes; null when the files are not open.
    rocksdb::ColumnFamilyHandle *handle(Table table) const { return handles_[indexOf(table)]; }
    /// Errors: full, io: the outcome is unknown until it is read back after recover().
    Result<void> write(rocksdb::WriteBatch &batch, bool sync);

    /// Brings the database back after a failed write: clears the error, or opens the files anew, which replays what
    /// really reached them. Errors as open(); reading goes on as far as possible.
    Result<void> recover();

    /// Writes all memtables, then rewrites the tables whose rows die, so that nothing deleted is left in any file
    /// (security S12). Long; any thread; recover() ends it early.
    Result<void> compact();
    /// Makes the folder `path`, whose parent exists, a copy as of one moment: links where it can, else files of its
    /// own. Long; any thread. Errors: exists, full, io; then nothing is left there.
    Result<void> checkpoint(const std::string &path) const;
    /// Reads every block of every file. Long. Errors: corrupt, io.
    Result<void> verifyChecksums() const;
    /// Makes a running compact() end early.
    void cancelCompaction();

private:
    Database(std::string path, const Clock &clock, Options options);
    Result<void> openFiles();
    void adopt(rocksdb::DB *db, const std::vector<rocksdb::ColumnFamilyHandle *> &handles);
    void closeFiles();
    Result<std::optional<std::string>> read(Table table, std::string_view key) const;
    RowCache *cacheOf(Table table) const;
    bool canWriteFiles() const;

    const std::string path_;
    const Clock &clock_;
    const Options options_;
    mutable std::shared_mutex mutex_; ///< exclusive while the files are opened anew
    std::unique_ptr<rocksdb::DB> db_; ///< null after files could not be opened anew
    std::array<rocksdb::ColumnFamilyHandle *, tableCount> handles_ {};
    std::atomic<bool> cancelCompaction_ { false };
    mutable RowCache heads_, accounts_, relations_; ///< which every message asks for
};

Error errorOf(const rocksdb::Status &status);

} // namespace kith::server::embedded
