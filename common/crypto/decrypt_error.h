// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/result.h"

#include <functional>

namespace kith::crypto {

/// Why a ciphertext gave no plaintext. The caller rolls its transaction back whatever the reason (C4).
enum class DecryptFailure {
    duplicate, ///< this ratchet position was used before (TR9: with an unknown mid it is a loss)
    noSession, ///< no session, or no sender key, with this device
    badMessage, ///< malformed, or the MAC or the signature does not hold
    untrusted, ///< the identity key is not the expected one; the library has not seen the message
    tooCostly, ///< more key derivations than C9 allows; the library has not seen the message
    noPreKey, ///< names a prekey that we do not hold (delivery PK8)
    unsupported, ///< not version 3 (C24)
    aborted, ///< OnPlaintext refused; code and detail are its own
    store, ///< a store failed; code and detail are its own
    internal, ///< a bug, or out of memory
};

/// The enumerator's own name, for logs.
const char *toString(DecryptFailure failure);

/// An Error that also says what the protocol found. Converts to Error by slicing.
struct DecryptError : Error {
    DecryptFailure failure = DecryptFailure::internal;
};

/// Takes the plaintext after its MAC was checked and before the new ratchet state is stored. It may write to the
/// caller's transaction but must not call Sessions or SenderKeys. The view dies with the call.
using OnPlaintext = std::function<Result<void>(ByteView plaintext)>;

} // namespace kith::crypto
