// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/secret_bytes.h"
#include "common/sql/statement.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith::sql {

enum class OpenMode {
    create, ///< the file must not exist; made with mode 0600
    existing, ///< the file must exist, belong to this user and not be empty: nothing is ever made in its place
};

/// One SQLCipher database, opened as security L1 says: raw key, 4 KiB pages, WAL, synchronous=FULL, foreign keys,
/// secure_delete, temporary data in memory. One thread. All SQL is ours and literal: values come in by binding only.
///
/// Errors of every call: full, corrupt, locked, io, internal (a constraint or a bug), as toError says.
class Connection {
public:
    static constexpr std::size_t keySize = 32;

    /// Errors besides those above: invalid for a key that is not 32 bytes; exists or notFound by `mode`; permission
    /// when the key does not fit (a damaged first page looks the same), or for a file of somebody else; corrupt when
    /// empty.
    static Result<std::unique_ptr<Connection>> open(const std::string &path, const SecretBytes &key, OpenMode mode);

    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Runs one or more statements without values: schema, pragmas.
    Result<void> run(std::string_view sql);

    /// A prepared statement with `values` bound in order, from the cache. `values` outlive the Statement.
    template <class... Values>
    Result<Statement> query(std::string_view sql, const Values &...values)
    {
        KITH_TRY(Statement statement, prepare(sql));
        int index = 0;
        (statement.bind(++index, values), ...);
        KITH_CHECK(statement.bound());
        return statement;
    }

    /// Runs a statement that returns no rows.
    template <class... Values>
    Result<void> execute(std::string_view sql, const Values &...values)
    {
        KITH_TRY(Statement statement, query(sql, values...));
        KITH_CHECK(statement.step());
        return {};
    }

    /// The first row as `read(Row)` makes it, or nothing. Errors also: corrupt when a column has another shape.
    template <class Read, class... Values>
    auto one(std::string_view sql, Read read, const Values &...values)
        -> Result<std::optional<std::invoke_result_t<Read, const Row &>>>
    {
        using Found = std::optional<std::invoke_result_t<Read, const Row &>>;
        KITH_TRY(Statement statement, query(sql, values...));
        KITH_TRY(const bool hasRow, statement.step());
        Found found;
        if (hasRow)
            found = read(statement.row());
        KITH_CHECK(statement.rowsWereSound());
        return Result<Found>(std::move(found));
    }

    /// All rows as `read(Row)` makes them.
    template <class Read, class... Values>
    auto all(std::string_view sql, Read read, const Values &...values)
        -> Result<std::vector<std::invoke_result_t<Read, const Row &>>>
    {
        KITH_TRY(Statement statement, query(sql, values...));
        std::vector<std::invoke_result_t<Read, const Row &>> rows;
        for (;;) {
            KITH_TRY(const bool hasRow, statement.step());
            if (!hasRow)
                break;
            rows.push_back(read(statement.row()));
        }
        KITH_CHECK(statement.rowsWereSound());
        return rows;
    }

    /// Rows that the last INSERT, UPDATE or DELETE touched, and the rowid that the last INSERT made.
    int changes() const;
    std::int64_t lastInsertId() const;

    bool isInTransaction() const;
    /// Calls `f` once the open transaction has been committed, in order of asking; never after a rollback; at once when
    /// no transaction is open.
    void afterCommit(std::function<void()> f);

    /// Copies the write-ahead log into the database and empties it.
    Result<void> checkpoint();

private:
    friend class Transaction;
    friend class Savepoint;
    struct Handle;

    explicit Connection(std::unique_ptr<Handle> handle);
    Result<void> applyKey(const SecretBytes &key);
    Result<void> configure(OpenMode mode);
    Result<Statement> prepare(std::string_view sql);
    void runAfterCommit();

    std::unique_ptr<Handle> handle_;
    std::unordered_map<std::string, std::shared_ptr<Prepared>> cache_; // shared: a Statement may still hold one
    std::vector<std::function<void()>> afterCommit_;
};

} // namespace kith::sql
