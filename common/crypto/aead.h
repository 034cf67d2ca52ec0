// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/secret_bytes.h"

#include <QByteArray>

namespace kith::crypto {

inline constexpr std::size_t aeadKeySize = 32;
inline constexpr std::size_t aeadNonceSize = 12;
inline constexpr std::size_t aeadTagSize = 16;
inline constexpr std::size_t aeadOverhead = aeadNonceSize + aeadTagSize;

/// AES-256-GCM with a fresh random nonce: nonce, ciphertext, tag. Errors: invalid for a key that is not 32 bytes;
/// internal; whatever `random` reports.
Result<QByteArray> sealAead(ByteView key, ByteView additional, ByteView plaintext, Random &random);

/// Opens what sealAead made. Errors: invalid for a bad key or length; permission when the tag does not hold.
Result<SecretBytes> openAead(ByteView key, ByteView additional, ByteView sealed);

} // namespace kith::crypto
