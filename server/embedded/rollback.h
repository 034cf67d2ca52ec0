// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "server/embedded/database.h"

namespace kith::server::embedded {

/// What a store that went back in time must forget before it serves (delivery AT8): every queue gets a new qepoch, no
/// message number up to now is given again, all one-time prekeys count as handed out (PK9). Repeatable. Errors: full,
/// io, corrupt.
Result<void> renewAfterRollback(Database &database, WallTime now, Random &random);

} // namespace kith::server::embedded
