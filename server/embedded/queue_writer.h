// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "server/embedded/values.h"
#include "server/ports/message_queue.h"
#include "server/ports/queue_limits.h"

#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

namespace kith::server::embedded {

/// Missed rows that nobody has read yet, by device: only in them may further misses be counted, else a reader who
/// acknowledges what he has seen would lose the rest. Any thread.
class UnreadMissed {
public:
    using Lock = std::unique_lock<std::recursive_mutex>;

    /// Held by a commit that counts, until it is durable: a reader sees the count before or after it, never between.
    Lock lock() { return Lock(mutex_); }
    std::optional<Qseq> find(const DeviceId &device) const;
    void set(const DeviceId &device, Qseq row);
    /// A reader is about to read the queue.
    void wasRead(const DeviceId &device);

private:
    mutable std::recursive_mutex mutex_; // recursive: one commit may count many misses
    std::unordered_map<DeviceId, Qseq> rows_;
};

/// Messages that one account acknowledged, or let expire, by the device that sent them.
using EventMids = std::map<std::pair<DeviceId, AccountId>, std::vector<Mid>>;

/// Queues inside one commit: every function here touches the partition of one device. The committer's thread.
class QueueWriter {
public:
    struct Parts {
        const QueueLimits &limits;
        Random &random;
        UnreadMissed &unread;
        WallTime now;
    };

    QueueWriter(Batch &batch, Parts parts) : batch_(batch), parts_(parts) { }

    /// The stored head, or one with a random qepoch that nobody has stored yet.
    Result<wire::StoredHead> head(const DeviceId &device) const;
    void store(const DeviceId &device, const wire::StoredHead &head);

    bool hasRoom(const wire::StoredHead &head, std::size_t contentBytes) const;
    /// What is known of a message in this queue, unless its time is over.
    Result<std::optional<wire::StoredMid>> seen(const DeviceId &device, const DeviceId &sender, const Mid &mid) const;

    Result<Appended> append(const AcceptRequest &request, const Append &what, Sid sid);
    /// Whether a row was added: not to closed queues, and not beyond QueueLimits::events.
    Result<bool> pushEvent(const DeviceId &device, wire::QueueItem item);
    /// One row for up to midsPerEvent messages. Adds the devices that got one to `told`.
    Result<void> pushEvents(const EventMids &events, bool expired, std::set<DeviceId> &told);

    Result<std::optional<wire::StoredRow>> row(const DeviceId &device, Qseq qseq) const;
    /// Removes a row that was just read; its mid is known until `forgetAt`.
    Result<void> erase(const DeviceId &device, Qseq qseq, const wire::StoredRow &row, WallTime forgetAt);
    Result<void> close(const DeviceId &device);

    /// Adds a row to `head`, which the caller stores.
    Qseq push(const DeviceId &device, wire::StoredHead &head, wire::QueueItem item, Sid sid = {});
    /// Tells the sweep when to look at the queue, instead of the time it knows.
    void setDue(const DeviceId &device, wire::StoredHead &head, WallTime due);

private:
    Result<void> countMissed(const DeviceId &device, wire::StoredHead &head);

    Batch &batch_;
    Parts parts_;
};

} // namespace kith::server::embedded
