// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/queue_writer.h"

#include "server/embedded/keys.h"
#include "server/ports/snowflake.h"

#include <algorithm>

namespace kith::server::embedded {

std::optional<Qseq> UnreadMissed::find(const DeviceId &device) const
{
    const std::scoped_lock lock(mutex_);
    const auto found = rows_.find(device);
    return found == rows_.end() ? std::nullopt : std::optional { found->second };
}

void UnreadMissed::set(const DeviceId &device, Qseq row)
{
    const std::scoped_lock lock(mutex_);
    rows_[device] = row;
}

void UnreadMissed::wasRead(const DeviceId &device)
{
    const std::scoped_lock lock(mutex_);
    rows_.erase(device);
}

Result<wire::StoredHead> QueueWriter::head(const DeviceId &device) const
{
    KITH_TRY(auto stored, rowAt(batch_, Table::queueHead, keyOf(device), wire::decodeStoredHead));
    if (stored)
        return *stored;
    wire::StoredHead fresh;
    std::array<std::uint8_t, 8> chance {};
    KITH_CHECK(parts_.random.fill(chance));
    for (const auto octet : chance)
        fresh.qepoch.value = fresh.qepoch.value << 8 | octet;
    return fresh;
}

void QueueWriter::store(const DeviceId &device, const wire::StoredHead &head)
{
    batch_.put(Table::queueHead, keyOf(device), valueOf(head));
}

bool QueueWriter::hasRoom(const wire::StoredHead &head, std::size_t contentBytes) const
{
    return head.messages < parts_.limits.messages && head.bytes + contentBytes <= parts_.limits.bytes;
}

Result<std::optional<wire::StoredMid>> QueueWriter::seen(const DeviceId &device, const DeviceId &sender,
                                                         const Mid &mid) const
{
    KITH_TRY(auto stored, rowAt(batch_, Table::queueMid, keyOf(device, sender, mid), wire::decodeStoredMid));
    if (stored && stored->until <= parts_.now)
        stored.reset();
    return stored;
}

Result<Appended> QueueWriter::append(const AcceptRequest &request, const Append &what, Sid sid)
{
    Appended result;
    result.device = what.device;
    KITH_TRY(auto head, this->head(what.device));
    result.closed = head.closed;
    if (head.closed)
        return result;
    KITH_TRY(const auto known, seen(what.device, request.sender, request.mid));
    if (known) {
        result.duplicate = true;
        result.missed = !known->settled && known->qseq.value == 0;
        result.qseq = known->settled ? Qseq {} : known->qseq;
        return result;
    }
    const auto size = static_cast<std::size_t>(what.content.size());
    if (hasRoom(head, size)) {
        wire::Envelope envelope { request.sender, request.mid, sid, Snowflake::timeOf(sid), what.type, what.content };
        result.qseq = push(what.device, head, std::move(envelope), sid);
        ++head.messages;
        head.bytes += size;
    } else {
        result.missed = true;
        KITH_CHECK(countMissed(what.device, head));
    }
    store(what.device, head);
    const auto until = parts_.now + parts_.limits.expiry + parts_.limits.tombstone;
    batch_.put(Table::queueMid, keyOf(what.device, request.sender, request.mid),
               valueOf(wire::StoredMid { result.qseq, until, false }));
    return result;
}

Result<void> QueueWriter::countMissed(const DeviceId &device, wire::StoredHead &head)
{
    batch_.keep(std::make_shared<UnreadMissed::Lock>(parts_.unread.lock()));
    const auto open = parts_.unread.find(device);
    std::uint64_t count = 0;
    if (open && *open == head.missed) {
        KITH_TRY(const auto stored, batch_.get(Table::missed, keyOf(device, *open)));
        count = stored ? lastNumber(*stored) : 0;
    }
    if (count == 0) {
        head.missed = push(device, head, wire::Missed { 1 });
        ++head.events;
        parts_.unread.set(device, head.missed);
    }
    batch_.put(Table::missed, keyOf(device, head.missed), keyOf(count + 1));
    return {};
}

Qseq QueueWriter::push(const DeviceId &device, wire::StoredHead &head, wire::QueueItem item, Sid sid)
{
    ++head.last.value;
    batch_.put(Table::queue, keyOf(device, head.last), valueOf(wire::StoredRow { sid, parts_.now, std::move(item) }));
    if (head.due == WallTime {})
        setDue(device, head, parts_.now + parts_.limits.expiry);
    return head.last;
}

void QueueWriter::setDue(const DeviceId &device, wire::StoredHead &head, WallTime due)
{
    const auto keyAt = [&](WallTime at) { return keyOf(static_cast<std::uint64_t>(toMs(at)), device); };
    if (head.due != WallTime {})
        batch_.erase(Table::expiry, keyAt(head.due));
    if (due != WallTime {})
        batch_.put(Table::expiry, keyAt(due), {});
    head.due = due;
}

Result<bool> QueueWriter::pushEvent(const DeviceId &device, wire::QueueItem item)
{
    KITH_TRY(auto head, this->head(device));
    if (head.closed || head.events >= parts_.limits.events)
        return false;
    push(device, head, std::move(item));
    ++head.events;
    store(device, head);
    return true;
}

Result<void> QueueWriter::pushEvents(const EventMids &events, bool expired, std::set<DeviceId> &told)
{
    for (const auto &[key, mids] : events) {
        const auto &[sender, recipient] = key;
        for (std::size_t from = 0; from < mids.size(); from += midsPerEvent) {
            const auto to = std::min(from + midsPerEvent, mids.size());
            std::vector<Mid> some(mids.begin() + static_cast<std::ptrdiff_t>(from),
                                  mids.begin() + static_cast<std::ptrdiff_t>(to));
            auto item = expired ? wire::QueueItem { wire::ExpiredAtRecipient { recipient, std::move(some) } }
                                : wire::QueueItem { wire::Delivered { recipient, std::move(some) } };
            KITH_TRY(const bool pushed, pushEvent(sender, std::move(item)));
            if (pushed)
                told.insert(sender);
        }
    }
    return {};
}

Result<std::optional<wire::StoredRow>> QueueWriter::row(const DeviceId &device, Qseq qseq) const
{
    return rowAt(batch_, Table::queue, keyOf(device, qseq), wire::decodeStoredRow);
}

Result<void> QueueWriter::erase(const DeviceId &device, Qseq qseq, const wire::StoredRow &row, WallTime forgetAt)
{
    KITH_TRY(auto head, this->head(device));
    if (const auto *message = std::get_if<wire::Envelope>(&row.item)) {
        head.messages -= std::min<std::uint64_t>(head.messages, 1);
        head.bytes -= std::min(head.bytes, static_cast<std::uint64_t>(message->content.size()));
        batch_.put(Table::queueMid, keyOf(device, message->sender, message->mid),
                   valueOf(wire::StoredMid { {}, forgetAt, true }));
    } else {
        head.events -= std::min<std::uint64_t>(head.events, 1);
        if (std::holds_alternative<wire::Missed>(row.item))
            batch_.erase(Table::missed, keyOf(device, qseq));
    }
    batch_.erase(Table::queue, keyOf(device, qseq));
    store(device, head);
    return {};
}

Result<void> QueueWriter::close(const DeviceId &device)
{
    KITH_TRY(auto head, this->head(device));
    if (head.closed)
        return {};
    setDue(device, head, {});
    head.closed = true;
    head.messages = head.bytes = head.events = 0;
    for (const auto table : { Table::queue, Table::missed, Table::queueMid, Table::sentMid })
        batch_.dropPrefix(table, keyOf(device));
    store(device, head);
    return {};
}

} // namespace kith::server::embedded
