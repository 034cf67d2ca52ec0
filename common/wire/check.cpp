// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/check.h"

namespace kith::wire {

namespace {

constexpr std::uint64_t lastTimeMs = 253'402'300'799'999; // 9999-12-31T23:59:59.999Z

/// Octets that follow a first octet of UTF-8, and the range of the first of them (RFC 3629, section 4).
struct Utf8Lead {
    int following = -1;
    std::uint8_t low = 0x80, high = 0xBF;
};

Utf8Lead leadOf(std::uint8_t octet)
{
    if (octet < 0x80)
        return { 0 };
    if (octet >= 0xC2 && octet <= 0xDF)
        return { 1 };
    if (octet == 0xE0)
        return { 2, 0xA0, 0xBF };
    if (octet == 0xED)
        return { 2, 0x80, 0x9F };
    if (octet >= 0xE1 && octet <= 0xEF)
        return { 2 };
    if (octet == 0xF0)
        return { 3, 0x90, 0xBF };
    if (octet == 0xF4)
        return { 3, 0x80, 0x8F };
    if (octet >= 0xF1 && octet <= 0xF3)
        return { 3 };
    return {};
}

} // namespace

Fault invalidFault(std::string_view what)
{
    Fault fault;
    fault.code = ErrorCode::invalid;
    fault.detail = "malformed ";
    fault.detail += what;
    return fault;
}

Fault tooLargeFault(std::string_view what)
{
    Fault fault;
    fault.code = ErrorCode::tooLarge;
    fault.detail = "too large: ";
    fault.detail += what;
    return fault;
}

Error toError(const Fault &fault)
{
    const bool large = fault.code == ErrorCode::tooLarge;
    return { large ? kith::ErrorCode::tooLarge : kith::ErrorCode::invalid, fault.detail };
}

bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = leadOf(static_cast<std::uint8_t>(text[i++]));
        if (lead.following < 0)
            return false;
        for (int k = 0; k < lead.following; ++k, ++i) {
            if (i == text.size())
                return false;
            const auto octet = static_cast<std::uint8_t>(text[i]);
            if (octet < (k == 0 ? lead.low : 0x80) || octet > (k == 0 ? lead.high : 0xBF))
                return false;
        }
    }
    return true;
}

Outcome<void> checkSize(std::size_t size, std::size_t min, std::size_t max, std::string_view what)
{
    if (size > max)
        return tooLargeFault(what);
    if (size < min)
        return invalidFault(what);
    return {};
}

Outcome<QByteArray> readBytes(const std::string &bytes, std::size_t min, std::size_t max, std::string_view what)
{
    KITH_CHECK(checkSize(bytes.size(), min, max, what));
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

Outcome<QByteArray> readExact(const std::string &bytes, std::size_t size, std::string_view what)
{
    if (bytes.size() != size)
        return invalidFault(what);
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

Outcome<std::string> readText(const std::string &text, std::size_t min, std::size_t max, std::string_view what)
{
    KITH_CHECK(checkSize(text.size(), min, max, what));
    if (!isUtf8(text) || text.find('\0') != std::string::npos)
        return invalidFault(what);
    return text;
}

Outcome<QByteArray> readPublicKey(const std::string &bytes, std::string_view what)
{
    if (bytes.size() != 33 || bytes.front() != 0x05)
        return invalidFault(what);
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

Outcome<DeviceId> readDevice(const std::string &bytes)
{
    auto device = DeviceId::from(viewOf(std::string_view(bytes)));
    if (!device || device->account.isNull())
        return invalidFault("device id");
    return std::move(device).value();
}

Outcome<std::uint16_t> readDeviceNumber(std::uint32_t number)
{
    if (number < 1 || number > DeviceId::maxNumber)
        return invalidFault("device number");
    return static_cast<std::uint16_t>(number);
}

Outcome<std::uint64_t> readNumber(std::uint64_t value, std::uint64_t min, std::uint64_t max, std::string_view what)
{
    if (value < min || value > max)
        return invalidFault(what);
    return value;
}

Outcome<WallTime> readTime(std::uint64_t ms)
{
    if (ms > lastTimeMs)
        return invalidFault("time");
    return fromMs(static_cast<std::int64_t>(ms));
}

Outcome<Sid> readSid(std::uint64_t value)
{
    KITH_TRY(const auto sid, readNumber(value, 1, INT64_MAX, "sid"));
    return Sid { sid };
}

} // namespace kith::wire
