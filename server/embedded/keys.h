// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The keys of the store: partition key, then clustering key, every part of a fixed width and big-endian, so that
/// memcmp order is the order of the parts and no key is a prefix of another's meaning (security S14).
namespace kith::server::embedded {

constexpr std::size_t nameWidth = 32;

/// Writes one key, part by part.
class KeyWriter {
public:
    template <class Tag, std::size_t N>
    KeyWriter &operator<<(const FixedBytes<Tag, N> &id)
    {
        key_.append(reinterpret_cast<const char *>(id.octets.data()), N);
        return *this;
    }
    KeyWriter &operator<<(const DeviceId &device) { return *this << device.account << device.number; }
    template <class Tag>
    KeyWriter &operator<<(const Number<Tag> &number)
    {
        return *this << number.value;
    }
    KeyWriter &operator<<(std::uint64_t number) { return big(number, 8); }
    KeyWriter &operator<<(std::uint32_t number) { return big(number, 4); }
    KeyWriter &operator<<(std::uint16_t number) { return big(number, 2); }
    KeyWriter &operator<<(std::uint8_t number) { return big(number, 1); }
    /// Filled up with NUL, which no name contains. A longer text is no name: it gets a key that no name has.
    KeyWriter &name(std::string_view text);

    std::string take() { return std::move(key_); }

private:
    KeyWriter &big(std::uint64_t number, int width);

    std::string key_;
};

template <class... Parts>
std::string keyOf(const Parts &...parts)
{
    KeyWriter writer;
    (writer << ... << parts);
    return writer.take();
}

std::string nameKey(std::string_view name);

/// The first key behind every key that starts with `prefix`; empty when there is none.
std::string endOf(std::string_view prefix);

/// The big-endian number in the last eight octets of a key. 0 for a shorter key.
std::uint64_t lastNumber(std::string_view key);
/// The device at `offset` of a key, or nothing when the key holds none there.
std::optional<DeviceId> deviceAt(std::string_view key, std::size_t offset);

} // namespace kith::server::embedded
