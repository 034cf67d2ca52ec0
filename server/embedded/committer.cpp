// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/committer.h"

#include "common/base/failpoint.h"
#include "common/base/log.h"
#include "server/embedded/meta.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <utility>

namespace kith::server::embedded {

namespace {

KITH_LOG_CATEGORY(logCommitter, "kith.store")

constexpr double lowShare = 0.05;
constexpr milliseconds markInterval { 1'000 }; // delivery AT8
constexpr milliseconds measureInterval { 1'000 };
constexpr milliseconds stuck { 5'000 };

/// One batch has no "between" (delivery AT2, AT3): the nearest to it is all composed and nothing written.
void passBeforeCommit(Committer::Kind kind)
{
    if (kind == Committer::Kind::accept)
        KITH_FAILPOINT("s2");
    if (kind == Committer::Kind::settle)
        KITH_FAILPOINT("s6");
}

void passAfterCommit(Committer::Kind kind)
{
    switch (kind) {
    case Committer::Kind::accept:
        KITH_FAILPOINT("s3");
        break;
    case Committer::Kind::settle:
        KITH_FAILPOINT("s7");
        break;
    case Committer::Kind::take:
        KITH_FAILPOINT("s11");
        break;
    case Committer::Kind::other:
        break;
    }
}

void passBeforeCompose(Committer::Kind kind)
{
    if (kind == Committer::Kind::accept)
        KITH_FAILPOINT("s1");
    if (kind == Committer::Kind::settle)
        KITH_FAILPOINT("s5");
}

} // namespace

Committer::Committer(Parts parts) : parts_(std::move(parts))
{
    if (const auto stored = metaNumber(parts_.database, commitMeta))
        commits_ = synced_ = marked_ = *stored;
    thread_ = std::thread([this] { loop(); });
}

Committer::~Committer()
{
    stop();
}

void Committer::stop()
{
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

void Committer::submit(Work work)
{
    std::optional<Error> refusal;
    {
        const std::scoped_lock lock(mutex_);
        refusal = admit(work);
        if (!refusal) {
            waitingBytes_ += work.bytes;
            waiting_.push_back(std::move(work));
            if (waiting_.size() == 1)
                arrived_.notify_one();
            return;
        }
    }
    if (parts_.metrics)
        parts_.metrics->count("kith_store_refused_total");
    std::vector<Work> refused;
    refused.push_back(std::move(work));
    answer(std::move(refused), refusal);
}

/// Why it is not taken. The caller holds the mutex.
std::optional<Error> Committer::admit(const Work &work) const
{
    if (stopping_)
        return Error { ErrorCode::cancelled, "the store is closing" };
    const std::size_t room = work.kind == Kind::settle ? 2 : 1;
    if (waiting_.size() >= room * mostWaiting || waitingBytes_ + work.bytes > room * mostWaitingBytes)
        return Error { ErrorCode::busy, "too much waits for the disk" };
    return std::nullopt;
}

void Committer::loop()
{
    for (auto works = gather(); !works.empty(); works = gather())
        commit(std::move(works));
    markCommit();
}

/// Waits for work; nothing when it is time to end. A mark that lags behind is written meanwhile, and a store that has
/// failed is tried again.
std::vector<Committer::Work> Committer::gather()
{
    const auto ready = [this] { return stopping_ || !waiting_.empty(); };
    std::unique_lock lock(mutex_);
    while (!ready()) {
        if (synced_ == marked_ && !failed_)
            arrived_.wait(lock, ready);
        else if (!arrived_.wait_for(lock, markInterval, ready)) {
            lock.unlock();
            tryAgain();
            markCommit();
            lock.lock();
        }
    }
    waitingBytes_ = 0;
    return std::exchange(waiting_, {});
}

void Committer::commit(std::vector<Work> works)
{
    Batch batch(parts_.database);
    for (auto &work : works) {
        passBeforeCompose(work.kind);
        batch.begin();
        if (!work.compose(batch))
            batch.rollBack();
        work.compose = nullptr;
    }
    for (const auto &work : works)
        passBeforeCommit(work.kind);
    busySince_ = parts_.clock.monotonic();
    if (parts_.metrics)
        parts_.metrics->observe("kith_store_batch_operations", static_cast<double>(works.size()));
    const auto done = batch.isEmpty() ? Result<void> {} : apply(batch);
    busySince_ = MonoTime {};
    if (done) {
        batch.tellDurable();
        for (const auto &work : works)
            passAfterCommit(work.kind);
    }
    answer(std::move(works), done ? std::nullopt : std::optional { done.error() });
    if (synced_ != marked_ && parts_.clock.monotonic() - markedAt_ >= markInterval)
        markCommit();
}

bool Committer::isHealthy() const
{
    const auto since = busySince_.load();
    return !failed_ && (since == MonoTime {} || parts_.clock.monotonic() - since < stuck);
}

/// Without traffic nobody else would find out that the disk takes writes again.
void Committer::tryAgain()
{
    if (!failed_)
        return;
    Batch nothing(parts_.database);
    nothing.requireSync();
    (void)apply(nothing);
}

Result<void> Committer::apply(Batch &batch)
{
    if (failed_) {
        KITH_CHECK(parts_.database.recover());
        // What was unknown may have been in the files: its number is taken.
        KITH_TRY(commits_, metaNumber(parts_.database, commitMeta));
    }
    const auto number = commits_ + 1;
    putMetaNumber(batch, commitMeta, number);
    rocksdb::WriteBatch rows;
    batch.writeTo(rows);
    const auto begun = parts_.clock.monotonic();
    auto written = writeOrRecover(rows, batch.needsSync(), number);
    measure(begun, rows.Count(), written);
    if (!written) {
        failed_ = true;
        return written;
    }
    batch.tellDatabase();
    failed_ = false;
    commits_ = number;
    if (batch.needsSync())
        synced_ = number;
    return {};
}

void Committer::measure(MonoTime begun, int rows, const Result<void> &written)
{
    if (!parts_.metrics)
        return;
    const std::chrono::duration<double> took = parts_.clock.monotonic() - begun;
    parts_.metrics->observe("kith_store_seconds", took.count(), R"(op="commit")");
    if (written)
        parts_.metrics->observe("kith_store_batch_rows", rows);
    else
        parts_.metrics->count("kith_store_errors_total",
                              std::string(R"(op="commit",code=")") + toString(written.error().code) + '"');
}

/// A failed commit may be in the files all the same: it is looked for before anything is answered (delivery AT6).
Result<void> Committer::writeOrRecover(rocksdb::WriteBatch &rows, bool sync, std::uint64_t number)
{
    auto written = parts_.database.write(rows, sync);
    if (written)
        return written;
    if (!parts_.database.recover())
        return written;
    KITH_TRY(const auto stored, metaNumber(parts_.database, commitMeta));
    if (stored == number)
        return {};
    return written;
}

void Committer::markCommit()
{
    if (synced_ == marked_)
        return;
    if (const auto written = parts_.mark.write(synced_); !written)
        qCWarning(logCommitter) << "the commit mark could not be written:" << toString(written.error().code);
    else
        marked_ = synced_;
    markedAt_ = parts_.clock.monotonic();
}

bool Committer::diskIsLow()
{
    const auto now = parts_.clock.monotonic();
    if (!measuredAt_ || now - *measuredAt_ >= measureInterval) {
        low_ = parts_.freeShare() < lowShare;
        measuredAt_ = now;
    }
    return low_;
}

/// One letter to each mailbox, in the order of the questions.
void Committer::answer(std::vector<Work> works, const std::optional<Error> &error)
{
    std::vector<std::pair<std::shared_ptr<Mailbox>, std::vector<Mailbox::Call>>> letters;
    for (auto &work : works) {
        auto letter = std::ranges::find(letters, work.answerTo, [](const auto &each) { return each.first; });
        if (letter == letters.end())
            letter = letters.insert(letters.end(), { work.answerTo, {} });
        letter->second.push_back([finish = std::move(work.finish), error] { finish(error); });
    }
    for (auto &[mailbox, calls] : letters)
        mailbox->post(std::move(calls));
}

} // namespace kith::server::embedded
