// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/checkpoint.h"

#include "common/base/durable_file.h"
#include "server/embedded/format.h"
#include "server/embedded/meta.h"
#include "server/embedded/store.h"

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace kith::server::embedded {

namespace fs = std::filesystem;

namespace {

Error errorOf(const std::error_code &code)
{
    if (code == std::errc::no_space_on_device)
        return { ErrorCode::full, "disk" };
    return { ErrorCode::io, code.message() };
}

/// Everything written to the file system that `folder` is on reaches the disk.
Result<void> syncAll(const std::string &folder)
{
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::syncfs(fd) == 0;
    if (fd >= 0)
        ::close(fd);
    return synced ? Result<void> {} : Error { ErrorCode::io, "the disk does not take the copy" };
}

Result<void> fillStore(const std::string &copy, const std::string &folder, const Clock &clock, Random &random)
{
    KITH_CHECK(makePrivateFolder(folder));
    std::error_code failed;
    fs::copy(copy, folder + "/db", fs::copy_options::recursive, failed);
    if (failed)
        return errorOf(failed);
    Options options;
    options.acceptRollback = true;
    KITH_CHECK(Store::open(folder, clock, random, options));
    return syncAll(folder);
}

} // namespace

Checkpointer::~Checkpointer()
{
    if (thread_.joinable())
        thread_.join();
}

Task<Result<void>> Checkpointer::make(const std::string &path)
{
    if (running_.exchange(true))
        return Task<Result<void>>::ready(Error { ErrorCode::busy, "a backup is being made" });
    if (thread_.joinable())
        thread_.join();
    auto promise = std::make_shared<Promise<Result<void>>>();
    auto task = promise->task();
    thread_ = std::thread([this, path, promise = std::move(promise), home = Mailbox::ofThisThread()]() mutable {
        auto made = database_.checkpoint(path);
        running_ = false;
        home->post([promise = std::move(promise), made = std::move(made)] { promise->complete(made); });
    });
    return task;
}

Result<CopyFacts> verifyCopy(const std::string &path, const Clock &clock)
{
    KITH_TRY(const auto database, Database::openReadOnly(path, clock));
    KITH_CHECK(database->verifyChecksums());
    CopyFacts facts;
    KITH_TRY(facts.format, metaNumber(*database, formatMeta));
    KITH_CHECK(checkFormat(facts.format));
    for (std::size_t i = 0; i < tableCount; ++i) {
        KITH_CHECK(database->visit(static_cast<Table>(i), [&facts](std::string_view, std::string_view) {
            ++facts.rows;
            return Result<void> {};
        }));
    }
    return facts;
}

Result<void> restoreCopy(const std::string &copy, const std::string &storeFolder, const Clock &clock, Random &random)
{
    if (fs::exists(storeFolder))
        return Error { ErrorCode::exists, "there is a store already" };
    const auto unfinished = storeFolder + ".restoring";
    std::error_code failed;
    fs::remove_all(unfinished, failed); // of an attempt that was cut off
    const auto filled = fillStore(copy, unfinished, clock, random);
    if (filled)
        fs::rename(unfinished, storeFolder, failed);
    if (!filled || failed) {
        std::error_code ignored;
        fs::remove_all(unfinished, ignored);
        return filled ? errorOf(failed) : filled.error();
    }
    return syncAll(storeFolder);
}

} // namespace kith::server::embedded
