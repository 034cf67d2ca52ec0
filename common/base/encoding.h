// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/result.h"

#include <string>
#include <string_view>

namespace kith {

/// Lower-case hexadecimal.
std::string toHex(ByteView bytes);

/// Crockford's base 32, upper case, without padding: 16 bytes give 26 characters, most significant bit first, the last
/// character padded with zero bits on the right.
std::string toBase32(ByteView bytes);

/// Reads what toBase32 wrote. Any case; I and L read as 1, O as 0. Errors: invalid for a foreign character or set bits
/// beyond the last whole byte.
Result<QByteArray> fromBase32(std::string_view text);

/// RFC 4648 base64url without padding.
std::string toBase64Url(ByteView bytes);

/// Reads base64url without padding. Errors: invalid.
Result<QByteArray> fromBase64Url(std::string_view text);

} // namespace kith
