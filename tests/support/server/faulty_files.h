// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace kith::support {

/// The machine's files with faults in between: writes that fail at will, and a power cut that takes what was not synced
/// (delivery FI5, FI6). For rocksdb::Env of a store. Any thread.
class FaultyFiles final : public rocksdb::FileSystemWrapper {
public:
    enum class Fault { none, noSpace, io };

    FaultyFiles() : FileSystemWrapper(rocksdb::FileSystem::Default()) { }
    static const char *kClassName() { return "FaultyFiles"; }
    const char *Name() const override { return kClassName(); }

    /// From now on every write and sync fails so; none: they work again.
    void failWrites(Fault fault) { writes_ = fault; }
    /// From now on syncs alone fail so, after their bytes were written.
    void failSyncs(Fault fault) { syncs_ = fault; }
    /// The next sync fails, after its bytes were written; later ones work.
    void failNextSync() { failNextSync_ = true; }
    /// Writes of bytes that hold `needle` fail, all others work; empty: none fail.
    void failWritesOf(const std::string &needle)
    {
        const std::scoped_lock lock(mutex_);
        needle_ = needle;
    }
    /// Nothing reaches the disk from now on. Call dropUnsynced() when the store is gone.
    void cutPower() { cut_ = true; }
    /// What a machine finds after the cut: every file as it was at its last sync. Power is back.
    void dropUnsynced();
    int syncs() const { return syncCount_; }

    rocksdb::IOStatus NewWritableFile(const std::string &path, const rocksdb::FileOptions &options,
                                      std::unique_ptr<rocksdb::FSWritableFile> *file,
                                      rocksdb::IODebugContext *debug) override;
    rocksdb::IOStatus RenameFile(const std::string &from, const std::string &to, const rocksdb::IOOptions &options,
                                 rocksdb::IODebugContext *debug) override;
    rocksdb::IOStatus DeleteFile(const std::string &path, const rocksdb::IOOptions &options,
                                 rocksdb::IODebugContext *debug) override;

private:
    class File;

    static rocksdb::IOStatus statusOf(Fault fault);
    bool isPoisoned(const rocksdb::Slice &data);
    void wasSynced(const std::string &path, std::uint64_t size);

    std::atomic<Fault> writes_ { Fault::none };
    std::atomic<Fault> syncs_ { Fault::none };
    std::atomic<bool> failNextSync_ { false };
    std::atomic<bool> cut_ { false };
    std::atomic<int> syncCount_ { 0 };
    std::mutex mutex_;
    std::string needle_; ///< guarded, as what follows
    std::map<std::string, std::uint64_t> synced_; ///< durable size of every file that was opened for writing
};

} // namespace kith::support
