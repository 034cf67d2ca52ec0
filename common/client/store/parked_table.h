// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <vector>

namespace kith::client::store {

/// A ciphertext that cannot be opened yet (delivery ST15).
struct ParkedRow {
    std::int64_t id = 0;
    DeviceId sender;
    Mid mid;
    Sid sid;
    WallTime serverTime {};
    int type = 0;
    QByteArray content;
    int reason = 0; ///< the engine's
    WallTime at {};
};

struct ParkedTotals {
    std::int64_t count = 0;
    std::int64_t bytes = 0;
};

class ParkedTable {
public:
    explicit ParkedTable(sql::Connection &sql) : sql_(sql) { }

    /// False when (sender device, mid) is parked already. Bounds (LIM18) are the caller's.
    Result<bool> add(const ParkedRow &row);
    Result<void> remove(std::int64_t id);
    /// In the order they came.
    Result<std::vector<ParkedRow>> ofAccount(const AccountId &sender);
    Result<std::vector<AccountId>> senders();
    Result<ParkedTotals> totals(const AccountId &sender);
    Result<ParkedTotals> totals();
    Result<std::vector<ParkedRow>> olderThan(WallTime before, int limit);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
