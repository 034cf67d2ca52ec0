// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/secret_bytes.h"

#include <QByteArray>

#include <cstdint>
#include <string_view>

namespace kith::crypto {

/// Every Curve25519 public key travels as 33 bytes, the first being the type 0x05.
inline constexpr qsizetype publicKeySize = 33;
/// An XEdDSA signature.
inline constexpr qsizetype signatureSize = 64;

/// A device's identity in the pairwise protocol (KEY3): Curve25519.
struct IdentityKeyPair {
    QByteArray publicKey; ///< 33 bytes
    SecretBytes privateKey; ///< 32 bytes, clamped

    IdentityKeyPair clone() const { return { publicKey, privateKey.clone() }; }
};

/// A fresh identity. Errors: whatever `random` reports.
Result<IdentityKeyPair> generateIdentityKeyPair(Random &random);

/// The number that tells two installations of one device number apart: 1..16380. Errors: whatever `random` reports.
Result<std::uint32_t> generateRegistrationId(Random &random);

/// XEdDSA over `context`, a NUL byte, then `message`: the device agrees to belong to an account (KEY3).
/// Returns 64 bytes. Errors: invalid for a malformed pair, or whatever `random` reports.
Result<QByteArray> signWithIdentity(const IdentityKeyPair &pair, std::string_view context, ByteView message,
                                    Random &random);

/// Whether `signature` is what signWithIdentity makes. False for any malformed or low-order argument.
bool verifyWithIdentity(const QByteArray &publicKey, std::string_view context, ByteView message,
                        const QByteArray &signature);

/// A public key from outside is 33 bytes long, starts with 0x05 and is none of the 12 low-order encodings (C6, TR16).
/// Errors: invalid.
Result<void> checkPublicKey(const QByteArray &publicKey);

} // namespace kith::crypto
