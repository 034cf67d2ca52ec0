// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/migration.h"

#include "common/base/failpoint.h"
#include "common/sql/transaction.h"

namespace kith::sql {

Result<int> userVersion(Connection &connection)
{
    KITH_TRY(const auto version,
             connection.one("PRAGMA user_version", [](const Row &row) { return static_cast<int>(row.integer(0)); }));
    return version.value_or(0);
}

Result<void> migrate(Connection &connection, std::span<const MigrationStep> steps)
{
    KITH_TRY(const int found, userVersion(connection));
    const int wanted = static_cast<int>(steps.size());
    if (found > wanted || found < 0)
        return Error { ErrorCode::unsupported,
                       "the store has version " + std::to_string(found) + ", this build knows "
                           + std::to_string(wanted) };
    for (int version = found; version < wanted; ++version) {
        KITH_TRY(Transaction transaction, Transaction::begin(connection));
        KITH_CHECK(steps[static_cast<std::size_t>(version)](connection));
        KITH_FAILPOINT("s9");
        // A pragma takes no bound value.
        KITH_CHECK(connection.run("PRAGMA user_version = " + std::to_string(version + 1)));
        KITH_CHECK(transaction.commit());
    }
    return {};
}

} // namespace kith::sql
