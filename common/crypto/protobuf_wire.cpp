// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/protobuf_wire.h"

namespace kith::crypto {

namespace {

constexpr std::uint32_t varintType = 0;
constexpr std::uint32_t fixed64Type = 1;
constexpr std::uint32_t bytesType = 2;
constexpr std::uint32_t fixed32Type = 5;

void appendVarint(QByteArray &out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7U)
        out.append(static_cast<char>((value & 0x7fU) | 0x80U));
    out.append(static_cast<char>(value));
}

} // namespace

std::optional<std::uint64_t> WireReader::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
        const std::uint8_t octet = rest_.front();
        rest_ = rest_.subspan(1);
        value |= static_cast<std::uint64_t>(octet & 0x7fU) << shift;
        if (octet < 0x80)
            return value;
    }
    return std::nullopt;
}

std::optional<ByteView> WireReader::take(std::uint64_t size)
{
    if (size > rest_.size())
        return std::nullopt;
    const auto taken = rest_.first(static_cast<std::size_t>(size));
    rest_ = rest_.subspan(taken.size());
    return taken;
}

std::optional<WireField> WireReader::next()
{
    if (malformed_ || rest_.empty())
        return std::nullopt;
    malformed_ = true; // until the field is whole
    const ByteView start = rest_;
    WireField field;
    const auto tag = varint();
    if (!tag || *tag >> 3U == 0 || *tag >> 3U > 0x1fffffff)
        return std::nullopt;
    field.number = static_cast<std::uint32_t>(*tag >> 3U);
    const auto type = static_cast<std::uint32_t>(*tag & 7U);
    if (type == varintType || type == bytesType) {
        const auto value = varint();
        if (!value)
            return std::nullopt;
        field.value = *value;
    } else if (type != fixed64Type && type != fixed32Type) {
        return std::nullopt;
    }
    field.isBytes = type == bytesType;
    const auto content = take(type == bytesType ? field.value : type == fixed64Type ? 8 : type == fixed32Type ? 4 : 0);
    if (!content)
        return std::nullopt;
    field.bytes = *content;
    field.raw = start.first(start.size() - rest_.size());
    malformed_ = false;
    return field;
}

void appendField(QByteArray &message, std::uint32_t number, ByteView content)
{
    appendVarint(message, (static_cast<std::uint64_t>(number) << 3U) | bytesType);
    appendVarint(message, content.size());
    message.append(reinterpret_cast<const char *>(content.data()), static_cast<qsizetype>(content.size()));
}

} // namespace kith::crypto
