// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/result.h"

#include <QByteArray>

#include <cstddef>

namespace kith::crypto {

/// The largest padded size; content is at most one byte less.
inline constexpr std::size_t maxPaddedSize = 96 * 1024;

/// `content`, a byte 0x80, then zeros up to the next bucket: 80 * 2^k up to 81,920, then 96 KiB (C18).
/// Errors: tooLarge.
Result<QByteArray> pad(ByteView content);

/// The content of what pad made. Errors: invalid for another length or a missing 0x80.
Result<QByteArray> unpad(ByteView padded);

} // namespace kith::crypto
