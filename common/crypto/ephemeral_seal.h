// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/random.h"

#include <QByteArray>

#include <cstdint>

namespace kith::crypto {

/// What an ephemeral content is bound to (C28).
struct EphemeralContext {
    QByteArray chat; ///< the chat's canonical bytes, at most 255
    DeviceId sender;
    std::int64_t timeMs = 0; ///< milliseconds since 1970; the caller drops what is older than 10 s
};

/// The largest ephemeral content, in bytes: it is padded to one size of 80.
inline constexpr std::size_t maxEphemeralSize = 79;

/// Seals a typing notice under the 32-byte ephemeral key without touching ratchet or database: AES-256-GCM with a
/// random nonce. Errors: invalid key or context; tooLarge; whatever `random` reports.
Result<QByteArray> sealEphemeral(ByteView ephemeralKey, const EphemeralContext &context, ByteView content,
                                 Random &random);

/// Opens what sealEphemeral made. Errors: invalid; unsupported; permission for another key or context.
Result<QByteArray> openEphemeral(ByteView ephemeralKey, const EphemeralContext &context, const QByteArray &sealed);

} // namespace kith::crypto
