// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/result.h"

#include <cstdint>
#include <string>

namespace kith::server {

/// A backup is a private folder: `store` (a copy of the store as of one moment), `server.key` (the server's identity)
/// and `manifest.json`, which names every other file with its size and SHA-256 and is written last: a folder without
/// it was not finished (server-ops 7).
struct BackupFacts {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t rows = 0; ///< of the store
    std::string made; ///< UTC, ISO 8601
};

/// Reads back what a server put into `folder` and writes the manifest. Errors: io, full, corrupt, tooLarge (more than
/// a million files).
Result<BackupFacts> finishBackup(const std::string &folder, const Clock &clock);

/// Reads everything in `folder` against its manifest, and the store row by row. Changes nothing. Errors: notFound (no
/// manifest), corrupt (detail names the first file that differs), unsupported, io.
Result<BackupFacts> verifyBackup(const std::string &folder, const Clock &clock);

/// Makes `dataDir`, which must hold neither a store nor another server's key, from the verified backup: queues get new
/// epochs, numbers go on from now, one-time prekeys are given up (delivery AT8). Errors: those of verifyBackup; busy (a
/// server runs there), exists, full.
Result<BackupFacts> restoreBackup(const std::string &folder, const std::string &dataDir, const Clock &clock,
                                  Random &random);

} // namespace kith::server
