// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/task.h"
#include "server/embedded/database.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace kith::server::embedded {

/// Copies the running store as it is at one moment: hard links where the target is on the same file system. On a thread
/// of its own, one copy at a time; what is committed meanwhile waits at most for a memtable to be written.
class Checkpointer {
public:
    explicit Checkpointer(Database &database) : database_(database) { }
    ~Checkpointer();

    /// Makes the folder `path`, which must not exist while its parent must. Errors: busy (another copy is being made),
    /// exists, full, io; then nothing is left there.
    Task<Result<void>> make(const std::string &path);

private:
    Database &database_;
    std::atomic<bool> running_ { false };
    std::thread thread_;
};

/// What a copy holds.
struct CopyFacts {
    std::uint64_t format = 0; ///< version of the layout
    std::uint64_t rows = 0; ///< of all tables
};

/// Reads every block of the copy at `path` against its checksum, and every row; writes nothing. Errors: corrupt,
/// unsupported (a newer build wrote it), notFound, io.
Result<CopyFacts> verifyCopy(const std::string &path, const Clock &clock);

/// Makes `storeFolder`, a folder that does not exist, from the verified copy at `copy`, fit to serve: epochs, numbers
/// and prekeys are renewed (delivery AT8). A crash leaves no `storeFolder`. Errors: exists, full, io, corrupt,
/// unsupported.
Result<void> restoreCopy(const std::string &copy, const std::string &storeFolder, const Clock &clock, Random &random);

} // namespace kith::server::embedded
