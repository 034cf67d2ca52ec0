// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/transaction.h"

#include "common/sql/handle.h"

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
    auto &inner = connection.handle_->innerTransactions;
    if (connection.isInTransaction()) {
        KITH_CHECK(connection.execute("SAVEPOINT kith"));
        inner.push_back(connection.afterCommit_.size());
    } else {
        KITH_CHECK(connection.execute("BEGIN IMMEDIATE"));
        connection.afterCommit_.clear();
        inner.clear();
    }
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
    auto &inner = connection_->handle_->innerTransactions;
    const bool isInner = !inner.empty();
    if (auto committed = connection_->execute(isInner ? "RELEASE kith" : "COMMIT"); !committed) {
        rollback();
        return committed;
    }
    Connection &connection = *std::exchange(connection_, nullptr);
    if (isInner)
        inner.pop_back();
    else
        connection.runAfterCommit();
    return {};
}

void Transaction::rollback()
{
    if (!connection_)
        return;
    Connection &connection = *std::exchange(connection_, nullptr);
    auto &inner = connection.handle_->innerTransactions;
    const bool isInner = !inner.empty();
    connection.afterCommit_.resize(isInner ? inner.back() : 0);
    if (isInner)
        inner.pop_back();
    if (!connection.isInTransaction())
        return;
    if (isInner) {
        undo(connection, "ROLLBACK TO kith");
        undo(connection, "RELEASE kith");
    } else {
        undo(connection, "ROLLBACK");
    }
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
