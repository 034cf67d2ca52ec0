// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/rollback.h"

#include "server/embedded/key_directory.h"
#include "server/embedded/meta.h"
#include "server/embedded/values.h"
#include "server/ports/snowflake.h"

#include <rocksdb/write_batch.h>

#include <algorithm>

namespace kith::server::embedded {

namespace {

constexpr std::size_t rowsPerCommit = 1'000;

Result<void> commit(Database &database, const Batch &batch)
{
    rocksdb::WriteBatch rows;
    batch.writeTo(rows);
    return database.write(rows, true);
}

Result<void> renewEpochs(Database &database, Random &random)
{
    std::string from;
    for (;;) {
        KITH_TRY(const auto heads, database.scan(Table::queueHead, from, {}, rowsPerCommit));
        if (heads.empty())
            return {};
        Batch batch(database);
        for (const auto &row : heads) {
            KITH_TRY(auto head, wire::decodeStoredHead(viewOf(row.value)));
            std::array<std::uint8_t, 8> chance {};
            KITH_CHECK(random.fill(chance));
            head.qepoch = {};
            for (const auto octet : chance)
                head.qepoch.value = head.qepoch.value << 8 | octet;
            batch.put(Table::queueHead, row.key, valueOf(head));
        }
        KITH_CHECK(commit(database, batch));
        from = heads.back().key + '\0';
    }
}

Result<void> discardKeys(Database &database)
{
    std::string from;
    do {
        Batch batch(database);
        KITH_TRY(from, discardOneTimeKeys(batch, from, rowsPerCommit));
        KITH_CHECK(commit(database, batch));
    } while (!from.empty());
    return {};
}

} // namespace

Result<void> renewAfterRollback(Database &database, WallTime now, Random &random)
{
    KITH_CHECK(renewEpochs(database, random));
    KITH_CHECK(discardKeys(database));
    KITH_TRY(const auto stored, metaNumber(database, sidMeta));
    Snowflake numbers(0, static_cast<std::int64_t>(stored));
    numbers.moveTo(now);
    Batch batch(database);
    putMetaNumber(batch, sidMeta, static_cast<std::uint64_t>(numbers.highWater()));
    return commit(database, batch);
}

} // namespace kith::server::embedded
