// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/kith_people.h"

#include <cstring>

namespace kith::bench {

namespace {

constexpr qsizetype messageBytes = 200; // performance.md: every figure is for these
constexpr qsizetype noiseBytes = 64 * 1024;

} // namespace

KithPeople::Noise::Noise(Random &random) : bytes(noiseBytes, '\0')
{
    (void)random.fill({ reinterpret_cast<std::uint8_t *>(bytes.data()), static_cast<std::size_t>(noiseBytes) });
}

QByteArray KithPeople::Noise::slice(Token token) const
{
    return bytes.mid(static_cast<qsizetype>(token * 7'919 % (noiseBytes - messageBytes)), messageBytes);
}

Mid KithPeople::mid(Token token) const
{
    Mid mid;
    std::memcpy(mid.octets.data(), &token, sizeof token);
    std::memcpy(mid.octets.data() + sizeof token, &tag_, sizeof tag_);
    return mid;
}

Token KithPeople::tokenOf(const Mid &mid)
{
    Token token = 0;
    std::memcpy(&token, mid.octets.data(), sizeof token);
    return token;
}

} // namespace kith::bench
