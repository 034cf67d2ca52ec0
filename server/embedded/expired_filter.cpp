// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/expired_filter.h"

#include "common/wire/stored.h"

namespace kith::server::embedded {

namespace {

class ExpiredFilter final : public rocksdb::CompactionFilter {
public:
    ExpiredFilter(Table table, WallTime now) : table_(table), now_(now) { }

    bool Filter(int, const rocksdb::Slice &, const rocksdb::Slice &value, std::string *, bool *) const override
    {
        const auto bytes = viewOf(std::string_view(value.data(), value.size()));
        if (table_ == Table::sentMid) {
            const auto home = wire::decodeStoredHome(bytes);
            return home && home->until <= now_;
        }
        const auto mid = wire::decodeStoredMid(bytes);
        return mid && mid->until <= now_;
    }
    const char *Name() const override { return "kith.expired"; }

private:
    Table table_;
    WallTime now_;
};

} // namespace

std::unique_ptr<rocksdb::CompactionFilter> ExpiredFilterFactory::CreateCompactionFilter(
    const rocksdb::CompactionFilter::Context &)
{
    return std::make_unique<ExpiredFilter>(table_, clock_.now());
}

} // namespace kith::server::embedded
