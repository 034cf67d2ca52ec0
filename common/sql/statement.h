// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/result.h"
#include "common/base/secret_bytes.h"

#include <QByteArray>

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3_stmt;

namespace kith::sql {

/// A compiled statement in a connection's cache.
struct Prepared {
    explicit Prepared(sqlite3_stmt *theHandle) : handle(theHandle) { }
    ~Prepared();
    Prepared(const Prepared &) = delete;
    Prepared &operator=(const Prepared &) = delete;

    sqlite3_stmt *handle;
    bool busy = false; ///< a Statement holds it
    bool damaged = false; ///< a column did not have the shape that its reader needs
};

/// The row that a Statement stands on; columns count from 0. A column of another shape than asked for reads as an empty
/// value and makes the whole query end with `corrupt`.
class Row {
public:
    explicit Row(Prepared &prepared) : prepared_(prepared) { }

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    bool flag(int column) const { return integer(column) != 0; }
    WallTime time(int column) const { return fromMs(integer(column)); }
    std::string text(int column) const;
    QByteArray bytes(int column) const;
    SecretBytes secret(int column) const;

    /// A FixedBytes of exactly its length.
    template <class Id>
    Id id(int column) const
    {
        auto id = Id::from(view(column));
        if (!id)
            prepared_.damaged = true;
        return id ? *id : Id {};
    }

    template <class Enum>
    Enum enumeration(int column) const
    {
        return static_cast<Enum>(integer(column));
    }

    /// Nothing for NULL, else what the member function `read` gives: row.maybe(4, &Row::time).
    template <class T>
    std::optional<T> maybe(int column, T (Row::*read)(int) const) const
    {
        return isNull(column) ? std::nullopt : std::optional<T>((this->*read)(column));
    }

private:
    ByteView view(int column) const;
    Prepared &prepared_;
};

/// A prepared statement in use. Gives itself back to the cache, with its values forgotten, when it dies. Text and blobs
/// are bound without a copy: they outlive it.
class Statement {
public:
    explicit Statement(std::shared_ptr<Prepared> prepared);
    Statement(Statement &&other) noexcept = default;
    Statement &operator=(Statement &&other) = delete;
    Statement(const Statement &) = delete;
    ~Statement();

    void bind(int index, std::nullptr_t);
    void bind(int index, std::string_view text);
    void bind(int index, ByteView blob);
    void bind(int index, const QByteArray &blob) { bind(index, viewOf(blob)); }
    void bind(int index, const SecretBytes &blob) { bind(index, blob.view()); }
    void bind(int index, WallTime time) { bindInteger(index, toMs(time)); }
    template <class Tag, std::size_t N>
    void bind(int index, const FixedBytes<Tag, N> &id)
    {
        bind(index, id.view());
    }
    template <class Tag>
    void bind(int index, const Number<Tag> &number)
    {
        bindInteger(index, static_cast<std::int64_t>(number.value));
    }
    template <class T>
    requires(std::integral<T> || std::is_enum_v<T>) void bind(int index, T value)
    {
        bindInteger(index, static_cast<std::int64_t>(value));
    }
    template <class T>
    void bind(int index, const std::optional<T> &value)
    {
        if (value)
            bind(index, *value);
        else
            bind(index, nullptr);
    }

    /// Whether every bind fitted a parameter of the statement and all have one.
    Result<void> bound() const;
    /// True: there is a row. False: done.
    Result<bool> step();
    Row row() const { return Row(*prepared_); }
    Result<void> rowsWereSound() const;

private:
    void bindInteger(int index, std::int64_t value);
    void note(int result, int index);

    std::shared_ptr<Prepared> prepared_; // shared with the cache
    int result_ = 0;
    int bound_ = 0;
};

} // namespace kith::sql
