// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/embedded/committer.h"
#include "server/embedded/compactor.h"
#include "server/embedded/queue_writer.h"
#include "server/ports/message_queue.h"
#include "server/ports/snowflake.h"

namespace kith::server::embedded {

/// The queues in RocksDB. Writes are composed on the committer's thread; reads run on the caller's and are ready at
/// once. Any thread.
class EmbeddedMessageQueue final : public MessageQueue {
public:
    struct Parts {
        const Database &database;
        Committer &committer;
        Compactor &compactor;
        const Clock &clock;
        Random &random; ///< used on the committer's thread only
        Snowflake snowflake;
        QueueLimits limits; ///< but for the expiry: the committer's thread
    };

    explicit EmbeddedMessageQueue(Parts parts) : parts_(std::move(parts)) { }

    Task<Result<AcceptResult>> accept(AcceptRequest request) override;
    Task<Result<QueuePage>> range(DeviceId device, Qseq after, int limit) override;
    Task<Result<Settled>> settle(std::vector<Settle> acks) override;
    Task<Result<QueueState>> state(DeviceId device) override;
    Task<Result<void>> close(DeviceId device) override;
    Task<Result<std::vector<DeviceId>>> sweep(WallTime now, int limit) override;
    Task<Result<QueueTotals>> totals() override;
    void setRoom(std::uint64_t messages, std::uint64_t bytes) override;

private:
    struct Home {
        Sid sid;
        bool isNew = false;
    };

    QueueWriter writer(Batch &batch);
    Result<AcceptResult> composeAccept(Batch &batch, const AcceptRequest &request);
    Result<Home> admit(Batch &batch, const AcceptRequest &request);
    Result<Sid> nextSid(Batch &batch);
    Result<bool> someRecipientHasRoom(const QueueWriter &queues, const AcceptRequest &request) const;
    Result<Settled> composeSettle(Batch &batch, const std::vector<Settle> &acks);
    Result<QueuePage> readPage(const DeviceId &device, Qseq after, int limit);
    Result<QueueTotals> readTotals() const;
    Result<std::optional<WallTime>> oldest() const;
    Result<QueueRow> readRow(const DeviceId &device, const Database::Row &stored) const;

    Parts parts_;
    UnreadMissed unread_;
    std::int64_t storedHighWater_ = 0; ///< of the Snowflake; the committer's thread
};

} // namespace kith::server::embedded
