// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/error.h"

namespace kith {

const char *toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::invalid:
        return "invalid";
    case ErrorCode::tooLarge:
        return "tooLarge";
    case ErrorCode::notFound:
        return "notFound";
    case ErrorCode::exists:
        return "exists";
    case ErrorCode::conflict:
        return "conflict";
    case ErrorCode::permission:
        return "permission";
    case ErrorCode::locked:
        return "locked";
    case ErrorCode::busy:
        return "busy";
    case ErrorCode::full:
        return "full";
    case ErrorCode::io:
        return "io";
    case ErrorCode::corrupt:
        return "corrupt";
    case ErrorCode::unsupported:
        return "unsupported";
    case ErrorCode::network:
        return "network";
    case ErrorCode::timeout:
        return "timeout";
    case ErrorCode::cancelled:
        return "cancelled";
    case ErrorCode::untrusted:
        return "untrusted";
    case ErrorCode::internal:
        return "internal";
    }
    return "internal";
}

} // namespace kith
