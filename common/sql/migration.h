// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/connection.h"

#include <span>

namespace kith::sql {

/// One step of a schema: from version n to n + 1, inside its own transaction (style 7.17).
using MigrationStep = Result<void> (*)(Connection &);

/// Brings the database from its user_version to steps.size(), one transaction a step: after a crash it resumes at the
/// last finished one. Errors: unsupported, untouched, when the database is newer than this build.
Result<void> migrate(Connection &connection, std::span<const MigrationStep> steps);

/// PRAGMA user_version.
Result<int> userVersion(Connection &connection);

} // namespace kith::sql
