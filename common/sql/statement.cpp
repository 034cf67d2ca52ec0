// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/statement.h"

#include "common/sql/sqlite_error.h"

#include <sqlite3.h>

namespace kith::sql {

Prepared::~Prepared()
{
    sqlite3_finalize(handle);
}

bool Row::isNull(int column) const
{
    return sqlite3_column_type(prepared_.handle, column) == SQLITE_NULL;
}

std::int64_t Row::integer(int column) const
{
    if (sqlite3_column_type(prepared_.handle, column) != SQLITE_INTEGER)
        prepared_.damaged = true;
    return sqlite3_column_int64(prepared_.handle, column);
}

std::string Row::text(int column) const
{
    if (sqlite3_column_type(prepared_.handle, column) != SQLITE_TEXT) {
        prepared_.damaged = true;
        return {};
    }
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(prepared_.handle, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_.handle, column));
    return data ? std::string(data, size) : std::string();
}

ByteView Row::view(int column) const
{
    if (sqlite3_column_type(prepared_.handle, column) != SQLITE_BLOB) {
        prepared_.damaged = true;
        return {};
    }
    const auto *data = static_cast<const std::uint8_t *>(sqlite3_column_blob(prepared_.handle, column));
    return { data, data ? static_cast<std::size_t>(sqlite3_column_bytes(prepared_.handle, column)) : 0 };
}

QByteArray Row::bytes(int column) const
{
    return toByteArray(view(column));
}

SecretBytes Row::secret(int column) const
{
    return SecretBytes(view(column));
}

Statement::Statement(std::shared_ptr<Prepared> prepared) : prepared_(std::move(prepared))
{
    prepared_->busy = true;
    prepared_->damaged = false;
}

Statement::~Statement()
{
    if (!prepared_)
        return;
    sqlite3_reset(prepared_->handle);
    sqlite3_clear_bindings(prepared_->handle);
    prepared_->busy = false;
}

void Statement::note(int result, int index)
{
    if (result_ == SQLITE_OK)
        result_ = result;
    bound_ = index;
}

void Statement::bind(int index, std::nullptr_t)
{
    note(sqlite3_bind_null(prepared_->handle, index), index);
}

void Statement::bind(int index, std::string_view text)
{
    const char *data = text.data() ? text.data() : "";
    note(sqlite3_bind_text64(prepared_->handle, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8), index);
}

void Statement::bind(int index, ByteView blob)
{
    // A null pointer would bind NULL.
    const void *data = blob.data() ? static_cast<const void *>(blob.data()) : "";
    note(sqlite3_bind_blob64(prepared_->handle, index, data, blob.size(), SQLITE_STATIC), index);
}

void Statement::bindInteger(int index, std::int64_t value)
{
    note(sqlite3_bind_int64(prepared_->handle, index, value), index);
}

Result<void> Statement::bound() const
{
    if (result_ != SQLITE_OK)
        return toError(result_, "bind");
    if (bound_ != sqlite3_bind_parameter_count(prepared_->handle))
        return Error { ErrorCode::internal, "a statement with an unbound parameter" };
    return {};
}

Result<bool> Statement::step()
{
    const int result = sqlite3_step(prepared_->handle);
    if (result == SQLITE_ROW || result == SQLITE_DONE)
        return result == SQLITE_ROW;
    return toError(result, "run a statement");
}

Result<void> Statement::rowsWereSound() const
{
    if (prepared_->damaged)
        return Error { ErrorCode::corrupt, "a column of an unexpected shape" };
    return {};
}

} // namespace kith::sql
