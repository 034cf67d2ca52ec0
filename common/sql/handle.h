// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/connection.h"

#include <vector>

struct sqlite3;

namespace kith::sql {

/// What is open: the database, and the transactions inside the outermost one.
struct Connection::Handle {
    Handle() = default;
    ~Handle();
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;

    sqlite3 *database = nullptr;
    /// For each inner transaction, how many afterCommit() calls had been gathered when it began.
    std::vector<std::size_t> innerTransactions;
};

} // namespace kith::sql
