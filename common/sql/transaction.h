// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/sql/connection.h"

namespace kith::sql {

/// BEGIN IMMEDIATE ... COMMIT; rolled back when it dies uncommitted. Inside an open one it is a part of that: it can be
/// undone alone, with the afterCommit() calls that it gathered, and becomes durable together with the outer one.
class [[nodiscard]] Transaction {
public:
    static Result<Transaction> begin(Connection &connection);

    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&other) = delete;
    Transaction(const Transaction &) = delete;
    ~Transaction();

    /// The outermost one: durable when this succeeds, rolled back when it does not; then runs what afterCommit()
    /// gathered.
    Result<void> commit();
    void rollback();

private:
    explicit Transaction(Connection *connection) : connection_(connection) { }
    Connection *connection_;
};

/// A part of a transaction that can be undone alone; undone when it dies unreleased. Not for afterCommit calls: those
/// stay.
class [[nodiscard]] Savepoint {
public:
    /// Errors: internal when no transaction is open.
    static Result<Savepoint> begin(Connection &connection);

    Savepoint(Savepoint &&other) noexcept;
    Savepoint &operator=(Savepoint &&other) = delete;
    Savepoint(const Savepoint &) = delete;
    ~Savepoint();

    Result<void> release();
    void rollback();

private:
    explicit Savepoint(Connection *connection) : connection_(connection) { }
    Connection *connection_;
};

} // namespace kith::sql
