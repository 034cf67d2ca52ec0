// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/format.h"

#include "common/base/failpoint.h"
#include "server/embedded/account_rows.h"
#include "server/embedded/meta.h"

#include <rocksdb/write_batch.h>

namespace kith::server::embedded {

namespace {

using Step = Result<void> (*)(Batch &);

/// 0 -> 1: the first layout; before it there was nothing.
Result<void> begin(Batch &)
{
    return {};
}

/// 1 -> 2: the rows that are read for whoever is not there.
Result<void> addNobody(Batch &batch)
{
    putNobody(batch);
    return {};
}

/// Step n leads from version n to n + 1. A released one is never edited.
constexpr std::array<Step, 2> steps { begin, addNobody };

} // namespace

Result<void> checkFormat(std::uint64_t version)
{
    return version <= steps.size() ? Result<void> {}
                                   : Error { ErrorCode::unsupported, "a newer kith-server wrote this store" };
}

Result<void> bringToCurrentFormat(Database &database)
{
    KITH_TRY(auto version, metaNumber(database, formatMeta));
    KITH_CHECK(checkFormat(version));
    for (; version < steps.size(); ++version) {
        Batch batch(database);
        KITH_CHECK(steps.at(version)(batch));
        putMetaNumber(batch, formatMeta, version + 1);
        rocksdb::WriteBatch rows;
        batch.writeTo(rows);
        KITH_FAILPOINT("s9");
        KITH_CHECK(database.write(rows, true));
    }
    return {};
}

} // namespace kith::server::embedded
