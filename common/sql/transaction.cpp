// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/transaction.h"

#include <utility>

namespace kith::sql {

namespace {

/// The database undoes by itself what an I/O error interrupted; so a failed ROLLBACK leaves nothing to be done.
void undo(Connection &connection, const char *sql)
{
    const auto ignored = connection.execute(sql);
    static_cast<void>(ignored);
}

} // namespace

Result<Transaction> Transaction::begin(Connection &connection)
{
    if (connection.isInTransaction())
        return Error { ErrorCode::internal, "a transaction inside a transaction" };
    KITH_CHECK(connection.execute("BEGIN IMMEDIATE"));
    connection.afterCommit_.clear();
    return Transaction(&connection);
}

Transaction::Transaction(Transaction &&other) noexcept : connection_(std::exchange(other.connection_, nullptr)) { }

Transaction::~Transaction()
{
    rollback();
}

Result<void> Transaction::commit()
{
    if (!connection_)
        return Error { ErrorCode::internal, "a transaction that has ended" };
    if (auto committed = connection_->execute("COMMIT"); !committed) {
        rollback();
        return committed;
    }
    std::exchange(connection_, nullptr)->runAfterCommit();
    return {};
}

void Transaction::rollback()
{
    if (!connection_)
        return;
    Connection &connection = *std::exchange(connection_, nullptr);
    connection.afterCommit_.clear();
    if (connection.isInTransaction())
        undo(connection, "ROLLBACK");
}

Result<Savepoint> Savepoint::begin(Connection &connection)
{
    if (!connection.isInTransaction())
        return Error { ErrorCode::internal, "a savepoint outside a transaction" };
    KITH_CHECK(connection.execute("SAVEPOINT kith"));
    return Savepoint(&connection);
}

Savepoint::Savepoint(Savepoint &&other) noexcept : connection_(std::exchange(other.connection_, nullptr)) { }

Savepoint::~Savepoint()
{
    rollback();
}

Result<void> Savepoint::release()
{
    if (!connection_)
        return Error { ErrorCode::internal, "a savepoint that has ended" };
    return std::exchange(connection_, nullptr)->execute("RELEASE kith");
}

void Savepoint::rollback()
{
    if (!connection_)
        return;
    Connection &connection = *std::exchange(connection_, nullptr);
    if (!connection.isInTransaction())
        return;
    undo(connection, "ROLLBACK TO kith");
    undo(connection, "RELEASE kith");
}

} // namespace kith::sql
