// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/result.h"
#include "common/base/task.h"
#include "common/wire/frames.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace kith::server {

/// Where one message goes: a device and what is queued for it.
struct Append {
    DeviceId device;
    wire::CiphertextType type = wire::CiphertextType::message;
    QByteArray content;
};

/// One valid send: home row in the sender device's partition, then one row per target device (delivery AT2).
struct AcceptRequest {
    DeviceId sender;
    Mid mid;
    std::uint64_t sendCounter = 0;
    std::vector<Append> appends;
};

struct Appended {
    DeviceId device;
    Qseq qseq; ///< of the row, also when it was there already; 0 when it has none
    bool duplicate = false; ///< queued, or acknowledged less than 24 h ago: no row was added
    bool closed = false; ///< the device was removed: nothing was stored for it
    bool missed = false; ///< the queue is full: counted in a Missed marker instead (delivery ST23)
};
struct AcceptResult {
    Sid sid; ///< the first one this mid ever got
    WallTime serverTime {};
    bool duplicate = false; ///< the home row existed
    std::vector<Appended> appended; ///< same order as the request's appends
};

/// A row of a queue, as range() reads it.
struct QueueRow {
    Qseq qseq;
    wire::QueueItem item;
};
struct QueuePage {
    std::vector<QueueRow> rows; ///< ascending qseq
    bool more = false;
};

/// One row that a device acknowledged. With `receipt`, and if the row is a message, the sender's device is told by a
/// Delivered row, appended before the acknowledged row is deleted (delivery AT3). The caller clears `receipt` where the
/// sender must not be told (security S11).
struct Settle {
    DeviceId device;
    Qseq qseq;
    bool receipt = false;
};
/// A device whose queue got a row through settle(): its connection has something to read.
struct Settled {
    std::vector<DeviceId> told;
    std::uint64_t removed = 0; ///< rows that were there and are gone
};

struct QueueState {
    Qepoch qepoch;
    Qseq last;
    bool closed = false;
    std::uint64_t messages = 0; ///< message rows (event rows do not count for LIM8)
    std::uint64_t bytes = 0;
    std::uint64_t sendCounter = 0; ///< highest that arrived with a send (security C23)
};

/// All queues together, for the metrics.
struct QueueTotals {
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
    std::optional<WallTime> oldest; ///< when the oldest row was queued
};

/// The per-device queues and the idempotency rows of senders. Partition: device.
///
/// Atomic within one partition and idempotent, nothing more (delivery AT1); a Task completes only when its effect is
/// durable, on the caller's thread. Any thread may call. Errors everywhere: full (disk), io (outcome unknown: repeat
/// with the same mid, delivery AT6), cancelled (the store is closing).
class MessageQueue {
public:
    virtual ~MessageQueue() = default;

    /// Stores one message for all its target devices. The sid is given once per (sender, mid) and kept 8 days; a repeat
    /// adds no row where there is one. `full` without detail "disk": no target account has a device with room; nothing
    /// was stored (delivery ST23, before the home row).
    virtual Task<Result<AcceptResult>> accept(AcceptRequest request) = 0;

    /// Rows with qseq > `after`, at most `limit` (<= 200) and about 1 MiB.
    virtual Task<Result<QueuePage>> range(DeviceId device, Qseq after, int limit) = 0;

    /// Effects first, delete last (delivery AT3). Rows of other devices or that are gone are ignored: idempotent.
    virtual Task<Result<Settled>> settle(std::vector<Settle> acks) = 0;

    /// The queue's head; makes an empty queue with a random qepoch for a device seen for the first time.
    virtual Task<Result<QueueState>> state(DeviceId device) = 0;

    /// The device was removed: rows go, later appends answer `closed` (delivery ID3).
    virtual Task<Result<void>> close(DeviceId device) = 0;

    /// Replaces rows that expired (30 days) by an ExpiredRange row (and Missed rows by one), tells their senders, and
    /// forgets dead idempotency rows; looks at no more than `limit` rows. Returns the devices whose queues got a row.
    virtual Task<Result<std::vector<DeviceId>>> sweep(WallTime now, int limit) = 0;

    /// Reads the head of every queue: for a sweep, not for a request.
    virtual Task<Result<QueueTotals>> totals() = 0;

    /// LIM8 from now on; what is queued stays. Any thread.
    virtual void setRoom(std::uint64_t messages, std::uint64_t bytes) = 0;
};

} // namespace kith::server
