// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/crypto/identity_key.h"
#include "common/crypto/pre_key_bundle.h"

#include <QByteArray>

#include <cstdint>
#include <vector>

namespace kith::crypto {

/// A one-time key: the record goes into the PreKeyStore and is committed before the public half is uploaded (C12).
struct OneTimePreKey {
    std::uint32_t id = 0;
    QByteArray publicKey; ///< 33 bytes
    QByteArray record; ///< secret
};

/// A signed prekey: the record goes into the SignedPreKeyStore, committed before the upload (C12).
struct SignedPreKey {
    std::uint32_t id = 0;
    std::uint64_t timestampMs = 0; ///< when it was made, milliseconds since 1970
    QByteArray publicKey; ///< 33 bytes
    QByteArray signature; ///< 64 bytes
    QByteArray record; ///< secret
};

/// At most this many in one call (LIM9).
inline constexpr std::uint32_t maxPreKeysPerCall = 200;

/// Keys startId, startId + 1, ... The caller's persisted counter guarantees that ids never repeat.
/// Errors: invalid when an id would leave 1..maxKeyId; tooLarge; whatever `random` reports.
Result<std::vector<OneTimePreKey>> generateOneTimePreKeys(std::uint32_t startId, std::uint32_t count, Random &random);

/// Errors: invalid for a bad id or identity; whatever `random` reports.
Result<SignedPreKey> generateSignedPreKey(const IdentityKeyPair &identity, std::uint32_t id, std::uint64_t timestampMs,
                                          Random &random);

/// The public part of a stored record, for a repeated upload. Errors: corrupt.
Result<OneTimePreKey> readOneTimePreKey(const QByteArray &record);
Result<SignedPreKey> readSignedPreKey(const QByteArray &record);

} // namespace kith::crypto
