// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/queue_sweep.h"

#include "server/embedded/keys.h"

#include <algorithm>

namespace kith::server::embedded {

namespace {

struct Expired {
    Qseq qseq;
    wire::StoredRow row;
};

/// What a client is told of rows that it will never get.
class LostRange {
public:
    /// `missed`: the count of a Missed row, from its table; 0 when the row itself has it.
    void add(const Expired &expired, std::uint64_t missed)
    {
        const auto &item = expired.row.item;
        if (std::holds_alternative<wire::Envelope>(item))
            add(expired.qseq, expired.qseq, 1);
        else if (const auto *row = std::get_if<wire::Missed>(&item))
            missed_.count += std::max(missed, row->count);
        else if (const auto *older = std::get_if<wire::ExpiredRange>(&item))
            add(older->from, older->to, older->count);
    }
    /// The rows that say it. What was missed never had a qseq, so it is in no range.
    std::vector<wire::QueueItem> items() const
    {
        std::vector<wire::QueueItem> items;
        if (range_.count > 0)
            items.emplace_back(range_);
        if (missed_.count > 0)
            items.emplace_back(missed_);
        return items;
    }

private:
    void add(Qseq from, Qseq to, std::uint64_t count)
    {
        range_.from = range_.count == 0 ? from : std::min(range_.from, from);
        range_.to = std::max(range_.to, to);
        range_.count += count;
    }

    wire::ExpiredRange range_;
    wire::Missed missed_;
};

class Sweep {
public:
    Sweep(Batch &batch, QueueWriter &queues, const QueueLimits &limits, WallTime now)
        : batch_(batch)
        , queues_(queues)
        , limits_(limits)
        , now_(now)
    {
    }

    /// Looks at no more than `budget` rows of one queue. Returns how many it looked at.
    Result<std::size_t> look(const DeviceId &device, std::size_t budget)
    {
        KITH_TRY(const auto expired, dueRows(device, budget));
        EventMids events;
        for (const auto &each : expired) {
            const auto *message = std::get_if<wire::Envelope>(&each.row.item);
            if (message && message->sender.account != device.account)
                events[{ message->sender, device.account }].push_back(message->mid);
        }
        KITH_CHECK(queues_.pushEvents(events, true, told_));
        KITH_CHECK(replace(device, expired));
        KITH_CHECK(rearm(device));
        return expired.size() + 1;
    }

    std::vector<DeviceId> told() const { return { told_.begin(), told_.end() }; }

private:
    Result<std::vector<Expired>> dueRows(const DeviceId &device, std::size_t budget) const
    {
        const auto prefix = keyOf(device);
        KITH_TRY(const auto stored, batch_.scan(Table::queue, prefix, endOf(prefix), budget));
        std::vector<Expired> rows;
        for (const auto &each : stored) {
            KITH_TRY(auto row, wire::decodeStoredRow(viewOf(each.value)));
            if (row.time + limits_.expiry > now_)
                break;
            rows.push_back({ Qseq { lastNumber(each.key) }, std::move(row) });
        }
        return rows;
    }

    Result<void> replace(const DeviceId &device, const std::vector<Expired> &expired)
    {
        LostRange lost;
        for (const auto &each : expired) {
            KITH_TRY(const auto missed, batch_.get(Table::missed, keyOf(device, each.qseq)));
            lost.add(each, missed ? lastNumber(*missed) : 0);
            KITH_CHECK(queues_.erase(device, each.qseq, each.row, now_ + limits_.tombstone));
        }
        KITH_TRY(auto head, queues_.head(device));
        for (auto &item : lost.items()) {
            queues_.push(device, head, std::move(item));
            ++head.events;
            told_.insert(device);
        }
        queues_.store(device, head);
        return {};
    }

    Result<void> rearm(const DeviceId &device)
    {
        const auto prefix = keyOf(device);
        KITH_TRY(const auto first, batch_.scan(Table::queue, prefix, endOf(prefix), 1));
        KITH_TRY(auto head, queues_.head(device));
        WallTime due {};
        if (!first.empty()) {
            KITH_TRY(const auto row, wire::decodeStoredRow(viewOf(first.front().value)));
            due = row.time + limits_.expiry;
        }
        queues_.setDue(device, head, due);
        queues_.store(device, head);
        return {};
    }

    Batch &batch_;
    QueueWriter &queues_;
    const QueueLimits &limits_;
    WallTime now_;
    std::set<DeviceId> told_;
};

} // namespace

Result<std::vector<DeviceId>> sweepQueues(Batch &batch, QueueWriter queues, const QueueLimits &limits, WallTime now,
                                          int limit)
{
    Sweep sweep(batch, queues, limits, now);
    auto budget = static_cast<std::size_t>(std::max(limit, 0));
    const auto end = keyOf(static_cast<std::uint64_t>(toMs(now)) + 1);
    KITH_TRY(const auto due, batch.scan(Table::expiry, {}, end, budget));
    for (const auto &entry : due) {
        const auto device = deviceAt(entry.key, 8);
        if (!device) {
            batch.erase(Table::expiry, entry.key);
            continue;
        }
        if (budget == 0)
            break;
        KITH_TRY(const auto looked, sweep.look(*device, budget));
        budget -= std::min(budget, looked);
    }
    return sweep.told();
}

} // namespace kith::server::embedded
