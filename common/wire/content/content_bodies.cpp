// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/content/content_bodies.h"

#include "common/wire/check.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"

namespace kith::wire {

namespace {

struct WriteBody {
    v1::Content &out;

    void operator()(const Text &value) const
    {
        auto &text = *out.mutable_text();
        text.set_text(value.text);
        if (value.replyTo)
            text.set_reply_to(toStd(value.replyTo->view()));
        if (value.quote) {
            text.mutable_quote()->set_sender(toStd(value.quote->sender.view()));
            text.mutable_quote()->set_text(value.quote->text);
        }
    }
    void operator()(const Receipt &value) const
    {
        auto &receipt = *out.mutable_receipt();
        receipt.set_kind(static_cast<v1::ReceiptKind>(value.kind));
        for (const auto &entry : value.entries) {
            auto &item = *receipt.add_entries();
            item.set_mid(toStd(entry.mid.view()));
            item.set_sid(entry.sid.value);
            item.set_server_time_ms(static_cast<std::uint64_t>(toMs(entry.serverTime)));
        }
    }
    void operator()(const KeepAlive &) const { out.mutable_keep_alive(); }
    void operator()(const RetryRequest &value) const
    {
        auto &request = *out.mutable_retry_request();
        for (const auto &mid : value.mids)
            request.add_mids(toStd(mid.view()));
    }
    void operator()(const ResendRequest &value) const
    {
        out.mutable_resend_request()->set_from(value.from);
        out.mutable_resend_request()->set_to(value.to);
    }
    void operator()(const Resent &value) const { out.mutable_resent()->set_content(toStd(value.content)); }
    void operator()(const VoidNumbers &value) const
    {
        auto &numbers = *out.mutable_void_numbers();
        for (const auto number : value.numbers)
            numbers.add_numbers(number);
    }
    void operator()(const UnknownBody &) const { }
};

Outcome<ContentBody> readText(const v1::Text &in)
{
    Text value;
    KITH_TRY(value.text, wire::readText(in.text(), 1, limits::textBytes, "text"));
    if (in.has_reply_to()) {
        KITH_TRY(value.replyTo, readId<Mid>(in.reply_to(), "mid"));
    }
    if (in.has_quote()) {
        if (!value.replyTo)
            return invalidFault("a quote of nothing");
        Quote quote;
        KITH_TRY(quote.sender, readId<AccountId>(in.quote().sender(), "account"));
        KITH_TRY(quote.text, wire::readText(in.quote().text(), 0, limits::quoteBytes, "quote"));
        value.quote = std::move(quote);
    }
    return ContentBody { std::move(value) };
}

Outcome<ReceiptKind> readKind(v1::ReceiptKind kind)
{
    switch (kind) {
    case v1::RECEIPT_KIND_DELIVERED:
        return ReceiptKind::delivered;
    case v1::RECEIPT_KIND_READ:
        return ReceiptKind::read;
    default:
        return invalidFault("receipt kind");
    }
}

Outcome<ContentBody> readReceipt(const v1::Receipt &in)
{
    Receipt value;
    KITH_TRY(value.kind, readKind(in.kind()));
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.entries_size()), 1, limits::receiptEntries, "receipt entries"));
    for (const auto &item : in.entries()) {
        ReceiptEntry entry;
        KITH_TRY(entry.mid, readId<Mid>(item.mid(), "mid"));
        KITH_TRY(entry.sid, readSid(item.sid()));
        KITH_TRY(entry.serverTime, readTime(item.server_time_ms()));
        value.entries.push_back(entry);
    }
    return ContentBody { std::move(value) };
}

Outcome<ContentBody> readRetry(const v1::RetryRequest &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.mids_size()), 1, limits::midsPerEvent, "mids"));
    RetryRequest value;
    for (const auto &item : in.mids()) {
        KITH_TRY(const auto mid, readId<Mid>(item, "mid"));
        value.mids.push_back(mid);
    }
    return ContentBody { std::move(value) };
}

Outcome<ContentBody> readResend(const v1::ResendRequest &in)
{
    KITH_TRY(const auto from, readNumber(in.from(), 1, INT64_MAX, "number range"));
    KITH_TRY(const auto to, readNumber(in.to(), from, INT64_MAX, "number range"));
    if (to - from >= limits::resendNumbers)
        return tooLargeFault("number range");
    return ContentBody { ResendRequest { from, to } };
}

Outcome<ContentBody> readResent(const v1::Resent &in)
{
    Resent value;
    KITH_TRY(value.content, readBytes(in.content(), 1, limits::contentBytes, "content"));
    return ContentBody { std::move(value) };
}

Outcome<ContentBody> readVoid(const v1::VoidNumbers &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.numbers_size()), 1, limits::resendNumbers, "numbers"));
    VoidNumbers value;
    for (const auto number : in.numbers()) {
        KITH_CHECK(readNumber(number, 1, INT64_MAX, "number"));
        value.numbers.push_back(number);
    }
    return ContentBody { std::move(value) };
}

} // namespace

void writeBody(const ContentBody &body, v1::Content &out)
{
    std::visit(WriteBody { out }, body);
}

Outcome<ContentBody> readBody(const v1::Content &in)
{
    switch (in.body_case()) {
    case v1::Content::kText:
        return readText(in.text());
    case v1::Content::kReceipt:
        return readReceipt(in.receipt());
    case v1::Content::kKeepAlive:
        return ContentBody { KeepAlive {} };
    case v1::Content::kRetryRequest:
        return readRetry(in.retry_request());
    case v1::Content::kResendRequest:
        return readResend(in.resend_request());
    case v1::Content::kResent:
        return readResent(in.resent());
    case v1::Content::kVoidNumbers:
        return readVoid(in.void_numbers());
    case v1::Content::BODY_NOT_SET:
        break;
    }
    return invalidFault("content body");
}

} // namespace kith::wire
