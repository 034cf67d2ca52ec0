// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/result.h"

#include <string>

namespace kith {

/// Replaces `path` with `bytes` so that after a crash either the old or the new content is there: temporary file in the
/// same folder, mode 0600, fsync, rename, fsync of the folder (security L5). Errors: full, io, permission.
Result<void> writeDurably(const std::string &path, ByteView bytes);

/// The whole of a regular file of at most `limit` bytes, not following a symlink. Errors: notFound, tooLarge,
/// permission, io.
Result<QByteArray> readWhole(const std::string &path, std::size_t limit);

/// Makes `path` a folder of mode 0700 that belongs to this user, with its parents. Errors: permission when it is a
/// symlink, somebody else's, or open to others and cannot be closed; io.
Result<void> makePrivateFolder(const std::string &path);

/// An flock(2) held for as long as the object lives; the pid of the holder is the file's content.
class FileLock {
public:
    /// Takes the lock without waiting. Errors: busy (detail = the holder's pid), io, permission.
    static Result<FileLock> take(const std::string &path);

    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;
    ~FileLock();

private:
    explicit FileLock(int fd) : fd_(fd) { }
    int fd_ = -1;
};

} // namespace kith
