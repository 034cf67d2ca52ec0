// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/result.h"

#include <optional>
#include <string>

namespace kith::client {

/// Why the engine could not do what a front end asked: the closed list that the JSON-RPC error table is made from.
enum class FailureCode {
    network, ///< the server cannot be reached now
    unregistered, ///< the profile has no account
    signedOut, ///< the account was deleted or reset at the server
    deviceRemoved, ///< this device left the account's list
    notFound, ///< no such user, message, chat, consumer
    untrustedIdentity, ///< an account key changed, or strict mode wants verification first
    rateLimited,
    queueFull, ///< the recipient's queue
    outboxFull, ///< ours (LIM10)
    locked,
    timeout,
    refused, ///< by the server: closed registration, bad invite, name taken, forbidden
    blocked, ///< we blocked that account
    tooLarge,
    quota,
    storeDamaged,
    storeFull,
    unsupported,
    keyReused, ///< the idempotency key was used with another body
    ambiguous, ///< an address fits several contacts; candidates in detail
    updateNeeded,
    cancelled,
    invalid, ///< parameters
    internal,
};

/// `detail` and `hint` are for people: what happened, what to do next. No key, no message content.
struct Failure {
    FailureCode code = FailureCode::internal;
    std::string detail;
    std::string hint;
    std::optional<milliseconds> retryAfter;

    Failure() = default;
    Failure(FailureCode theCode, std::string theDetail = {}, std::string theHint = {},
            std::optional<milliseconds> after = std::nullopt)
        : code(theCode)
        , detail(std::move(theDetail))
        , hint(std::move(theHint))
        , retryAfter(after)
    {
    }
    /// As fromStore: lets KITH_TRY and KITH_CHECK pass a store's error on.
    Failure(const Error &error); // implicit on purpose
};

/// The enumerator's own name: `data.code` of the JSON-RPC answer.
const char *toString(FailureCode code);

template <class T>
using Answer = Result<T, Failure>;

/// A store's error as a front end sees it: full -> storeFull, corrupt -> storeDamaged, locked -> locked, else internal.
Failure fromStore(const Error &error);

} // namespace kith::client
