// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/ids.h"
#include "common/base/secret_bytes.h"

#include <initializer_list>
#include <string_view>

namespace kith {

/// SHA-256 (FIPS 180-4) over the concatenation of `parts`.
Sha256 sha256(std::initializer_list<ByteView> parts);
inline Sha256 sha256(ByteView bytes)
{
    return sha256({ bytes });
}

/// HMAC-SHA256 (RFC 2104).
Sha256 hmacSha256(ByteView key, ByteView message);

/// HKDF-SHA256 (RFC 5869). `length` at most 255 * 32. Errors: internal.
Result<SecretBytes> hkdfSha256(ByteView key, ByteView salt, std::string_view info, std::size_t length);

/// Ed25519 (RFC 8032) over `context`, a NUL byte, then `message`: what every signature of ours covers (security 3.0).
/// False for a bad signature or a key that is no point.
bool verifyEd25519(const Ed25519PublicKey &key, std::string_view context, ByteView message,
                   const Ed25519Signature &signature);

/// The exact bytes that a signature in `context` covers.
QByteArray signedBytes(std::string_view context, ByteView message);

} // namespace kith
