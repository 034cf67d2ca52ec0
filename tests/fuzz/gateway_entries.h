// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace kith::fuzz {

/// The frame reader, once with all bytes at once and once in pieces whose sizes the first byte seeds: both must tell
/// the same, and never hold more than the limit. Aborts otherwise.
void framing(const std::uint8_t *data, std::size_t size);

/// The upgrade request: an answer is complete, and says 101 exactly when frames follow.
void upgrade(const std::uint8_t *data, std::size_t size);

} // namespace kith::fuzz
