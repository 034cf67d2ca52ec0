// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/encoding.h"

#include <array>

namespace kith {

namespace {

constexpr std::string_view base32Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int base32Value(char c)
{
    if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    if (c == 'I' || c == 'L')
        return 1;
    if (c == 'O')
        return 0;
    const auto at = base32Digits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

} // namespace

std::string toHex(ByteView bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string toBase32(ByteView bytes)
{
    std::string text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t window = 0;
    int bits = 0;
    for (const auto byte : bytes) {
        window = (window << 8U) | byte;
        for (bits += 8; bits >= 5; bits -= 5)
            text += base32Digits[(window >> static_cast<unsigned>(bits - 5)) & 31U];
    }
    if (bits > 0)
        text += base32Digits[(window << static_cast<unsigned>(5 - bits)) & 31U];
    return text;
}

Result<QByteArray> fromBase32(std::string_view text)
{
    QByteArray bytes;
    bytes.reserve(static_cast<qsizetype>(text.size() * 5 / 8));
    std::uint32_t window = 0;
    int bits = 0;
    for (const char c : text) {
        const int value = base32Value(c);
        if (value < 0)
            return Error { ErrorCode::invalid, "not a base32 character" };
        window = (window << 5U) | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.append(static_cast<char>((window >> static_cast<unsigned>(bits)) & 255U));
        }
    }
    if (bits >= 5 || (window & ((1U << static_cast<unsigned>(bits)) - 1U)) != 0)
        return Error { ErrorCode::invalid, "base32 text of an impossible length" };
    return bytes;
}

std::string toBase64Url(ByteView bytes)
{
    return toByteArray(bytes).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
}

Result<QByteArray> fromBase64Url(std::string_view text)
{
    const auto decoded = QByteArray::fromBase64Encoding(QByteArray(text.data(), static_cast<qsizetype>(text.size())),
                                                        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
                                                            | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || text.find('=') != std::string_view::npos)
        return Error { ErrorCode::invalid, "not base64url" };
    return *decoded;
}

} // namespace kith
