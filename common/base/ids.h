// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/encoding.h"
#include "common/base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>

namespace kith {

/// N octets that mean one thing. Distinct tags do not convert into each other (style 5.4).
template <class Tag, std::size_t N>
struct FixedBytes {
    static constexpr std::size_t size = N;
    std::array<std::uint8_t, N> octets {};

    /// Errors: invalid when `bytes` is not exactly N long.
    static Result<FixedBytes> from(ByteView bytes)
    {
        if (bytes.size() != N)
            return Error { ErrorCode::invalid, "an id of the wrong length" };
        FixedBytes id;
        std::memcpy(id.octets.data(), bytes.data(), N);
        return id;
    }
    static Result<FixedBytes> from(const QByteArray &bytes) { return from(viewOf(bytes)); }

    ByteView view() const { return octets; }
    QByteArray bytes() const { return toByteArray(octets); }
    std::string hex() const { return toHex(octets); }
    std::string base32() const { return toBase32(octets); }
    bool isNull() const { return octets == std::array<std::uint8_t, N> {}; }

    auto operator<=>(const FixedBytes &) const = default;
};

/// An account: 16 random bytes made by the client that registers (architecture 6).
using AccountId = FixedBytes<struct AccountTag, 16>;
/// A message, named by the device that composed it: 128 random bits (delivery ID1).
using Mid = FixedBytes<struct MidTag, 16>;
/// A group.
using GroupId = FixedBytes<struct GroupTag, 16>;
/// A sealed media object: SHA-256 of its ciphertext (security M2).
using BlobKey = FixedBytes<struct BlobTag, 32>;
/// A SHA-256 value.
using Sha256 = FixedBytes<struct Sha256Tag, 32>;
/// A raw Ed25519 public key (RFC 8032).
using Ed25519PublicKey = FixedBytes<struct Ed25519Tag, 32>;
/// An Ed25519 signature (RFC 8032).
using Ed25519Signature = FixedBytes<struct Ed25519SignatureTag, 64>;

/// One device of an account. Number 1..1023 is never used again within an account (security 3.0); 0 is no device.
struct DeviceId {
    static constexpr std::size_t size = AccountId::size + 2;
    static constexpr std::uint16_t maxNumber = 1023;

    AccountId account;
    std::uint16_t number = 0;

    /// 18 bytes: the account, then the number in big-endian order. Errors: invalid for another length or number.
    static Result<DeviceId> from(ByteView bytes);
    QByteArray bytes() const;
    bool isValid() const { return number >= 1 && number <= maxNumber; }

    auto operator<=>(const DeviceId &) const = default;
};

/// A 64-bit number that means one thing.
template <class Tag>
struct Number {
    std::uint64_t value = 0;
    auto operator<=>(const Number &) const = default;
};

/// Snowflake: 41 bits of milliseconds since 2025-01-01T00:00:00Z, 10 of node, 12 of sequence (delivery ID2).
using Sid = Number<struct SidTag>;
/// Position in one device's queue: gapless, from 1 (delivery ID3).
using Qseq = Number<struct QseqTag>;
/// Random name of one life of a device's queue (delivery ID3).
using Qepoch = Number<struct QepochTag>;

} // namespace kith

template <class Tag, std::size_t N>
struct std::hash<kith::FixedBytes<Tag, N>> {
    std::size_t operator()(const kith::FixedBytes<Tag, N> &id) const noexcept
    {
        std::size_t value = 0; // ids are random or hashes: their first bytes are a hash already
        std::memcpy(&value, id.octets.data(), std::min(sizeof value, N));
        return value;
    }
};

template <>
struct std::hash<kith::DeviceId> {
    std::size_t operator()(const kith::DeviceId &id) const noexcept
    {
        return std::hash<kith::AccountId> {}(id.account) * 31 + id.number;
    }
};

template <class Tag>
struct std::hash<kith::Number<Tag>> {
    std::size_t operator()(const kith::Number<Tag> &n) const noexcept { return std::hash<std::uint64_t> {}(n.value); }
};
