// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/message_queue.h"

#include "server/embedded/meta.h"
#include "server/embedded/queue_sweep.h"

#include <algorithm>
#include <set>

namespace kith::server::embedded {

namespace {

QueueState stateOf(const wire::StoredHead &head)
{
    return { head.qepoch, head.last, head.closed, head.messages, head.bytes, head.sendCounter };
}

} // namespace

QueueWriter EmbeddedMessageQueue::writer(Batch &batch)
{
    return { batch, { parts_.limits, parts_.random, unread_, parts_.clock.now() } };
}

// ---- accept -------------------------------------------------------------------------------------------------------

Task<Result<AcceptResult>> EmbeddedMessageQueue::accept(AcceptRequest request)
{
    std::size_t bytes = 0;
    for (const auto &append : request.appends)
        bytes += static_cast<std::size_t>(append.content.size());
    return parts_.committer.run<AcceptResult>(
        Committer::Kind::accept,
        [this, request = std::move(request)](Batch &batch) { return composeAccept(batch, request); }, bytes);
}

Result<AcceptResult> EmbeddedMessageQueue::composeAccept(Batch &batch, const AcceptRequest &request)
{
    AcceptResult result;
    KITH_TRY(const auto home, admit(batch, request));
    result.sid = home.sid;
    result.serverTime = Snowflake::timeOf(home.sid);
    result.duplicate = !home.isNew;
    auto queues = writer(batch);
    for (const auto &append : request.appends) {
        KITH_TRY(auto appended, queues.append(request, append, home.sid));
        result.appended.push_back(std::move(appended));
    }
    batch.requireSync();
    return result;
}

/// The sender's partition: home row and send counter (delivery AT2, SA1).
Result<EmbeddedMessageQueue::Home> EmbeddedMessageQueue::admit(Batch &batch, const AcceptRequest &request)
{
    const auto key = keyOf(request.sender, request.mid);
    const auto now = parts_.clock.now();
    auto queues = writer(batch);
    KITH_TRY(const auto stored, rowAt(batch, Table::sentMid, key, wire::decodeStoredHome));
    Home home;
    if (stored && stored->until > now) {
        home.sid = stored->sid;
    } else {
        if (parts_.committer.diskIsLow())
            return Error { ErrorCode::full, "disk" };
        KITH_TRY(const bool room, someRecipientHasRoom(queues, request));
        if (!room)
            return Error { ErrorCode::full, "queue" };
        KITH_TRY(home.sid, nextSid(batch));
        home.isNew = true;
        batch.put(Table::sentMid, key, valueOf(wire::StoredHome { home.sid, now + parts_.limits.homeRow, 0 }));
    }
    KITH_TRY(auto head, queues.head(request.sender));
    if (request.sendCounter > head.sendCounter) {
        head.sendCounter = request.sendCounter;
        queues.store(request.sender, head);
    }
    return home;
}

Result<Sid> EmbeddedMessageQueue::nextSid(Batch &batch)
{
    KITH_TRY(const auto sid, parts_.snowflake.next(parts_.clock.now()));
    const auto mark = parts_.snowflake.highWater();
    if (mark != storedHighWater_) {
        putMetaNumber(batch, sidMeta, static_cast<std::uint64_t>(mark));
        batch.whenDurable([this, mark] { storedHighWater_ = mark; });
    }
    return sid;
}

/// Own sync copies do not count, unless the message is for oneself alone (delivery ST23).
Result<bool> EmbeddedMessageQueue::someRecipientHasRoom(const QueueWriter &queues, const AcceptRequest &request) const
{
    const auto isOwn = [&](const Append &append) { return append.device.account == request.sender.account; };
    const bool onlyOwn = std::ranges::all_of(request.appends, isOwn);
    bool asked = false;
    for (const auto &append : request.appends) {
        if (isOwn(append) && !onlyOwn)
            continue;
        asked = true;
        KITH_TRY(const auto head, queues.head(append.device));
        if (head.closed || queues.hasRoom(head, static_cast<std::size_t>(append.content.size())))
            return true;
        KITH_TRY(const auto known, queues.seen(append.device, request.sender, request.mid));
        if (known)
            return true;
    }
    return !asked;
}

// ---- reading ------------------------------------------------------------------------------------------------------

Task<Result<QueuePage>> EmbeddedMessageQueue::range(DeviceId device, Qseq after, int limit)
{
    return Task<Result<QueuePage>>::ready(readPage(device, after, limit));
}

Result<QueuePage> EmbeddedMessageQueue::readPage(const DeviceId &device, Qseq after, int limit)
{
    unread_.wasRead(device);
    if (after.value == UINT64_MAX)
        return QueuePage {};
    const auto most = static_cast<std::size_t>(std::clamp(limit, 1, maxRangeRows));
    const auto prefix = keyOf(device);
    KITH_TRY(
        const auto stored,
        parts_.database.scan(Table::queue, keyOf(device, after.value + 1), endOf(prefix), most + 1, maxRangeBytes));
    QueuePage page;
    std::uint64_t bytes = 0;
    for (const auto &each : stored) {
        bytes += each.value.size();
        if (page.rows.size() == most || (!page.rows.empty() && bytes > maxRangeBytes)) {
            page.more = true;
            break;
        }
        KITH_TRY(auto row, readRow(device, each));
        page.rows.push_back(std::move(row));
    }
    return page;
}

Result<QueueRow> EmbeddedMessageQueue::readRow(const DeviceId &device, const Database::Row &stored) const
{
    KITH_TRY(auto row, wire::decodeStoredRow(viewOf(stored.value)));
    const Qseq qseq { lastNumber(stored.key) };
    if (auto *missed = std::get_if<wire::Missed>(&row.item)) {
        KITH_TRY(const auto count, parts_.database.get(Table::missed, keyOf(device, qseq)));
        if (count)
            missed->count = lastNumber(*count);
    }
    return QueueRow { qseq, std::move(row.item) };
}

Task<Result<QueueState>> EmbeddedMessageQueue::state(DeviceId device)
{
    using Answer = Task<Result<QueueState>>;
    const auto stored = rowAt(parts_.database, Table::queueHead, keyOf(device), wire::decodeStoredHead);
    if (!stored)
        return Answer::ready(stored.error());
    if (*stored)
        return Answer::ready(stateOf(**stored));
    return parts_.committer.run<QueueState>(Committer::Kind::other, [this, device](Batch &batch) -> Result<QueueState> {
        auto queues = writer(batch);
        KITH_TRY(const auto head, queues.head(device));
        queues.store(device, head);
        batch.requireSync();
        return stateOf(head);
    });
}

// ---- settle, close, sweep -----------------------------------------------------------------------------------------

Task<Result<Settled>> EmbeddedMessageQueue::settle(std::vector<Settle> acks)
{
    return parts_.committer.run<Settled>(
        Committer::Kind::settle, [this, acks = std::move(acks)](Batch &batch) { return composeSettle(batch, acks); });
}

/// Effects and deletes in one batch (delivery AT3). Deletes alone need no sync of their own: losing them means a
/// redelivery. A Delivered row does: its qseq must not be given twice.
Result<Settled> EmbeddedMessageQueue::composeSettle(Batch &batch, const std::vector<Settle> &acks)
{
    auto queues = writer(batch);
    const auto forgetAt = parts_.clock.now() + parts_.limits.tombstone;
    Settled result;
    EventMids events;
    for (const auto &ack : acks) {
        KITH_TRY(const auto row, queues.row(ack.device, ack.qseq));
        if (!row)
            continue;
        if (const auto *message = std::get_if<wire::Envelope>(&row->item); message && ack.receipt)
            events[{ message->sender, ack.device.account }].push_back(message->mid);
        KITH_CHECK(queues.erase(ack.device, ack.qseq, *row, forgetAt));
        ++result.removed;
    }
    std::set<DeviceId> told;
    KITH_CHECK(queues.pushEvents(events, false, told));
    if (!told.empty())
        batch.requireSync();
    result.told.assign(told.begin(), told.end());
    return result;
}

Task<Result<void>> EmbeddedMessageQueue::close(DeviceId device)
{
    return parts_.committer.run<void>(Committer::Kind::other, [this, device](Batch &batch) {
        batch.requireSync();
        return writer(batch).close(device);
    });
}

Task<Result<std::vector<DeviceId>>> EmbeddedMessageQueue::sweep(WallTime now, int limit)
{
    return parts_.committer.run<std::vector<DeviceId>>(Committer::Kind::other, [this, now, limit](Batch &batch) {
        batch.requireSync();
        parts_.compactor.runIfDue();
        return sweepQueues(batch, writer(batch), parts_.limits, now, limit);
    });
}

// ---- for the operator ----------------------------------------------------------------------------------------------

Task<Result<QueueTotals>> EmbeddedMessageQueue::totals()
{
    return Task<Result<QueueTotals>>::ready(readTotals());
}

Result<QueueTotals> EmbeddedMessageQueue::readTotals() const
{
    QueueTotals totals;
    const auto add = [&](std::string_view, std::string_view value) -> Result<void> {
        KITH_TRY(const auto head, wire::decodeStoredHead(viewOf(value)));
        totals.messages += head.messages;
        totals.bytes += head.bytes;
        return {};
    };
    KITH_CHECK(parts_.database.visit(Table::queueHead, add));
    KITH_TRY(totals.oldest, oldest());
    return totals;
}

/// In the order in which queues are due: an entry may be older than what its queue still holds, never younger.
Result<std::optional<WallTime>> EmbeddedMessageQueue::oldest() const
{
    constexpr std::size_t most = 1'000; // looked at; beyond them the answer is good enough
    std::optional<WallTime> found;
    KITH_TRY(const auto entries, parts_.database.scan(Table::expiry, {}, {}, most));
    for (const auto &entry : entries) {
        const auto due = fromMs(static_cast<std::int64_t>(lastNumber(entry.key.substr(0, sizeof(std::uint64_t)))));
        const auto device = deviceAt(entry.key, sizeof(std::uint64_t));
        if (!device || (found && due - parts_.limits.expiry >= *found))
            break;
        const auto prefix = keyOf(*device);
        KITH_TRY(const auto rows, parts_.database.scan(Table::queue, prefix, endOf(prefix), 1));
        if (rows.empty())
            continue;
        KITH_TRY(const auto row, wire::decodeStoredRow(viewOf(rows.front().value)));
        found = found ? std::min(*found, row.time) : row.time;
    }
    return found;
}

void EmbeddedMessageQueue::setRoom(std::uint64_t messages, std::uint64_t bytes)
{
    (void)parts_.committer.run<void>(Committer::Kind::other, [this, messages, bytes](Batch &) -> Result<void> {
        parts_.limits.messages = messages;
        parts_.limits.bytes = bytes;
        return {};
    });
}

} // namespace kith::server::embedded
