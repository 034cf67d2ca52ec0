// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/refusal.h"

namespace kith::client {

Failure fromDialling(const Error &error)
{
    switch (error.code) {
    case ErrorCode::untrusted:
        return { FailureCode::untrustedIdentity,
                 "the server's certificate is not the expected one",
                 "check the address and its pin; somebody may be in between",
                 {} };
    case ErrorCode::timeout:
        return { FailureCode::network, "the server did not answer in time", "is the server running?", {} };
    case ErrorCode::unsupported:
        return { FailureCode::network, "what answers there is no kith server", "check the server's address", {} };
    default:
        return { FailureCode::network,
                 "cannot reach the server: " + error.detail,
                 "is the server running? try: kith server ping",
                 {} };
    }
}

Failure fromFault(const wire::Fault &fault, const std::string &what)
{
    switch (fault.code) {
    case wire::ErrorCode::notFound:
        return { FailureCode::notFound, "the server knows no such " + what, {}, {} };
    case wire::ErrorCode::rate:
        return { FailureCode::rateLimited, "too many requests", "try again later", fault.retryAfter };
    case wire::ErrorCode::unauthenticated:
        return { FailureCode::signedOut, "the server no longer knows this account or device", {}, {} };
    case wire::ErrorCode::forbidden:
    case wire::ErrorCode::conflict:
        return { FailureCode::refused, "the server refused: " + fault.detail, {}, {} };
    case wire::ErrorCode::queueFull:
        return { FailureCode::queueFull, "the recipient's queue is full", "try again later", fault.retryAfter };
    case wire::ErrorCode::quota:
        return { FailureCode::quota, "a quota of the server is used up", {}, fault.retryAfter };
    case wire::ErrorCode::tooLarge:
        return { FailureCode::tooLarge, "the server refused the size: " + fault.detail, {}, {} };
    case wire::ErrorCode::unavailable:
        return { FailureCode::network, fault.detail, "is the server running? try: kith server ping", fault.retryAfter };
    case wire::ErrorCode::invalid:
        return { FailureCode::invalid, "the server did not understand: " + fault.detail, {}, {} };
    case wire::ErrorCode::mismatchedDevices:
    case wire::ErrorCode::staleDevices:
    case wire::ErrorCode::epoch:
    case wire::ErrorCode::internal:
    case wire::ErrorCode::unknown:
        break;
    }
    return { FailureCode::internal, "the server failed: " + fault.detail, "try again later", fault.retryAfter };
}

Failure fromRegistration(const wire::Fault &fault)
{
    switch (fault.code) {
    case wire::ErrorCode::conflict:
        return { FailureCode::refused, "that user name is taken", "choose another one", {} };
    case wire::ErrorCode::forbidden:
        return { FailureCode::refused,
                 "the server does not let this account register: " + fault.detail,
                 "ask the operator for an invite",
                 {} };
    case wire::ErrorCode::notFound:
        return {
            FailureCode::refused, "the invite is unknown, used up or expired", "ask the operator for a new one", {}
        };
    default:
        return fromFault(fault, "account");
    }
}

const char *failedReason(wire::ErrorCode code)
{
    switch (code) {
    case wire::ErrorCode::notFound:
        return "notFound";
    case wire::ErrorCode::forbidden:
        return "refused";
    case wire::ErrorCode::tooLarge:
        return "tooLarge";
    case wire::ErrorCode::quota:
        return "quota";
    default:
        return "invalid";
    }
}

} // namespace kith::client
