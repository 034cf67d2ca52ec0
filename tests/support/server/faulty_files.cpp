// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/server/faulty_files.h"

#include <filesystem>
#include <system_error>

namespace kith::support {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class FaultyFiles::File final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    File(FaultyFiles &files, std::string path, std::unique_ptr<rocksdb::FSWritableFile> file)
        : FSWritableFileOwnerWrapper(std::move(file))
        , files_(files)
        , path_(std::move(path))
    {
    }

    using FSWritableFileOwnerWrapper::Append;
    IOStatus Append(const rocksdb::Slice &data, const IOOptions &options, IODebugContext *debug) override
    {
        if (files_.cut_)
            return IOStatus::OK();
        const auto fault = statusOf(files_.isPoisoned(data) ? Fault::io : files_.writes_.load());
        return fault.ok() ? FSWritableFileOwnerWrapper::Append(data, options, debug) : fault;
    }
    IOStatus Append(const rocksdb::Slice &data, const IOOptions &options, const rocksdb::DataVerificationInfo &,
                    IODebugContext *debug) override
    {
        return Append(data, options, debug);
    }
    IOStatus Sync(const IOOptions &options, IODebugContext *debug) override
    {
        return synced(FSWritableFileOwnerWrapper::Sync(options, debug), options, debug);
    }
    IOStatus Fsync(const IOOptions &options, IODebugContext *debug) override
    {
        return synced(FSWritableFileOwnerWrapper::Fsync(options, debug), options, debug);
    }

private:
    IOStatus synced(IOStatus done, const IOOptions &options, IODebugContext *debug)
    {
        ++files_.syncCount_;
        if (files_.cut_)
            return IOStatus::OK();
        if (files_.failNextSync_.exchange(false))
            return statusOf(Fault::io);
        for (const auto &fault : { statusOf(files_.writes_), statusOf(files_.syncs_) }) {
            if (!fault.ok())
                return fault;
        }
        if (done.ok())
            files_.wasSynced(path_, GetFileSize(options, debug));
        return done;
    }

    FaultyFiles &files_;
    std::string path_;
};

IOStatus FaultyFiles::statusOf(Fault fault)
{
    switch (fault) {
    case Fault::none:
        break;
    case Fault::noSpace:
        return IOStatus::NoSpace("injected");
    case Fault::io:
        return IOStatus::IOError("injected");
    }
    return IOStatus::OK();
}

bool FaultyFiles::isPoisoned(const rocksdb::Slice &data)
{
    const std::scoped_lock lock(mutex_);
    return !needle_.empty() && data.ToStringView().find(needle_) != std::string_view::npos;
}

void FaultyFiles::wasSynced(const std::string &path, std::uint64_t size)
{
    const std::scoped_lock lock(mutex_);
    synced_[path] = size;
}

void FaultyFiles::dropUnsynced()
{
    const std::scoped_lock lock(mutex_);
    for (const auto &[path, size] : synced_) {
        std::error_code gone;
        const auto now = std::filesystem::file_size(path, gone);
        if (!gone && now > size)
            std::filesystem::resize_file(path, size, gone);
    }
    cut_ = false;
}

IOStatus FaultyFiles::NewWritableFile(const std::string &path, const rocksdb::FileOptions &options,
                                      std::unique_ptr<rocksdb::FSWritableFile> *file, IODebugContext *debug)
{
    if (const auto fault = statusOf(writes_); !fault.ok())
        return fault;
    std::unique_ptr<rocksdb::FSWritableFile> inner;
    const auto made = target()->NewWritableFile(path, options, &inner, debug);
    if (!made.ok())
        return made;
    wasSynced(path, 0);
    *file = std::make_unique<File>(*this, path, std::move(inner));
    return made;
}

IOStatus FaultyFiles::RenameFile(const std::string &from, const std::string &to, const IOOptions &options,
                                 IODebugContext *debug)
{
    if (cut_)
        return IOStatus::OK();
    const auto done = target()->RenameFile(from, to, options, debug);
    const std::scoped_lock lock(mutex_);
    if (auto moved = synced_.extract(from); done.ok() && moved)
        synced_[to] = moved.mapped();
    return done;
}

IOStatus FaultyFiles::DeleteFile(const std::string &path, const IOOptions &options, IODebugContext *debug)
{
    if (cut_)
        return IOStatus::OK();
    const std::scoped_lock lock(mutex_);
    synced_.erase(path);
    return target()->DeleteFile(path, options, debug);
}

} // namespace kith::support
