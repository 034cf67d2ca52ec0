// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/random.h"

#include <QByteArray>

#include <cstdint>

namespace kith::crypto {

/// Seals a profile of at most 96 KiB - 1 under the 32-byte profile key: AES-256-GCM, random nonce, padded; bound to the
/// account and the version (C29). Errors: invalid key length; tooLarge; whatever `random` reports.
Result<QByteArray> sealProfile(ByteView profileKey, const AccountId &account, std::uint64_t version, ByteView profile,
                               Random &random);

/// Opens what sealProfile made. Errors: invalid or tooLarge for a malformed blob; unsupported; permission for another
/// key, account or version, or altered bytes.
Result<QByteArray> openProfile(ByteView profileKey, const AccountId &account, std::uint64_t version,
                               const QByteArray &sealed);

} // namespace kith::crypto
