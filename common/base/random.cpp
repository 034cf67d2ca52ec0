// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/random.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace kith {

std::uint64_t Random::below(std::uint64_t bound)
{
    if (bound == 0)
        return 0;
    const std::uint64_t fair =
        std::numeric_limits<std::uint64_t>::max() - std::numeric_limits<std::uint64_t>::max() % bound;
    for (;;) {
        std::array<std::uint8_t, sizeof(std::uint64_t)> octets {};
        if (!fill(octets))
            return 0;
        std::uint64_t value = 0;
        std::memcpy(&value, octets.data(), sizeof value);
        if (value < fair)
            return value % bound;
    }
}

Result<void> SystemRandom::fill(std::span<std::uint8_t> out)
{
    if (out.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())
        || RAND_priv_bytes(out.data(), static_cast<int>(out.size())) != 1)
        return Error { ErrorCode::internal, "the system's random generator failed" };
    return {};
}

Result<void> SeededRandom::fill(std::span<std::uint8_t> out)
{
    for (std::size_t at = 0; at < out.size();) {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        z ^= z >> 31U;
        const std::size_t n = std::min(sizeof z, out.size() - at);
        std::memcpy(out.data() + at, &z, n);
        at += n;
    }
    return {};
}

} // namespace kith
