// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/embedded/database.h"

namespace kith::server::embedded {

/// Brings the keys and values of the store to the version that this build writes: numbered steps, one synced commit
/// each, so that a crash in between resumes (style 7.18, delivery s9). Errors: unsupported (a newer build wrote it),
/// full, io.
Result<void> bringToCurrentFormat(Database &database);
/// Errors: unsupported for a version that this build does not know.
Result<void> checkFormat(std::uint64_t version);

} // namespace kith::server::embedded
