// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// Entry points of the wire decoders for libFuzzer (security 5.1) and for the bounded mutations of the default tests.
/// Each aborts the process when a decoder breaks its promise: what it accepts encodes and decodes to the same value.
namespace kith::fuzz {

void frames(const std::uint8_t *data, std::size_t size); ///< FZ1, both directions
void contents(const std::uint8_t *data, std::size_t size); ///< FZ2
void deviceLists(const std::uint8_t *data, std::size_t size); ///< FZ7, behind the signature check too
void storedRows(const std::uint8_t *data, std::size_t size); ///< FZ17, the server's rows

} // namespace kith::fuzz
