// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/result.h"

#include <optional>
#include <string>

namespace kith::wire {

/// Why a request was refused: the closed list ERR1-ERR14 of PROTOCOL.md, section Errors. Numbers are for ever.
enum class ErrorCode {
    unknown = 0, ///< a number that this build does not know; never sent
    invalid = 1,
    unauthenticated = 2,
    forbidden = 3,
    notFound = 4, ///< also: blocked; one shape for both (security S10)
    mismatchedDevices = 5,
    staleDevices = 6,
    rate = 7,
    queueFull = 8,
    tooLarge = 9,
    quota = 10,
    conflict = 11,
    epoch = 12,
    unavailable = 13,
    internal = 14,
};

const char *toString(ErrorCode code);
/// Whether the same request may succeed later without a change by its sender.
bool isRetryable(ErrorCode code);

/// A refusal as it crosses the wire. `detail` is a short English phrase about the kind of fault; it never echoes input.
struct Fault {
    ErrorCode code = ErrorCode::internal;
    std::string detail;
    std::optional<milliseconds> retryAfter;

    bool operator==(const Fault &) const = default;
};

/// The outcome of an operation that a peer asked for.
template <class T>
using Outcome = Result<T, Fault>;

/// WebSocket close codes (RFC 6455 7.4 and our own range), PROTOCOL.md section Closing.
enum class CloseCode {
    normal = 1000,
    goingAway = 1001,
    protocolError = 1002, ///< RFC 6455 itself was broken
    badText = 1007,
    policy = 1008,
    tooBig = 1009,
    tryLater = 1013,
    noCommonVersion = 4400,
    signedOut = 4401,
    replaced = 4409,
};

} // namespace kith::wire
