// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/result.h"
#include "common/base/secret_bytes.h"

namespace kith::rpc::service {

/// The recovery key (security L3): 19 random bytes and one that is computed from them, so that a slip of the pen is
/// told; for people 8 groups of 4 letters and digits of Crockford's base 32.
Result<SecretBytes> newRecoveryKey(Random &random);
/// "XXXX-XXXX-...": 39 characters.
SecretBytes groupedLetters(const SecretBytes &key);
/// The key behind what a person typed: any case, with or without spaces and dashes, I and L for 1, O for 0.
/// Errors: invalid for anything that newRecoveryKey did not make.
Result<SecretBytes> readRecoveryKey(const SecretBytes &typed);

} // namespace kith::rpc::service
