// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/check.h"
#include "common/wire/frame_parts.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"

namespace kith::wire {

namespace {

Outcome<milliseconds> readRetry(std::uint64_t ms)
{
    KITH_TRY(const auto value,
             readNumber(ms, 0, static_cast<std::uint64_t>(limits::longestRetry.count()), "retry time"));
    return milliseconds { static_cast<std::int64_t>(value) };
}

/// A number that this build does not know is a refusal all the same.
ErrorCode readCode(int number)
{
    const bool known =
        number >= static_cast<int>(ErrorCode::invalid) && number <= static_cast<int>(ErrorCode::internal);
    return known ? static_cast<ErrorCode>(number) : ErrorCode::unknown;
}

} // namespace

void write(const Heartbeat &, v1::Heartbeat &) { }

Outcome<Heartbeat> read(const v1::Heartbeat &)
{
    return Heartbeat {};
}

void write(const Ephemeral &value, v1::Ephemeral &out)
{
    out.set_account(toStd(value.account.view()));
    out.set_device(value.device);
    out.set_sealed(toStd(value.sealed));
}

Outcome<Ephemeral> read(const v1::Ephemeral &in)
{
    Ephemeral value;
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    if (in.device() != 0) {
        KITH_TRY(value.device, readDeviceNumber(in.device()));
    }
    KITH_TRY(value.sealed, readBytes(in.sealed(), 1, limits::ephemeralBytes, "ephemeral"));
    return value;
}

void write(const PreKeysLow &value, v1::PreKeysLow &out)
{
    out.set_left(value.left);
}

Outcome<PreKeysLow> read(const v1::PreKeysLow &in)
{
    KITH_CHECK(readNumber(in.left(), 0, limits::maxStock, "prekey count"));
    return PreKeysLow { in.left() };
}

void write(const GoAway &value, v1::GoAway &out)
{
    out.set_retry_after_ms(static_cast<std::uint64_t>(value.retryAfter.count()));
}

Outcome<GoAway> read(const v1::GoAway &in)
{
    GoAway value;
    KITH_TRY(value.retryAfter, readRetry(in.retry_after_ms()));
    return value;
}

void write(const Done &, v1::Done &) { }

Outcome<Done> read(const v1::Done &)
{
    return Done {};
}

void write(const Fault &value, v1::Fault &out)
{
    out.set_code(static_cast<v1::ErrorCode>(value.code));
    out.set_retryable(isRetryable(value.code));
    if (value.retryAfter)
        out.set_retry_after_ms(static_cast<std::uint64_t>(value.retryAfter->count()));
    out.set_detail(value.detail);
}

Outcome<void> read(const v1::Fault &in, Fault &out)
{
    out = {};
    out.code = readCode(in.code());
    if (in.has_retry_after_ms()) {
        KITH_TRY(out.retryAfter, readRetry(in.retry_after_ms()));
    }
    KITH_TRY(out.detail, readText(in.detail(), 0, limits::detailBytes, "detail"));
    return {};
}

} // namespace kith::wire
