// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/check.h"
#include "common/wire/frame_parts.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"

namespace kith::wire {

namespace {

Outcome<std::vector<Mid>> readMids(const google::protobuf::RepeatedPtrField<std::string> &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.size()), 1, limits::midsPerEvent, "mids"));
    std::vector<Mid> mids;
    for (const auto &item : in) {
        KITH_TRY(const auto mid, readId<Mid>(item, "mid"));
        mids.push_back(mid);
    }
    return mids;
}

Outcome<Delivered> read(const v1::Delivered &in)
{
    Delivered value;
    KITH_TRY(value.recipient, readId<AccountId>(in.recipient(), "account id"));
    KITH_TRY(value.mids, readMids(in.mids()));
    return value;
}

Outcome<Missed> read(const v1::Missed &in)
{
    KITH_TRY(const auto count, readNumber(in.count(), 1, UINT64_MAX, "count"));
    return Missed { count };
}

Outcome<ExpiredRange> read(const v1::ExpiredRange &in)
{
    KITH_TRY(const auto from, readNumber(in.from(), 1, INT64_MAX, "qseq range"));
    KITH_TRY(const auto to, readNumber(in.to(), from, INT64_MAX, "qseq range"));
    KITH_TRY(const auto count, readNumber(in.count(), 1, to - from + 1, "count"));
    return ExpiredRange { Qseq { from }, Qseq { to }, count };
}

Outcome<ExpiredAtRecipient> read(const v1::ExpiredAtRecipient &in)
{
    ExpiredAtRecipient value;
    KITH_TRY(value.recipient, readId<AccountId>(in.recipient(), "account id"));
    KITH_TRY(value.mids, readMids(in.mids()));
    return value;
}

struct WriteItem {
    v1::Deliver &out;

    void operator()(const Envelope &value) const { write(value, *out.mutable_envelope()); }
    void operator()(const Delivered &value) const
    {
        auto &event = *out.mutable_delivered();
        event.set_recipient(toStd(value.recipient.view()));
        for (const auto &mid : value.mids)
            event.add_mids(toStd(mid.view()));
    }
    void operator()(const Missed &value) const { out.mutable_missed()->set_count(value.count); }
    void operator()(const ExpiredRange &value) const
    {
        auto &range = *out.mutable_expired_range();
        range.set_from(value.from.value);
        range.set_to(value.to.value);
        range.set_count(value.count);
    }
    void operator()(const ExpiredAtRecipient &value) const
    {
        auto &event = *out.mutable_expired_at_recipient();
        event.set_recipient(toStd(value.recipient.view()));
        for (const auto &mid : value.mids)
            event.add_mids(toStd(mid.view()));
    }
};

template <class T>
Outcome<QueueItem> asItem(Outcome<T> part)
{
    if (!part)
        return std::move(part).error();
    return QueueItem { std::move(part).value() };
}

} // namespace

void write(const QueueItem &item, v1::Deliver &out)
{
    std::visit(WriteItem { out }, item);
}

Outcome<QueueItem> readItem(const v1::Deliver &in)
{
    switch (in.item_case()) {
    case v1::Deliver::kEnvelope:
        return asItem(wire::read(in.envelope()));
    case v1::Deliver::kDelivered:
        return asItem(read(in.delivered()));
    case v1::Deliver::kMissed:
        return asItem(read(in.missed()));
    case v1::Deliver::kExpiredRange:
        return asItem(read(in.expired_range()));
    case v1::Deliver::kExpiredAtRecipient:
        return asItem(read(in.expired_at_recipient()));
    case v1::Deliver::ITEM_NOT_SET:
        break;
    }
    return invalidFault("queue row");
}

void write(const Deliver &value, v1::Deliver &out)
{
    out.set_qseq(value.qseq.value);
    write(value.item, out);
}

Outcome<Deliver> read(const v1::Deliver &in)
{
    Deliver value;
    value.qseq = Qseq { in.qseq() };
    KITH_CHECK(readNumber(in.qseq(), 1, INT64_MAX, "qseq"));
    KITH_TRY(value.item, readItem(in));
    return value;
}

void write(const Ack &value, v1::Ack &out)
{
    for (const auto &range : value.ranges) {
        auto &item = *out.add_ranges();
        item.set_from(range.from.value);
        item.set_to(range.to.value);
        item.set_receipt(range.receipt);
    }
}

Outcome<Ack> read(const v1::Ack &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.ranges_size()), 1, limits::ackRanges, "ack ranges"));
    Ack value;
    std::uint64_t rows = 0;
    for (const auto &item : in.ranges()) {
        KITH_TRY(const auto from, readNumber(item.from(), 1, INT64_MAX, "qseq range"));
        KITH_TRY(const auto to, readNumber(item.to(), from, INT64_MAX, "qseq range"));
        if (to - from >= limits::ackRows)
            return tooLargeFault("acknowledged rows");
        rows += to - from + 1;
        value.ranges.push_back({ Qseq { from }, Qseq { to }, item.receipt() });
    }
    KITH_CHECK(checkSize(rows, 1, limits::ackRows, "acknowledged rows"));
    return value;
}

void write(const Drained &value, v1::Drained &out)
{
    out.set_qseq(value.qseq.value);
}

Outcome<Drained> read(const v1::Drained &in)
{
    KITH_TRY(const auto qseq, readNumber(in.qseq(), 0, INT64_MAX, "qseq"));
    return Drained { Qseq { qseq } };
}

} // namespace kith::wire
