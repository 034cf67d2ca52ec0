// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::client::store {

/// A named reader of the event log.
struct ConsumerRow {
    std::string name;
    std::int64_t acked = 0;
    WallTime seen {};
    std::string filter = "{}"; ///< JSON {types?, chats?, from?}
};

class ConsumerTable {
public:
    explicit ConsumerTable(sql::Connection &sql) : sql_(sql) { }

    Result<std::optional<ConsumerRow>> find(const std::string &name);
    /// By name.
    Result<std::vector<ConsumerRow>> list();
    /// Inserts, or replaces the whole row.
    Result<void> save(const ConsumerRow &row);
    /// True when there was one.
    Result<bool> remove(const std::string &name);
    /// Those not seen since `before`; the number removed.
    Result<int> removeUnseen(WallTime before);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
