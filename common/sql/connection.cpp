// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/sql/connection.h"

#include "common/sql/handle.h"
#include "common/sql/sqlite_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

// SQLCipher declares sqlite3_key only for those who ask.
#define SQLITE_HAS_CODEC 1
#include <sqlite3.h>

namespace kith::sql {

Connection::Handle::~Handle()
{
    sqlite3_close(database);
}

namespace {

Error fileError(const char *what)
{
    switch (errno) {
    case ENOENT:
        return { ErrorCode::notFound, what };
    case EEXIST:
        return { ErrorCode::exists, what };
    case ENOSPC:
    case EDQUOT:
        return { ErrorCode::full, what };
    case EACCES:
    case EPERM:
    case ELOOP:
    case EROFS:
        return { ErrorCode::permission, what };
    default:
        return { ErrorCode::io, what };
    }
}

/// The database library would make the file with the umask's mode; its WAL file inherits the mode of this one.
Result<void> makeFile(const std::string &path)
{
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fileError("make the database file");
    ::close(fd);
    return {};
}

/// An emptied file would look like a new database and be filled: the reader must see the damage instead.
Result<void> checkFile(const std::string &path)
{
    struct stat info { };
    if (::lstat(path.c_str(), &info) != 0)
        return fileError("look at the database file");
    if (!S_ISREG(info.st_mode) || info.st_uid != ::geteuid())
        return Error { ErrorCode::permission, "the database is no regular file of this user" };
    if (info.st_size == 0)
        return Error { ErrorCode::corrupt, "the database file is empty" };
    return {};
}

constexpr std::string_view hexDigits = "0123456789abcdef";

} // namespace

Connection::Connection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) { }

Connection::~Connection()
{
    cache_.clear();
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string &path, const SecretBytes &key, OpenMode mode)
{
    if (key.size() != keySize)
        return Error { ErrorCode::invalid, "a database key of the wrong length" };
    KITH_CHECK(mode == OpenMode::create ? makeFile(path) : checkFile(path));
    auto handle = std::make_unique<Handle>();
    const int result =
        sqlite3_open_v2(path.c_str(), &handle->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (result != SQLITE_OK)
        return toError(result, "open the database");
    std::unique_ptr<Connection> connection(new Connection(std::move(handle)));
    KITH_CHECK(connection->applyKey(key));
    KITH_CHECK(connection->configure(mode));
    return connection;
}

/// Not by PRAGMA: its text would stay in the parser's memory.
Result<void> Connection::applyKey(const SecretBytes &key)
{
    SecretBytes raw(2 * keySize + 3);
    auto out = raw.mutableView();
    out[0] = 'x';
    out[1] = '\'';
    for (std::size_t i = 0; i < keySize; ++i) {
        out[2 + 2 * i] = static_cast<std::uint8_t>(hexDigits[key.view()[i] >> 4U]);
        out[3 + 2 * i] = static_cast<std::uint8_t>(hexDigits[key.view()[i] & 15U]);
    }
    out[2 + 2 * keySize] = '\'';
    const int result = sqlite3_key(handle_->database, raw.view().data(), static_cast<int>(raw.size()));
    return result == SQLITE_OK ? Result<void>() : toError(result, "set the database key");
}

Result<void> Connection::configure(OpenMode mode)
{
    KITH_CHECK(run("PRAGMA cipher_page_size = 4096"));
    KITH_CHECK(run("PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;"));
    auto readable = run("SELECT count(*) FROM sqlite_master"); // the first read: shows whether the key fits
    if (!readable) {
        Error error = std::move(readable).error();
        if (mode == OpenMode::existing && sqlite3_errcode(handle_->database) == SQLITE_NOTADB)
            error = { ErrorCode::permission, "the key does not fit the database, or its first page is damaged" };
        return error;
    }
    KITH_CHECK(run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"));
    KITH_CHECK(run("PRAGMA cache_size = -16384")); // 16 MiB: a page that is read again is decrypted again
    return {};
}

Result<void> Connection::run(std::string_view sql)
{
    const std::string text(sql);
    const int result = sqlite3_exec(handle_->database, text.c_str(), nullptr, nullptr, nullptr);
    return result == SQLITE_OK ? Result<void>() : toError(result, "run SQL");
}

Result<Statement> Connection::prepare(std::string_view sql)
{
    std::string key(sql);
    if (const auto known = cache_.find(key); known != cache_.end() && !known->second->busy)
        return Statement(known->second);
    sqlite3_stmt *compiled = nullptr;
    const int result =
        sqlite3_prepare_v2(handle_->database, sql.data(), static_cast<int>(sql.size()), &compiled, nullptr);
    if (result != SQLITE_OK)
        return Error { ErrorCode::internal, std::string("prepare: ") + sqlite3_errmsg(handle_->database) };
    auto prepared = std::make_shared<Prepared>(compiled);
    cache_.try_emplace(std::move(key), prepared); // a busy twin keeps its place; this one dies after use
    return Statement(std::move(prepared));
}

int Connection::changes() const
{
    return sqlite3_changes(handle_->database);
}

std::int64_t Connection::lastInsertId() const
{
    return sqlite3_last_insert_rowid(handle_->database);
}

bool Connection::isInTransaction() const
{
    return sqlite3_get_autocommit(handle_->database) == 0;
}

void Connection::afterCommit(std::function<void()> f)
{
    if (isInTransaction())
        afterCommit_.push_back(std::move(f));
    else
        f();
}

void Connection::runAfterCommit()
{
    for (const auto &call : std::exchange(afterCommit_, {}))
        call();
}

Result<void> Connection::checkpoint()
{
    return run("PRAGMA wal_checkpoint(TRUNCATE)");
}

} // namespace kith::sql
