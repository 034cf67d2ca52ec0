// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/result.h"

#include <QByteArray>

#include <cstdint>
#include <optional>

namespace kith::crypto {

/// Key ids are 24 bits; the highest is never issued as a one-time key, because the library never removes it (TR18).
inline constexpr std::uint32_t maxKeyId = 0xfffffe;

/// What the server hands out so that a session with `device` can begin. All of it comes from outside.
struct PreKeyBundle {
    struct OneTimeKey {
        std::uint32_t id = 0; ///< 1..maxKeyId
        QByteArray publicKey; ///< 33 bytes
    };

    DeviceId device;
    std::uint32_t registrationId = 0; ///< 1..16380
    QByteArray identityKey; ///< 33 bytes
    std::uint32_t signedPreKeyId = 0; ///< 1..maxKeyId
    QByteArray signedPreKey; ///< 33 bytes
    QByteArray signedPreKeySignature; ///< 64 bytes, XEdDSA by identityKey over signedPreKey
    std::optional<OneTimeKey> oneTimeKey; ///< absent when the stock is empty (C14)
};

/// Whether the library may see `bundle` (C6, TR2, TR16). `expectedIdentityKey` is the one in the signed device list.
/// Errors: untrusted when the identity key is another; invalid for everything else, the signature included.
Result<void> validate(const PreKeyBundle &bundle, const QByteArray &expectedIdentityKey);

} // namespace kith::crypto
