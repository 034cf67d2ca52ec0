// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disk that fails (delivery FI5, FI6), for LD_PRELOAD under an unchanged program: RocksDB and SQLCipher reach the
// kernel through these calls alike. Plain POSIX, no Qt, because it lives inside other processes.
//
//   KITH_DISK_FOLDER  files below it are on this disk
//   KITH_DISK_RULE    what:n   enospc, eio, short: the n-th write or sync and the 19 behind it fail so
//                              cut, tear: the power goes at the n-th sync; what was not synced is gone, or torn: some
//                              sectors of it are there
//                              lie: as cut, but the 8 syncs of a log before it only said that they were done
//   KITH_DISK_LOG     gets one line when the rule fires
//
// Creating, renaming and removing files is taken as durable at once, as on a file system with ordered metadata.
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

constexpr int failingCalls = 20;
constexpr int lies = 8;
constexpr std::size_t sector = 512;
constexpr int mostFiles = 65536;

template <class F>
F real(const char *name)
{
    return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

ssize_t realPwrite(int fd, const void *bytes, std::size_t size, off_t at)
{
    static const auto call = real<ssize_t (*)(int, const void *, std::size_t, off_t)>("pwrite64");
    return call(fd, bytes, size, at);
}

/// A change since the last sync of its file.
struct Change {
    off_t at = 0;
    std::string before, after;
};

struct File {
    int shadow = -1; ///< ours, for reading and writing back; never closed, because that would drop the program's locks
    off_t syncedSize = 0;
    bool isLog = false;
    std::vector<Change> changes;
};

class Disk {
public:
    static Disk &get()
    {
        static Disk *disk = new Disk; // used until the very end of the process
        return *disk;
    }

    void opened(int fd, const char *path)
    {
        if (fd < 0 || fd >= mostFiles || folder_.empty() || std::strncmp(path, folder_.c_str(), folder_.size()) != 0)
            return;
        const std::string name(path);
        if (name.ends_with("-shm") || name.ends_with("/LOCK") || name.ends_with("/LOG") || name.ends_with("/lock"))
            return;
        struct stat info { };
        if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
            return;
        const std::scoped_lock lock(mutex_);
        auto &file = files_[info.st_ino];
        if (file.shadow < 0) {
            file.shadow = openShadow(path);
            file.syncedSize = info.st_size;
            file.isLog = name.ends_with(".log");
        }
        watched_[fd] = file.shadow >= 0 ? &file : nullptr;
    }
    void closed(int fd)
    {
        if (fd >= 0 && fd < mostFiles)
            watched_[fd] = nullptr;
    }
    File *fileOf(int fd) { return fd >= 0 && fd < mostFiles ? watched_[fd] : nullptr; }

    /// How many of `size` bytes may be written; -1 with errno for none.
    ssize_t allow(std::size_t size)
    {
        const std::scoped_lock lock(mutex_);
        if (!fails(++calls_))
            return static_cast<ssize_t>(size);
        if (what_ == "short" && size > 1)
            return static_cast<ssize_t>(size / 2);
        errno = what_ == "enospc" ? ENOSPC : EIO;
        return what_ == "short" ? static_cast<ssize_t>(size) : -1;
    }

    ssize_t write(File &file, int fd, const void *bytes, std::size_t size, off_t at)
    {
        const std::scoped_lock lock(mutex_);
        if (isPowerRule()) {
            Change change { at, std::string(size, '\0'), std::string(static_cast<const char *>(bytes), size) };
            const auto had = pread(file.shadow, change.before.data(), size, at);
            change.before.resize(had > 0 ? static_cast<std::size_t>(had) : 0);
            file.changes.push_back(std::move(change));
        }
        return realPwrite(fd, bytes, size, at);
    }

    int truncate(File &file, off_t size, int (*call)(int, off_t), int fd)
    {
        const std::scoped_lock lock(mutex_);
        struct stat info { };
        if (isPowerRule() && fstat(file.shadow, &info) == 0 && info.st_size > size) {
            Change change { size, std::string(static_cast<std::size_t>(info.st_size - size), '\0'), {} };
            if (pread(file.shadow, change.before.data(), change.before.size(), size) > 0)
                file.changes.push_back(std::move(change));
        }
        return call(fd, size);
    }

    int sync(File &file, int (*call)(int), int fd)
    {
        const std::scoped_lock lock(mutex_); // nothing changes while the power goes
        ++syncs_;
        if (isPowerRule() && syncs_ >= at_)
            cut();
        if (fails(++calls_) && what_ != "short") {
            errno = what_ == "enospc" ? ENOSPC : EIO;
            return -1;
        }
        if (what_ == "lie" && file.isLog && syncs_ >= at_ - lies)
            return 0;
        const int done = call(fd);
        struct stat info { };
        if (done == 0 && fstat(fd, &info) == 0) {
            file.changes.clear();
            file.syncedSize = info.st_size;
        }
        return done;
    }

private:
    Disk()
    {
        const char *folder = std::getenv("KITH_DISK_FOLDER");
        const char *rule = std::getenv("KITH_DISK_RULE");
        const std::string text = rule ? rule : "";
        what_ = text.substr(0, text.find(':'));
        at_ = text.find(':') == std::string::npos ? 1 : std::atoi(text.c_str() + text.find(':') + 1);
        folder_ = folder && !text.empty() ? folder : "";
        seed_ = static_cast<std::uint64_t>(at_) * 0x9e3779b97f4a7c15ULL + static_cast<std::uint64_t>(getpid());
    }

    bool isPowerRule() const { return what_ == "cut" || what_ == "tear" || what_ == "lie"; }
    bool fails(int call)
    {
        if (isPowerRule() || call < at_ || call >= at_ + failingCalls)
            return false;
        if (call == at_)
            log();
        return true;
    }

    static int openShadow(const char *path)
    {
        static const auto call = real<int (*)(const char *, int, ...)>("open64");
        return call(path, O_RDWR | O_CLOEXEC);
    }

    void log() const
    {
        static const auto call = real<int (*)(const char *, int, ...)>("open64");
        static const auto put = real<ssize_t (*)(int, const void *, std::size_t)>("write");
        const char *path = std::getenv("KITH_DISK_LOG");
        const int fd = path ? call(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
        const std::string line = what_ + '\n';
        if (fd >= 0 && put(fd, line.data(), line.size()) < 0)
            return;
    }

    [[noreturn]] void cut()
    {
        for (auto &[inode, file] : files_) {
            for (auto change = file.changes.rbegin(); change != file.changes.rend(); ++change)
                restore(file, change->at, change->before);
            if (!file.changes.empty() && ftruncate64(file.shadow, file.syncedSize) != 0)
                std::perror("a file cannot be put back");
            if (what_ == "tear")
                tear(file);
        }
        log();
        raise(SIGKILL);
        std::abort();
    }

    static void restore(const File &file, off_t at, const std::string &bytes)
    {
        if (!bytes.empty() && realPwrite(file.shadow, bytes.data(), bytes.size(), at) < 0)
            std::perror("a file cannot be put back");
    }

    /// The disk had begun: sectors in any order.
    void tear(const File &file)
    {
        for (const auto &change : file.changes) {
            for (std::size_t begin = 0; begin < change.after.size(); begin += sector) {
                seed_ = seed_ * 6364136223846793005ULL + 1442695040888963407ULL;
                if (seed_ >> 63)
                    restore(file, change.at + static_cast<off_t>(begin), change.after.substr(begin, sector));
            }
        }
    }

    std::string folder_, what_;
    int at_ = 0, calls_ = 0, syncs_ = 0;
    mutable std::uint64_t seed_ = 0;
    std::mutex mutex_;
    std::map<ino_t, File> files_;
    File *watched_[mostFiles] = {};
};

int openWith(const char *name, const char *path, int flags, mode_t mode)
{
    const int fd = real<int (*)(const char *, int, ...)>(name)(path, flags, mode);
    if ((flags & O_ACCMODE) != O_RDONLY)
        Disk::get().opened(fd, path);
    return fd;
}

mode_t modeOf(int flags, va_list list)
{
    return (flags & O_CREAT) ? static_cast<mode_t>(va_arg(list, int)) : 0;
}

ssize_t writeAt(File &file, int fd, const void *bytes, std::size_t size, off_t at)
{
    const auto allowed = Disk::get().allow(size);
    return allowed < 0 ? -1 : Disk::get().write(file, fd, bytes, static_cast<std::size_t>(allowed), at);
}

} // namespace

extern "C" {

int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const auto mode = modeOf(flags, list);
    va_end(list);
    return openWith("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const auto mode = modeOf(flags, list);
    va_end(list);
    return openWith("open64", path, flags, mode);
}

int close(int fd)
{
    static const auto call = real<int (*)(int)>("close");
    Disk::get().closed(fd);
    return call(fd);
}

ssize_t write(int fd, const void *bytes, std::size_t size)
{
    static const auto call = real<ssize_t (*)(int, const void *, std::size_t)>("write");
    auto *file = Disk::get().fileOf(fd);
    if (!file)
        return call(fd, bytes, size);
    struct stat info { };
    const bool appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0;
    const off_t at = appends && fstat(fd, &info) == 0 ? info.st_size : lseek64(fd, 0, SEEK_CUR);
    const auto written = writeAt(*file, fd, bytes, size, at);
    if (written > 0)
        lseek64(fd, at + written, SEEK_SET);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, std::size_t size, off_t at)
{
    auto *file = Disk::get().fileOf(fd);
    return file ? writeAt(*file, fd, bytes, size, at) : realPwrite(fd, bytes, size, at);
}

ssize_t pwrite64(int fd, const void *bytes, std::size_t size, off64_t at)
{
    return pwrite(fd, bytes, size, at);
}

int ftruncate(int fd, off_t size)
{
    static const auto call = real<int (*)(int, off_t)>("ftruncate");
    auto *file = Disk::get().fileOf(fd);
    return file ? Disk::get().truncate(*file, size, call, fd) : call(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    static const auto call = real<int (*)(int, off_t)>("ftruncate64");
    auto *file = Disk::get().fileOf(fd);
    return file ? Disk::get().truncate(*file, size, call, fd) : call(fd, size);
}

int fsync(int fd)
{
    static const auto call = real<int (*)(int)>("fsync");
    auto *file = Disk::get().fileOf(fd);
    return file ? Disk::get().sync(*file, call, fd) : call(fd);
}

int fdatasync(int fd)
{
    static const auto call = real<int (*)(int)>("fdatasync");
    auto *file = Disk::get().fileOf(fd);
    return file ? Disk::get().sync(*file, call, fd) : call(fd);
}

} // extern "C"
