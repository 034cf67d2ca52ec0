// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/result.h"

#include <QByteArray>

#include <string>

namespace kith::crypto {

/// What two people compare (C22). Computed over the two account keys alone, so devices come and go without changing it.
struct SafetyNumber {
    std::string digits; ///< 60 decimal digits, the same on both sides
    QByteArray scannable; ///< version 1, for a QR code; differs by side, see compareScannable
};

/// 5,200 iterations: some milliseconds. Errors: internal.
Result<SafetyNumber> safetyNumber(const AccountId &self, const Ed25519PublicKey &selfKey, const AccountId &other,
                                  const Ed25519PublicKey &otherKey);

/// Whether the scanned code of the other side fits ours. Errors: invalid for bytes that are no such code; unsupported
/// for another version.
Result<bool> compareScannable(const QByteArray &ours, const QByteArray &scanned);

} // namespace kith::crypto
