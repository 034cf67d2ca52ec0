// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/wire/error.h"

#include <QByteArray>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The checks that every decoder makes after parsing (security S13). `what` is the kind of the value, for the detail.
namespace kith::wire {

Fault invalidFault(std::string_view what);
Fault tooLargeFault(std::string_view what);
/// What a refusal is for callers that know only this process's errors.
Error toError(const Fault &fault);

/// RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool isUtf8(std::string_view text);

/// `min` to `max` elements or octets: fewer is invalid, more is tooLarge.
Outcome<void> checkSize(std::size_t size, std::size_t min, std::size_t max, std::string_view what);
Outcome<QByteArray> readBytes(const std::string &bytes, std::size_t min, std::size_t max, std::string_view what);
/// Exactly `size` octets.
Outcome<QByteArray> readExact(const std::string &bytes, std::size_t size, std::string_view what);
/// UTF-8 without NUL.
Outcome<std::string> readText(const std::string &text, std::size_t min, std::size_t max, std::string_view what);
/// A Curve25519 public key as libsignal writes it: 33 B, first byte 0x05.
Outcome<QByteArray> readPublicKey(const std::string &bytes, std::string_view what);
/// Octets of a FixedBytes; all zeros is no id, no key and no nonce.
template <class Id>
Outcome<Id> readId(const std::string &bytes, std::string_view what)
{
    auto id = Id::from(viewOf(std::string_view(bytes)));
    if (!id || id->isNull())
        return invalidFault(what);
    return std::move(id).value();
}
Outcome<DeviceId> readDevice(const std::string &bytes);
Outcome<std::uint16_t> readDeviceNumber(std::uint32_t number);
Outcome<std::uint64_t> readNumber(std::uint64_t value, std::uint64_t min, std::uint64_t max, std::string_view what);
/// 0 to the end of the year 9999.
Outcome<WallTime> readTime(std::uint64_t ms);
Outcome<Sid> readSid(std::uint64_t value);

/// Whether no two elements are equal. Sorts a copy.
template <class T>
bool isUnique(std::vector<T> values)
{
    std::sort(values.begin(), values.end());
    return std::adjacent_find(values.begin(), values.end()) == values.end();
}

} // namespace kith::wire
