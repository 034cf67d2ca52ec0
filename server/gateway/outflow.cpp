// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/outflow.h"

#include "common/base/failpoint.h"
#include "common/base/mailbox.h"

#include <algorithm>
#include <chrono>

namespace kith::server::gateway {

namespace {

constexpr qint64 socketBytes = 1024 * 1024; // security S7
constexpr milliseconds storeRetry { 1'000 };
constexpr std::size_t eventBytes = 64; // what an event row counts for, about

std::size_t sizeOf(const wire::QueueItem &item)
{
    const auto *envelope = std::get_if<wire::Envelope>(&item);
    return envelope ? static_cast<std::size_t>(envelope->content.size()) + eventBytes : eventBytes;
}

const wire::AckRange *find(const wire::Ack &ack, Qseq qseq)
{
    const auto covers = [qseq](const wire::AckRange &range) { return range.from <= qseq && qseq <= range.to; };
    const auto found = std::ranges::find_if(ack.ranges, covers);
    return found == ack.ranges.end() ? nullptr : &*found;
}

} // namespace

Outflow::Outflow(const SessionParts &parts, DeviceId device, const net::Channel &channel, Callbacks callbacks)
    : parts_(parts)
    , device_(device)
    , channel_(channel)
    , callbacks_(std::move(callbacks))
{
}

Outflow::~Outflow()
{
    *alive_ = false;
}

void Outflow::start(Qseq last)
{
    started_ = true;
    target_ = last;
    sweepLater();
    pump();
}

void Outflow::hear(const delivery::NewRow &row)
{
    if (!started_ || row.qseq <= cursor_)
        return;
    const bool follows = drained_ && !behind_ && !reading_ && row.qseq.value == cursor_.value + 1;
    if (follows && row.item && hasRoom())
        return push({ row.qseq, *row.item });
    hearRows();
}

void Outflow::hearRows()
{
    behind_ = true;
    if (started_)
        pump();
}

void Outflow::writable()
{
    if (!unacknowledged_.empty())
        KITH_FAILPOINT("s4");
    if (started_ && stopped_)
        pump();
}

bool Outflow::hasRoom()
{
    const bool room = unacknowledged_.size() < parts_.limits.window && unacknowledgedBytes_ < parts_.limits.windowBytes
        && channel_.bytesToWrite() < socketBytes;
    if (!room && !stopped_)
        parts_.metrics.count("kith_ws_backpressure_total");
    stopped_ = !room;
    return room;
}

void Outflow::pump()
{
    while (!over_ && !read_.isEmpty() && hasRoom()) {
        push(read_.takeFirst());
    }
    if (over_ || reading_ || !read_.empty())
        return;
    if (behind_) {
        if (hasRoom())
            read();
    } else if (!drained_) {
        drained_ = true;
        cursor_ = std::max(cursor_, target_);
        callbacks_.send(wire::Drained { cursor_ });
    }
}

void Outflow::read()
{
    reading_ = true;
    behind_ = false;
    const auto room = parts_.limits.window - static_cast<int>(unacknowledged_.size());
    parts_.domains.delivery.read(device_, cursor_, room).then(this, [this](Result<QueuePage> page) {
        onPage(std::move(page));
    });
}

void Outflow::onPage(Result<QueuePage> page)
{
    reading_ = false;
    if (!page) {
        behind_ = true;
        return retryLater();
    }
    for (auto &row : page->rows)
        read_.push_back(std::move(row));
    behind_ = behind_ || page->more;
    pump();
}

void Outflow::push(QueueRow row)
{
    Pushed pushed { row.qseq, sizeOf(row.item), {}, {} };
    if (const auto *envelope = std::get_if<wire::Envelope>(&row.item)) {
        pushed.sender = envelope->sender.account;
        pushed.accepted = envelope->serverTime;
    }
    cursor_ = row.qseq;
    if (unacknowledged_.empty()) {
        progress_ = parts_.clock.monotonic();
        if (!patience_.isSet())
            watchProgress(parts_.limits.ackPatience);
    }
    unacknowledgedBytes_ += pushed.bytes;
    unacknowledged_.push_back(std::move(pushed));
    callbacks_.send(wire::Deliver { row.qseq, std::move(row.item) });
}

void Outflow::watchProgress(milliseconds span)
{
    patience_ = parts_.timers.after(span, [this] { checkProgress(); });
}

void Outflow::checkProgress()
{
    if (unacknowledged_.empty())
        return patience_.cancel();
    const auto waited = parts_.clock.monotonic() - progress_;
    if (waited < parts_.limits.ackPatience)
        return watchProgress(parts_.limits.ackPatience - waited);
    parts_.metrics.count("kith_slow_consumers_closed_total");
    callbacks_.close(wire::CloseCode::tryLater, "no acknowledgement");
}

void Outflow::acknowledge(const wire::Ack &ack)
{
    const auto now = parts_.clock.now();
    const auto before = unacknowledged_.size();
    unacknowledged_.removeIf([&](const Pushed &pushed) {
        const auto *range = find(ack, pushed.qseq);
        if (!range)
            return false;
        unacknowledgedBytes_ -= pushed.bytes;
        if (pushed.sender && drained_) {
            const std::chrono::duration<double> took = now - pushed.accepted;
            parts_.metrics.observe("kith_deliver_seconds", took.count());
        }
        acks_.push_back({ pushed.qseq, pushed.sender, range->receipt });
        return true;
    });
    if (unacknowledged_.size() == before)
        return;
    progress_ = parts_.clock.monotonic();
    KITH_FAILPOINT("s5");
    settleSoon();
    pump();
}

/// All acknowledgements of one turn of the loop go to the store together.
void Outflow::settleSoon()
{
    Mailbox::ofThisThread()->post([this, alive = alive_] {
        if (*alive)
            settle();
    });
}

void Outflow::settle()
{
    if (acks_.empty())
        return;
    const auto rows = std::exchange(acks_, {});
    parts_.domains.delivery.acknowledge(device_, rows).then(this, [this, rows](Result<void> settled) {
        if (settled)
            return;
        // Not settled means redelivered at the next connect; while this one lasts, the store gets another chance.
        acks_.insert(acks_.end(), rows.begin(), rows.end());
        retryLater();
    });
}

void Outflow::retryLater()
{
    if (over_)
        return;
    retry_ = parts_.timers.after(storeRetry, [this] {
        settle();
        pump();
    });
}

void Outflow::finish()
{
    if (std::exchange(over_, true))
        return;
    patience_.cancel();
    retry_.cancel();
    sweep_.cancel();
    settle();
    parts_.metrics.count("kith_redelivered_total", {}, static_cast<double>(unacknowledged_.size()));
}

void Outflow::sweepLater()
{
    const auto span = parts_.limits.sweep;
    const milliseconds jitter { static_cast<std::int64_t>(
        parts_.random.below(static_cast<std::uint64_t>(span.count()) / 3 + 1)) };
    sweep_ = parts_.timers.after(span - jitter, [this] {
        sweepLater();
        if (drained_)
            hearRows();
    });
}

} // namespace kith::server::gateway
