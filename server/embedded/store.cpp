// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/store.h"

#include "common/base/durable_file.h"
#include "common/base/log.h"
#include "server/embedded/account_directory.h"
#include "server/embedded/checkpoint.h"
#include "server/embedded/compactor.h"
#include "server/embedded/format.h"
#include "server/embedded/key_directory.h"
#include "server/embedded/message_queue.h"
#include "server/embedded/meta.h"
#include "server/embedded/rollback.h"

#include <filesystem>
#include <system_error>

namespace kith::server::embedded {

namespace {

KITH_LOG_CATEGORY(logStore, "kith.store")

double freeShareOf(const std::string &path)
{
    std::error_code failed;
    const auto space = std::filesystem::space(path, failed);
    return failed || space.capacity == 0 ? 1.0 // unknown is not low: the write itself will tell
                                         : static_cast<double>(space.available) / static_cast<double>(space.capacity);
}

/// Refuses a store that is older than what was acknowledged, or makes it fit to serve (delivery AT8).
Result<void> checkRollback(Database &database, const CommitMark &mark, const Clock &clock, Random &random,
                           bool acceptRollback)
{
    KITH_TRY(const auto marked, mark.read());
    KITH_TRY(const auto stored, metaNumber(database, commitMeta));
    if (stored < marked && !acceptRollback)
        return Error { ErrorCode::corrupt, "rolled back" };
    if (!acceptRollback)
        return {};
    qCWarning(logStore) << "the store is taken as put back from a copy: epochs, numbers and prekeys are renewed";
    KITH_CHECK(renewAfterRollback(database, clock.now(), random));
    return mark.write(stored);
}

} // namespace

/// In the order of construction; the committer ends before what it writes to.
struct Store::Parts {
    Parts(std::unique_ptr<Database> opened, CommitMark mark, const Clock &clock, Random &random, const Options &options,
          std::int64_t highWater)
        : database(std::move(opened))
        , compactor(*database, clock)
        , checkpointer(*database)
        , committer({ *database, clock, std::move(mark), options.freeShare, options.metrics })
        , queue({ *database, committer, compactor, clock, random, Snowflake(options.node, highWater), options.limits })
        , keys(*database, committer)
        , accounts(*database, committer)
    {
    }

    std::unique_ptr<Database> database;
    Compactor compactor;
    Checkpointer checkpointer;
    Committer committer;
    EmbeddedMessageQueue queue;
    EmbeddedKeyDirectory keys;
    EmbeddedAccountDirectory accounts;
};

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) { }

Store::~Store()
{
    parts_->committer.stop(); // nothing that it runs may outlive the ports
}

Result<std::unique_ptr<Store>> Store::open(const std::string &path, const Clock &clock, Random &random, Options options)
{
    KITH_CHECK(makePrivateFolder(path));
    if (!options.freeShare)
        options.freeShare = [path] { return freeShareOf(path); };
    KITH_TRY(auto database, Database::open(path + "/db", clock, { options.env, options.memoryBytes }));
    KITH_CHECK(bringToCurrentFormat(*database));
    CommitMark mark(path + "/commit-mark");
    KITH_CHECK(checkRollback(*database, mark, clock, random, options.acceptRollback));
    KITH_TRY(const auto highWater, metaNumber(*database, sidMeta));
    return std::unique_ptr<Store>(new Store(std::make_unique<Parts>(std::move(database), std::move(mark), clock, random,
                                                                    options, static_cast<std::int64_t>(highWater))));
}

MessageQueue &Store::queue()
{
    return parts_->queue;
}

KeyDirectory &Store::keys()
{
    return parts_->keys;
}

AccountDirectory &Store::accounts()
{
    return parts_->accounts;
}

bool Store::isWritable() const
{
    return parts_->committer.isHealthy();
}

Task<Result<void>> Store::checkpoint(const std::string &path)
{
    return parts_->checkpointer.make(path);
}

Result<void> Store::compact()
{
    return parts_->database->compact();
}

} // namespace kith::server::embedded
