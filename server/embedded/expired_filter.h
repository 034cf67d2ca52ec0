// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "server/embedded/tables.h"

#include <rocksdb/compaction_filter.h>

namespace kith::server::embedded {

/// Drops idempotency rows whose time is over while RocksDB rewrites files: they cost no index and no delete. Readers
/// compare the time themselves, so when exactly that happens changes nothing.
class ExpiredFilterFactory final : public rocksdb::CompactionFilterFactory {
public:
    ExpiredFilterFactory(Table table, const Clock &clock) : table_(table), clock_(clock) { }
    std::unique_ptr<rocksdb::CompactionFilter> CreateCompactionFilter(
        const rocksdb::CompactionFilter::Context &context) override;
    const char *Name() const override { return "kith.expired"; }

private:
    Table table_;
    const Clock &clock_;
};

} // namespace kith::server::embedded
