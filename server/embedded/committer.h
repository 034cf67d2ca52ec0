// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/mailbox.h"
#include "common/base/task.h"
#include "server/embedded/batch.h"
#include "server/embedded/commit_mark.h"
#include "server/ports/metrics.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace kith::server::embedded {

/// The one thread that writes. It takes everything that was asked for during its last fsync, composes one Batch of it,
/// commits that once, and answers each asker on his own thread (architecture 4). Natural group commit: no timer.
///
/// run() and stop(): any thread. What runs inside `compose` runs on the committer's thread, one after the other.
class Committer {
public:
    /// What an operation is, for the crash points of delivery 7.
    enum class Kind { accept, settle, take, other };

    struct Parts {
        Database &database;
        const Clock &clock;
        CommitMark mark;
        std::function<double()> freeShare; ///< of the disk, 0 to 1
        Metrics *metrics = nullptr; ///< null: nobody listens
    };

    /// What may wait for the next commit. Beyond it operations are refused at once (security S1); acknowledgements,
    /// which make room, have twice as much.
    static constexpr std::size_t mostWaiting = 32'768;
    static constexpr std::size_t mostWaitingBytes = 256ULL * 1024 * 1024;

    explicit Committer(Parts parts);
    ~Committer();

    /// Lets `compose` read and change the batch of the next commit. Its answer is told once that commit is durable; an
    /// error of it changes nothing. If the commit fails: full, io (outcome unknown); after stop(): cancelled; when too
    /// much waits already: busy. `bytes`: what the operation holds in memory.
    template <class T>
    Task<Result<T>> run(Kind kind, std::function<Result<T>(Batch &)> compose, std::size_t bytes = 0)
    {
        // shared by the way there and the way back, which are copyable functions
        auto pending = std::make_shared<Pending<T>>();
        auto task = pending->promise.task();
        pending->compose = std::move(compose);
        submit({ kind, Mailbox::ofThisThread(),
                 [pending](Batch &batch) {
                     pending->result = pending->compose(batch);
                     pending->compose = nullptr;
                     return pending->result->ok();
                 },
                 [pending](const std::optional<Error> &error) {
                     if (error)
                         pending->promise.complete(*error);
                     else
                         pending->promise.complete(std::move(*pending->result));
                 },
                 bytes });
        return task;
    }

    /// Whether the last commit reached the disk, and none has been under way for more than 5 s. While the disk refuses,
    /// the committer itself tries again once a second. Any thread.
    bool isHealthy() const;

    /// Commits what is waiting, then ends the thread. Idempotent.
    void stop();

    /// Whether less than 5 % of the disk is free. Inside `compose` only.
    bool diskIsLow();

private:
    template <class T>
    struct Pending {
        Promise<Result<T>> promise;
        std::function<Result<T>(Batch &)> compose;
        std::optional<Result<T>> result;
    };
    struct Work {
        Kind kind;
        std::shared_ptr<Mailbox> answerTo; ///< shared, as Mailbox says
        std::function<bool(Batch &)> compose;
        std::function<void(const std::optional<Error> &)> finish;
        std::size_t bytes = 0;
    };

    void submit(Work work);
    std::optional<Error> admit(const Work &work) const;
    void loop();
    std::vector<Work> gather();
    void commit(std::vector<Work> works);
    void tryAgain();
    void measure(MonoTime begun, int rows, const Result<void> &written);
    Result<void> apply(Batch &batch);
    Result<void> writeOrRecover(rocksdb::WriteBatch &rows, bool sync, std::uint64_t number);
    void markCommit();
    static void answer(std::vector<Work> works, const std::optional<Error> &error);

    Parts parts_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<Work> waiting_; // guarded by mutex_
    std::size_t waitingBytes_ = 0; // guarded by mutex_
    bool stopping_ = false; // guarded by mutex_

    // the committer's thread
    std::uint64_t commits_ = 0;
    std::uint64_t synced_ = 0; ///< the last commit known to be on the disk
    std::uint64_t marked_ = 0;
    MonoTime markedAt_ {};
    std::optional<MonoTime> measuredAt_;
    bool low_ = false;
    std::atomic<bool> failed_ { false }; ///< the last write failed: recover before the next one. Read by any thread
    std::atomic<MonoTime> busySince_ { MonoTime {} }; ///< of the commit under way; else zero. Read by any thread
    std::thread thread_;
};

} // namespace kith::server::embedded
