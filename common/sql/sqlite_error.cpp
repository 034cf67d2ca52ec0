// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/sqlite_error.h"

#include <sqlite3.h>

namespace kith::sql {

namespace {

ErrorCode classOf(int result)
{
    switch (result & 0xFF) {
    case SQLITE_FULL:
        return ErrorCode::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return ErrorCode::corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::busy;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
        return ErrorCode::io;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ErrorCode::permission;
    case SQLITE_TOOBIG:
        return ErrorCode::tooLarge;
    default:
        return ErrorCode::internal;
    }
}

} // namespace

Error toError(int result, const char *what)
{
    return { classOf(result),
             std::string(what) + ": SQLite " + std::to_string(result) + ", " + sqlite3_errstr(result) };
}

} // namespace kith::sql
