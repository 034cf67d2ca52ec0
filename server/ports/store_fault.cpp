// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ports/store_fault.h"

namespace kith::server {

wire::Fault storeFault(const Error &error)
{
    using Wire = wire::ErrorCode;
    switch (error.code) {
    case ErrorCode::invalid:
        return { Wire::invalid, "malformed", {} };
    case ErrorCode::tooLarge:
        return { Wire::tooLarge, "over a limit", {} };
    case ErrorCode::notFound:
        return { Wire::notFound, "no such account", {} };
    case ErrorCode::exists:
    case ErrorCode::conflict:
        return { Wire::conflict, "changed meanwhile", {} };
    case ErrorCode::permission:
    case ErrorCode::untrusted:
        return { Wire::forbidden, "not allowed", {} };
    case ErrorCode::full:
        return { Wire::unavailable, "the server's store is full", milliseconds { 5'000 } };
    case ErrorCode::locked:
    case ErrorCode::busy:
    case ErrorCode::io:
    case ErrorCode::network:
    case ErrorCode::timeout:
    case ErrorCode::cancelled:
        return { Wire::unavailable, "the server's store does not answer", milliseconds { 1'000 } };
    case ErrorCode::corrupt:
    case ErrorCode::unsupported:
    case ErrorCode::internal:
        return { Wire::internal, "the server failed", milliseconds { 1'000 } };
    }
    return {};
}

} // namespace kith::server
