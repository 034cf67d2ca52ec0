// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <span>

namespace kith {

/// Where chance comes from. Any thread.
class Random {
public:
    virtual ~Random() = default;
    /// Fills `out`, or fails and leaves it unspecified; there is no weaker fallback (security C2).
    virtual Result<void> fill(std::span<std::uint8_t> out) = 0;

    /// Uniform in [0, bound); 0 when bound is 0. For jitter and back-off, not for secrets: falls back to 0 on failure.
    std::uint64_t below(std::uint64_t bound);

    /// A random id of type Id (a FixedBytes).
    template <class Id>
    Result<Id> id()
    {
        Id out;
        if (auto filled = fill(out.octets); !filled)
            return std::move(filled).error();
        return out;
    }
};

/// OpenSSL's private generator (RAND_priv_bytes). For keys, nonces and tokens, always.
class SystemRandom final : public Random {
public:
    Result<void> fill(std::span<std::uint8_t> out) override;
};

/// A reproducible stream (splitmix64) for jitter, back-off and message ids in tests; never for keys (style 8.14).
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) { }
    Result<void> fill(std::span<std::uint8_t> out) override;

private:
    std::uint64_t state_;
};

} // namespace kith
