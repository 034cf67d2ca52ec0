// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/failure.h"

namespace kith::client {

namespace {

FailureCode classOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::full:
        return FailureCode::storeFull;
    case ErrorCode::corrupt:
    case ErrorCode::io:
        return FailureCode::storeDamaged;
    case ErrorCode::locked:
        return FailureCode::locked;
    case ErrorCode::invalid:
        return FailureCode::invalid;
    case ErrorCode::tooLarge:
        return FailureCode::tooLarge;
    case ErrorCode::notFound:
        return FailureCode::notFound;
    case ErrorCode::unsupported:
        return FailureCode::unsupported;
    case ErrorCode::network:
        return FailureCode::network;
    case ErrorCode::timeout:
        return FailureCode::timeout;
    case ErrorCode::cancelled:
        return FailureCode::cancelled;
    case ErrorCode::untrusted:
        return FailureCode::untrustedIdentity;
    case ErrorCode::exists:
    case ErrorCode::conflict:
    case ErrorCode::permission:
    case ErrorCode::busy:
    case ErrorCode::internal:
        return FailureCode::internal;
    }
    return FailureCode::internal;
}

std::string hintFor(FailureCode code)
{
    if (code == FailureCode::storeFull)
        return "free some disk space, then try again; nothing was lost";
    if (code == FailureCode::storeDamaged)
        return "run: kith doctor";
    return {};
}

} // namespace

Failure::Failure(const Error &error) : Failure(classOf(error.code), error.detail, hintFor(classOf(error.code))) { }

Failure fromStore(const Error &error)
{
    return { error };
}

const char *toString(FailureCode code)
{
    switch (code) {
    case FailureCode::network:
        return "network";
    case FailureCode::unregistered:
        return "unregistered";
    case FailureCode::signedOut:
        return "signedOut";
    case FailureCode::deviceRemoved:
        return "deviceRemoved";
    case FailureCode::notFound:
        return "notFound";
    case FailureCode::untrustedIdentity:
        return "untrustedIdentity";
    case FailureCode::rateLimited:
        return "rateLimited";
    case FailureCode::queueFull:
        return "queueFull";
    case FailureCode::outboxFull:
        return "outboxFull";
    case FailureCode::locked:
        return "locked";
    case FailureCode::timeout:
        return "timeout";
    case FailureCode::refused:
        return "refused";
    case FailureCode::blocked:
        return "blocked";
    case FailureCode::tooLarge:
        return "tooLarge";
    case FailureCode::quota:
        return "quota";
    case FailureCode::storeDamaged:
        return "storeDamaged";
    case FailureCode::storeFull:
        return "storeFull";
    case FailureCode::unsupported:
        return "unsupported";
    case FailureCode::keyReused:
        return "keyReused";
    case FailureCode::ambiguous:
        return "ambiguous";
    case FailureCode::updateNeeded:
        return "updateNeeded";
    case FailureCode::cancelled:
        return "cancelled";
    case FailureCode::invalid:
        return "invalidParams";
    case FailureCode::internal:
        return "internal";
    }
    return "internal";
}

} // namespace kith::client
