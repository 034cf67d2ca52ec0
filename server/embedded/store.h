// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/task.h"
#include "server/ports/account_directory.h"
#include "server/ports/key_directory.h"
#include "server/ports/message_queue.h"
#include "server/ports/metrics.h"
#include "server/ports/queue_limits.h"

#include <functional>
#include <memory>

namespace rocksdb {
class Env;
}

/// Every durable port on RocksDB, in one process (scale-out 2.1).
namespace kith::server::embedded {

struct Options {
    std::uint16_t node = 0; ///< 0..1023, of the message numbers
    /// Serve although the store went back in time, or was put back from a copy (delivery AT8). Once per restore.
    bool acceptRollback = false;
    QueueLimits limits;
    Metrics *metrics = nullptr; ///< outlives the store; null: nobody listens
    std::size_t memoryBytes = 64ULL * 1024 * 1024; ///< memtables
    rocksdb::Env *env = nullptr; ///< null: the machine's files. Tests put faults in between
    std::function<double()> freeShare; ///< of the disk, 0 to 1; empty: asks the file system
};

/// Owns the database and the committer. Clock and Random outlive it; Random is used on the committer's thread only,
/// after open() has returned. Its ports may be used from any thread until it dies; it answers what was asked before.
class Store {
public:
    /// Opens or makes the store in the private folder `path`. Errors: corrupt (damaged; or behind its commit mark,
    /// detail "rolled back", and not acceptRollback), unsupported, busy, permission, full, io.
    static Result<std::unique_ptr<Store>> open(const std::string &path, const Clock &clock, Random &random,
                                               Options options);
    ~Store();

    MessageQueue &queue();
    KeyDirectory &keys();
    AccountDirectory &accounts();

    /// Whether it takes writes: the last one reached the disk and none hangs (Committer::isHealthy). Any thread.
    bool isWritable() const;

    /// A copy of the store as of one moment, as Checkpointer::make says.
    Task<Result<void>> checkpoint(const std::string &path);

    /// Rewrites the files so that nothing deleted is left in them (security S12). Long. sweep() does it twice a day.
    Result<void> compact();

private:
    struct Parts;
    explicit Store(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

} // namespace kith::server::embedded
