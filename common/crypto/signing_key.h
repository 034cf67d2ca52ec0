// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/random.h"
#include "common/base/secret_bytes.h"

#include <string_view>

namespace kith::crypto {

/// An Ed25519 key pair (RFC 8032): the account key KEY1 or a device's signing key KEY2. Any thread.
class SigningKey {
public:
    /// A fresh key. Errors: whatever `random` reports.
    static Result<SigningKey> generate(Random &random);
    /// The key of a stored 32-byte seed. Errors: invalid for another length.
    static Result<SigningKey> fromSeed(ByteView seed);

    const Ed25519PublicKey &publicKey() const { return publicKey_; }
    /// A copy of the 32-byte seed, for the caller's sealed storage.
    SecretBytes seed() const { return seed_.clone(); }

    /// Signs `context`, a NUL byte, then `message` (base signedBytes), as verifyEd25519 expects. Errors: internal.
    Result<Ed25519Signature> sign(std::string_view context, ByteView message) const;

private:
    SigningKey(SecretBytes seed, const Ed25519PublicKey &publicKey);

    SecretBytes seed_;
    Ed25519PublicKey publicKey_;
};

} // namespace kith::crypto
