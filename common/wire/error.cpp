// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/error.h"

namespace kith::wire {

const char *toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::unknown:
        return "unknown";
    case ErrorCode::invalid:
        return "invalid";
    case ErrorCode::unauthenticated:
        return "unauthenticated";
    case ErrorCode::forbidden:
        return "forbidden";
    case ErrorCode::notFound:
        return "not-found";
    case ErrorCode::mismatchedDevices:
        return "mismatched-devices";
    case ErrorCode::staleDevices:
        return "stale-devices";
    case ErrorCode::rate:
        return "rate";
    case ErrorCode::queueFull:
        return "queue-full";
    case ErrorCode::tooLarge:
        return "too-large";
    case ErrorCode::quota:
        return "quota";
    case ErrorCode::conflict:
        return "conflict";
    case ErrorCode::epoch:
        return "epoch";
    case ErrorCode::unavailable:
        return "unavailable";
    case ErrorCode::internal:
        return "internal";
    }
    return "unknown";
}

bool isRetryable(ErrorCode code)
{
    switch (code) {
    case ErrorCode::rate:
    case ErrorCode::queueFull:
    case ErrorCode::quota:
    case ErrorCode::unavailable:
    case ErrorCode::internal:
        return true;
    case ErrorCode::unknown:
    case ErrorCode::invalid:
    case ErrorCode::unauthenticated:
    case ErrorCode::forbidden:
    case ErrorCode::notFound:
    case ErrorCode::mismatchedDevices:
    case ErrorCode::staleDevices:
    case ErrorCode::tooLarge:
    case ErrorCode::conflict:
    case ErrorCode::epoch:
        return false;
    }
    return false;
}

} // namespace kith::wire
