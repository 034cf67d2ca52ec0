// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "server/ports/message_queue.h"
#include "server/ports/queue_limits.h"
#include "server/ports/snowflake.h"

#include <map>
#include <mutex>
#include <tuple>

namespace kith::support {

/// MessageQueue in memory, promising no more than the port does.
///
/// Strong: each call is one step. Weak: each call falls into steps of one partition each, home row or effects first as
/// AT2 and AT3 say, the rest in random order, and may die between two of them (delivery AT1, FI11): what was done
/// stays, the rest is thrown away, the caller gets `io`. Tasks are ready at once. Any thread.
class MemoryMessageQueue final : public server::MessageQueue {
public:
    struct Options {
        server::QueueLimits limits;
        bool weak = false;
        std::uint64_t crashOneIn = 0; ///< weak: each pause between two steps dies with this chance; 0: never
        std::uint16_t node = 1;
    };

    MemoryMessageQueue(Clock &clock, Random &random) : MemoryMessageQueue(clock, random, Options {}) { }
    MemoryMessageQueue(Clock &clock, Random &random, Options options);

    Task<Result<server::AcceptResult>> accept(server::AcceptRequest request) override;
    Task<Result<server::QueuePage>> range(DeviceId device, Qseq after, int limit) override;
    Task<Result<server::Settled>> settle(std::vector<server::Settle> acks) override;
    Task<Result<server::QueueState>> state(DeviceId device) override;
    Task<Result<void>> close(DeviceId device) override;
    Task<Result<std::vector<DeviceId>>> sweep(WallTime now, int limit) override;
    Task<Result<server::QueueTotals>> totals() override;
    void setRoom(std::uint64_t messages, std::uint64_t bytes) override;

    /// Weak: the call under way, or the next one, dies after `steps` more steps.
    void crashAfter(int steps);
    /// How many calls have died so far.
    int crashes() const;
    /// What a new process knows: everything stored, nothing of what was read before.
    void restart();

private:
    struct Row {
        wire::QueueItem item;
        WallTime expires {};
        WallTime queued {};
    };
    struct Queue {
        server::QueueState head;
        std::uint64_t events = 0;
        std::map<Qseq, Row> rows;
        Qseq openMissed; ///< a Missed row that nobody has read yet: further ones are counted in it
    };
    struct Home {
        Sid sid;
        WallTime until {};
    };
    struct Seen {
        Sid sid;
        Qseq qseq; ///< 0: acknowledged, expired, or counted as missed
        bool missed = false;
        WallTime until {};
    };
    using SeenKey = std::tuple<DeviceId, DeviceId, Mid>; // queue, sender, mid
    using Events = std::map<std::pair<DeviceId, AccountId>, std::vector<Mid>>; // sender and recipient: messages
    using Lock = std::unique_lock<std::mutex>;

    Queue &queueOf(const DeviceId &device);
    Seen *seenOf(const DeviceId &device, const DeviceId &sender, const Mid &mid);
    bool hasRoom(const server::AcceptRequest &request, const server::Append &append);
    bool noRecipientHasRoom(const server::AcceptRequest &request);
    Result<bool> admit(const server::AcceptRequest &request);
    Result<server::AcceptResult> acceptLocked(const server::AcceptRequest &request, Lock &lock);
    server::Appended append(const server::AcceptRequest &request, const server::Append &what, Sid sid);
    void countMissed(Queue &queue);
    Qseq push(Queue &queue, wire::QueueItem item);
    Result<void> pushEvents(const Events &events, bool expired, std::vector<DeviceId> &told, Lock &lock);
    Result<server::Settled> settleLocked(const std::vector<server::Settle> &acks, Lock &lock);
    bool erase(const DeviceId &device, Qseq qseq, WallTime forgetAt);
    Result<void> sweepQueue(const DeviceId &device, WallTime now, int &budget, std::vector<DeviceId> &told, Lock &lock);
    bool replaceExpired(const DeviceId &device, const std::vector<Qseq> &due, WallTime now);
    void forgetDead(WallTime now);
    template <class T>
    void shuffle(std::vector<T> &items);
    Result<void> pause(Lock &lock);

    Clock &clock_;
    Random &random_;
    Options options_;
    mutable std::mutex mutex_;
    server::Snowflake snowflake_;
    std::map<DeviceId, Queue> queues_;
    std::map<std::pair<DeviceId, Mid>, Home> homes_;
    std::map<SeenKey, Seen> seen_;
    int crashIn_ = -1;
    int crashes_ = 0;
};

} // namespace kith::support
