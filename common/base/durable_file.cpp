// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace kith {

namespace {

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) { }
    ~Descriptor()
    {
        if (fd_ >= 0)
            ::close(fd_);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

private:
    int fd_;
};

Error failure(const char *what)
{
    const int cause = errno;
    ErrorCode code = ErrorCode::io;
    if (cause == ENOENT)
        code = ErrorCode::notFound;
    else if (cause == EACCES || cause == EPERM || cause == ELOOP || cause == EROFS)
        code = ErrorCode::permission;
    else if (cause == ENOSPC || cause == EDQUOT)
        code = ErrorCode::full;
    return { code, std::string(what) + ": " + std::strerror(cause) };
}

std::string folderOf(const std::string &path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> writeAll(int fd, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failure("write");
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    return {};
}

} // namespace

Result<void> writeDurably(const std::string &path, ByteView bytes)
{
    const std::string temporary = path + ".new";
    ::unlink(temporary.c_str());
    const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0)
        return failure("create a file");
    auto written = writeAll(file.get(), bytes);
    if (written && ::fsync(file.get()) != 0)
        written = failure("fsync");
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0)
        written = failure("rename");
    if (!written) {
        ::unlink(temporary.c_str());
        return written;
    }
    const Descriptor folder(::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 || ::fsync(folder.get()) != 0)
        return failure("fsync of the folder");
    return {};
}

Result<QByteArray> readWhole(const std::string &path, std::size_t limit)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat info { };
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0)
        return failure("open a file");
    if (!S_ISREG(info.st_mode))
        return Error { ErrorCode::permission, "not a regular file" };
    QByteArray bytes;
    char chunk[65536];
    for (;;) {
        const ssize_t n = ::read(file.get(), chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failure("read");
        if (n == 0)
            return bytes;
        if (static_cast<std::size_t>(bytes.size()) + static_cast<std::size_t>(n) > limit)
            return Error { ErrorCode::tooLarge, "a file over its limit" };
        bytes.append(chunk, n);
    }
}

Result<void> makePrivateFolder(const std::string &path)
{
    struct stat info { };
    if (::lstat(path.c_str(), &info) != 0) {
        if (const std::string parent = folderOf(path); parent != path && ::access(parent.c_str(), F_OK) != 0)
            KITH_CHECK(makePrivateFolder(parent));
        if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
            return failure("make a folder");
        if (::lstat(path.c_str(), &info) != 0)
            return failure("look at a folder");
    }
    if (!S_ISDIR(info.st_mode))
        return Error { ErrorCode::permission, "a symlink or file where a private folder is needed" };
    if (info.st_uid != ::geteuid())
        return Error { ErrorCode::permission, "the folder belongs to another user" };
    if ((info.st_mode & 0077U) != 0 && ::chmod(path.c_str(), 0700) != 0)
        return failure("close a folder to others");
    return {};
}

Result<FileLock> FileLock::take(const std::string &path)
{
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0)
        return failure("open a lock file");
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return failure("lock");
        char pid[24] = {};
        const ssize_t n = ::read(file.get(), pid, sizeof pid - 1);
        return Error { ErrorCode::busy, n > 0 ? std::string(pid, static_cast<std::size_t>(n)) : "unknown" };
    }
    const std::string pid = std::to_string(::getpid());
    if (::ftruncate(file.get(), 0) != 0)
        return failure("write a lock file");
    KITH_CHECK(writeAll(file.get(), viewOf(pid)));
    return FileLock(file.release());
}

FileLock::FileLock(FileLock &&other) noexcept : fd_(std::exchange(other.fd_, -1)) { }

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(fd_, other.fd_);
    return *this;
}

FileLock::~FileLock()
{
    if (fd_ >= 0)
        ::close(fd_);
}

} // namespace kith
