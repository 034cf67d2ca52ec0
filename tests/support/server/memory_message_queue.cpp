// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/server/memory_message_queue.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

namespace kith::support {

using namespace server;

MemoryMessageQueue::MemoryMessageQueue(Clock &clock, Random &random, Options options)
    : clock_(clock)
    , random_(random)
    , options_(options)
    , snowflake_(options.node, 0)
{
}

void MemoryMessageQueue::crashAfter(int steps)
{
    const Lock lock(mutex_);
    crashIn_ = steps;
}

int MemoryMessageQueue::crashes() const
{
    const Lock lock(mutex_);
    return crashes_;
}

void MemoryMessageQueue::restart()
{
    const Lock lock(mutex_);
    for (auto &[device, queue] : queues_)
        queue.openMissed = {};
}

/// Between two steps of a weak call: others get in, and the process may die.
Result<void> MemoryMessageQueue::pause(Lock &lock)
{
    if (!options_.weak)
        return {};
    const bool planned = crashIn_ >= 0 && crashIn_-- == 0;
    if (planned || (options_.crashOneIn > 0 && random_.below(options_.crashOneIn) == 0)) {
        ++crashes_;
        return Error { ErrorCode::io, "the store died between two partitions" };
    }
    lock.unlock();
    lock.lock();
    return {};
}

template <class T>
void MemoryMessageQueue::shuffle(std::vector<T> &items)
{
    if (!options_.weak)
        return;
    for (std::size_t left = items.size(); left > 1; --left)
        std::swap(items[left - 1], items[random_.below(left)]);
}

MemoryMessageQueue::Queue &MemoryMessageQueue::queueOf(const DeviceId &device)
{
    const auto [found, isNew] = queues_.try_emplace(device);
    if (isNew)
        found->second.head.qepoch = { 1 + random_.below(std::numeric_limits<std::uint64_t>::max()) };
    return found->second;
}

MemoryMessageQueue::Seen *MemoryMessageQueue::seenOf(const DeviceId &device, const DeviceId &sender, const Mid &mid)
{
    const auto found = seen_.find({ device, sender, mid });
    return found == seen_.end() || found->second.until <= clock_.now() ? nullptr : &found->second;
}

// ---- accept -------------------------------------------------------------------------------------------------------

Task<Result<AcceptResult>> MemoryMessageQueue::accept(AcceptRequest request)
{
    Lock lock(mutex_);
    return Task<Result<AcceptResult>>::ready(acceptLocked(request, lock));
}

Result<AcceptResult> MemoryMessageQueue::acceptLocked(const AcceptRequest &request, Lock &lock)
{
    AcceptResult result;
    KITH_TRY(result.duplicate, admit(request));
    result.sid = homes_[{ request.sender, request.mid }].sid;
    result.serverTime = Snowflake::timeOf(result.sid);
    result.appended.resize(request.appends.size());

    std::vector<std::size_t> order(request.appends.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    shuffle(order);
    for (const auto i : order) {
        KITH_CHECK(pause(lock));
        result.appended[i] = append(request, request.appends[i], result.sid);
    }
    return result;
}

/// The step in the sender's partition. Whether the home row existed.
Result<bool> MemoryMessageQueue::admit(const AcceptRequest &request)
{
    const auto key = std::pair { request.sender, request.mid };
    auto &head = queueOf(request.sender).head;
    if (const auto found = homes_.find(key); found != homes_.end() && found->second.until > clock_.now()) {
        head.sendCounter = std::max(head.sendCounter, request.sendCounter);
        return true;
    }
    if (noRecipientHasRoom(request))
        return Error { ErrorCode::full, "queue" };
    KITH_TRY(const auto sid, snowflake_.next(clock_.now()));
    homes_[key] = { sid, clock_.now() + options_.limits.homeRow };
    head.sendCounter = std::max(head.sendCounter, request.sendCounter);
    return false;
}

bool MemoryMessageQueue::hasRoom(const AcceptRequest &request, const Append &append)
{
    const auto &head = queueOf(append.device).head;
    if (head.closed || seenOf(append.device, request.sender, request.mid))
        return true; // takes no row
    const auto size = static_cast<std::uint64_t>(append.content.size());
    return head.messages < options_.limits.messages && head.bytes + size <= options_.limits.bytes;
}

/// Own sync copies do not count, unless the message is for oneself alone (delivery ST23).
bool MemoryMessageQueue::noRecipientHasRoom(const AcceptRequest &request)
{
    const auto isOwn = [&](const Append &append) { return append.device.account == request.sender.account; };
    const bool onlyOwn = std::ranges::all_of(request.appends, isOwn);
    bool asked = false;
    for (const auto &append : request.appends) {
        if (isOwn(append) && !onlyOwn)
            continue;
        asked = true;
        if (hasRoom(request, append))
            return false;
    }
    return asked;
}

Appended MemoryMessageQueue::append(const AcceptRequest &request, const Append &what, Sid sid)
{
    Appended result;
    result.device = what.device;
    auto &queue = queueOf(what.device);
    if (queue.head.closed) {
        result.closed = true;
        return result;
    }
    if (const auto *seen = seenOf(what.device, request.sender, request.mid)) {
        result.duplicate = true;
        result.missed = seen->missed;
        result.qseq = seen->qseq;
        return result;
    }
    auto &seen = seen_[{ what.device, request.sender, request.mid }];
    seen = { sid, {}, false, clock_.now() + options_.limits.expiry + options_.limits.tombstone };
    const auto size = static_cast<std::uint64_t>(what.content.size());
    if (queue.head.messages >= options_.limits.messages || queue.head.bytes + size > options_.limits.bytes) {
        countMissed(queue);
        result.missed = seen.missed = true;
        return result;
    }
    result.qseq = seen.qseq = push(
        queue, wire::Envelope { request.sender, request.mid, sid, Snowflake::timeOf(sid), what.type, what.content });
    ++queue.head.messages;
    queue.head.bytes += size;
    return result;
}

void MemoryMessageQueue::countMissed(Queue &queue)
{
    if (const auto open = queue.rows.find(queue.openMissed); open != queue.rows.end())
        ++std::get<wire::Missed>(open->second.item).count;
    else
        queue.openMissed = push(queue, wire::Missed { 1 });
}

Qseq MemoryMessageQueue::push(Queue &queue, wire::QueueItem item)
{
    ++queue.head.last.value;
    if (!std::holds_alternative<wire::Envelope>(item))
        ++queue.events;
    queue.rows[queue.head.last] = { std::move(item), clock_.now() + options_.limits.expiry, clock_.now() };
    return queue.head.last;
}

// ---- reading ------------------------------------------------------------------------------------------------------

Task<Result<QueuePage>> MemoryMessageQueue::range(DeviceId device, Qseq after, int limit)
{
    const Lock lock(mutex_);
    QueuePage page;
    auto &queue = queueOf(device);
    std::uint64_t bytes = 0;
    for (auto row = queue.rows.upper_bound(after); row != queue.rows.end(); ++row) {
        const auto *message = std::get_if<wire::Envelope>(&row->second.item);
        const auto size = message ? static_cast<std::uint64_t>(message->content.size()) : 0;
        const bool fits = page.rows.empty() || bytes + size <= maxRangeBytes;
        if (static_cast<int>(page.rows.size()) >= std::clamp(limit, 1, maxRangeRows) || !fits) {
            page.more = true;
            break;
        }
        bytes += size;
        page.rows.push_back({ row->first, row->second.item });
        if (row->first == queue.openMissed)
            queue.openMissed = {};
    }
    return Task<Result<QueuePage>>::ready(std::move(page));
}

Task<Result<QueueState>> MemoryMessageQueue::state(DeviceId device)
{
    const Lock lock(mutex_);
    return Task<Result<QueueState>>::ready(queueOf(device).head);
}

// ---- settle -------------------------------------------------------------------------------------------------------

Task<Result<Settled>> MemoryMessageQueue::settle(std::vector<Settle> acks)
{
    Lock lock(mutex_);
    return Task<Result<Settled>>::ready(settleLocked(acks, lock));
}

Result<Settled> MemoryMessageQueue::settleLocked(const std::vector<Settle> &acks, Lock &lock)
{
    Settled result;
    Events events;
    std::map<DeviceId, std::set<Qseq>> gone;
    for (const auto &ack : acks) {
        auto &rows = queueOf(ack.device).rows;
        const auto row = rows.find(ack.qseq);
        if (row == rows.end() || !gone[ack.device].insert(ack.qseq).second)
            continue;
        if (const auto *message = std::get_if<wire::Envelope>(&row->second.item); message && ack.receipt)
            events[{ message->sender, ack.device.account }].push_back(message->mid);
    }
    KITH_CHECK(pushEvents(events, false, result.told, lock));

    std::vector<DeviceId> devices;
    for (const auto &[device, rows] : gone)
        devices.push_back(device);
    shuffle(devices);
    for (const auto &device : devices) {
        KITH_CHECK(pause(lock));
        for (const auto qseq : gone[device])
            result.removed += erase(device, qseq, clock_.now() + options_.limits.tombstone) ? 1 : 0;
    }
    return result;
}

Result<void> MemoryMessageQueue::pushEvents(const Events &events, bool expired, std::vector<DeviceId> &told, Lock &lock)
{
    std::vector<Events::key_type> order;
    for (const auto &[key, mids] : events)
        order.push_back(key);
    shuffle(order);
    for (const auto &key : order) {
        KITH_CHECK(pause(lock));
        const auto &[sender, recipient] = key;
        const auto &mids = events.at(key);
        for (std::size_t from = 0; from < mids.size(); from += midsPerEvent) {
            auto &queue = queueOf(sender);
            if (queue.head.closed || queue.events >= options_.limits.events)
                continue;
            const auto to = std::min(from + midsPerEvent, mids.size());
            const std::vector<Mid> some(mids.begin() + static_cast<std::ptrdiff_t>(from),
                                        mids.begin() + static_cast<std::ptrdiff_t>(to));
            push(queue,
                 expired ? wire::QueueItem { wire::ExpiredAtRecipient { recipient, some } }
                         : wire::QueueItem { wire::Delivered { recipient, some } });
            if (std::ranges::find(told, sender) == told.end())
                told.push_back(sender);
        }
    }
    return {};
}

/// Removes a row, if it is there, and lets its mid be known until `forgetAt`.
bool MemoryMessageQueue::erase(const DeviceId &device, Qseq qseq, WallTime forgetAt)
{
    auto &queue = queueOf(device);
    const auto row = queue.rows.find(qseq);
    if (row == queue.rows.end())
        return false;
    const auto &item = row->second.item;
    if (const auto *message = std::get_if<wire::Envelope>(&item)) {
        --queue.head.messages;
        queue.head.bytes -= static_cast<std::uint64_t>(message->content.size());
        const auto seen = seen_.find({ device, message->sender, message->mid });
        if (seen != seen_.end() && seen->second.qseq == qseq) {
            seen->second.qseq = {};
            seen->second.until = forgetAt;
        }
    } else {
        --queue.events;
    }
    queue.rows.erase(row);
    return true;
}

Task<Result<void>> MemoryMessageQueue::close(DeviceId device)
{
    const Lock lock(mutex_);
    auto &queue = queueOf(device);
    queue.head.closed = true;
    queue.head.messages = queue.head.bytes = queue.events = 0;
    queue.rows.clear();
    std::erase_if(seen_, [&](const auto &entry) { return std::get<0>(entry.first) == device; });
    std::erase_if(homes_, [&](const auto &entry) { return entry.first.first == device; });
    return Task<Result<void>>::ready({});
}

// ---- sweep --------------------------------------------------------------------------------------------------------

Task<Result<std::vector<DeviceId>>> MemoryMessageQueue::sweep(WallTime now, int limit)
{
    using Answer = Result<std::vector<DeviceId>>;
    Lock lock(mutex_);
    std::vector<DeviceId> told;
    std::vector<DeviceId> devices;
    for (const auto &[device, queue] : queues_)
        devices.push_back(device);
    for (const auto &device : devices) {
        if (auto swept = sweepQueue(device, now, limit, told, lock); !swept)
            return Task<Answer>::ready(std::move(swept).error());
    }
    forgetDead(now);
    return Task<Answer>::ready(std::move(told));
}

Task<Result<QueueTotals>> MemoryMessageQueue::totals()
{
    const std::scoped_lock lock(mutex_);
    QueueTotals totals;
    for (const auto &[device, queue] : queues_) {
        totals.messages += queue.head.messages;
        totals.bytes += queue.head.bytes;
        for (const auto &[qseq, row] : queue.rows)
            totals.oldest = totals.oldest ? std::min(*totals.oldest, row.queued) : row.queued;
    }
    return Task<Result<QueueTotals>>::ready(totals);
}

void MemoryMessageQueue::setRoom(std::uint64_t messages, std::uint64_t bytes)
{
    const std::scoped_lock lock(mutex_);
    options_.limits.messages = messages;
    options_.limits.bytes = bytes;
}

Result<void> MemoryMessageQueue::sweepQueue(const DeviceId &device, WallTime now, int &budget,
                                            std::vector<DeviceId> &told, Lock &lock)
{
    Events events;
    std::vector<Qseq> due;
    for (const auto &[qseq, row] : queueOf(device).rows) {
        if (row.expires > now || budget-- <= 0)
            break;
        due.push_back(qseq);
        const auto *message = std::get_if<wire::Envelope>(&row.item);
        if (message && message->sender.account != device.account)
            events[{ message->sender, device.account }].push_back(message->mid);
    }
    KITH_CHECK(pushEvents(events, true, told, lock));
    KITH_CHECK(pause(lock));
    if (replaceExpired(device, due, now) && std::ranges::find(told, device) == told.end())
        told.push_back(device);
    return {};
}

/// The step in the recipient's partition. Whether the queue got a row.
bool MemoryMessageQueue::replaceExpired(const DeviceId &device, const std::vector<Qseq> &due, WallTime now)
{
    wire::ExpiredRange range;
    wire::Missed allMissed;
    const auto count = [&](Qseq from, Qseq to, std::uint64_t by) {
        range.from = range.count == 0 ? from : std::min(range.from, from);
        range.to = std::max(range.to, to);
        range.count += by;
    };
    auto &queue = queueOf(device);
    for (const auto qseq : due) {
        const auto row = queue.rows.find(qseq);
        if (row == queue.rows.end())
            continue;
        const auto &item = row->second.item;
        if (std::holds_alternative<wire::Envelope>(item))
            count(qseq, qseq, 1);
        else if (const auto *missed = std::get_if<wire::Missed>(&item))
            allMissed.count += missed->count;
        else if (const auto *older = std::get_if<wire::ExpiredRange>(&item))
            count(older->from, older->to, older->count);
        erase(device, qseq, now + options_.limits.tombstone);
    }
    if (range.count > 0)
        push(queue, range);
    if (allMissed.count > 0)
        push(queue, allMissed);
    return range.count > 0 || allMissed.count > 0;
}

void MemoryMessageQueue::forgetDead(WallTime now)
{
    std::erase_if(homes_, [&](const auto &entry) { return entry.second.until <= now; });
    std::erase_if(seen_, [&](const auto &entry) { return entry.second.until <= now; });
}

} // namespace kith::support
