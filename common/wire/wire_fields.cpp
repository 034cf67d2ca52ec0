// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/wire_fields.h"

#include <array>

namespace kith::wire {

std::optional<WireField> WireFields::fail()
{
    broken_ = true;
    rest_ = {};
    return std::nullopt;
}

std::optional<std::uint64_t> WireFields::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
        const std::uint8_t octet = rest_.front();
        rest_ = rest_.subspan(1);
        value |= static_cast<std::uint64_t>(octet & 0x7F) << shift;
        if (octet < 0x80)
            return value;
    }
    broken_ = true;
    return std::nullopt;
}

std::optional<WireField> WireFields::next()
{
    if (rest_.empty() || broken_)
        return std::nullopt;
    const auto tag = varint();
    if (!tag || *tag > UINT32_MAX || (*tag >> 3) == 0)
        return fail();
    WireField field;
    field.number = static_cast<std::uint32_t>(*tag >> 3);
    std::size_t length = 0;
    switch (*tag & 7) {
    case 0: {
        const auto value = varint();
        if (!value)
            return fail();
        field.isVarint = true;
        field.varint = *value;
        return field;
    }
    case 1:
        length = 8;
        break;
    case 2: {
        const auto value = varint();
        if (!value || *value > rest_.size())
            return fail();
        field.isMessage = true;
        length = static_cast<std::size_t>(*value);
        break;
    }
    case 5:
        length = 4;
        break;
    default:
        return fail();
    }
    if (length > rest_.size())
        return fail();
    field.bytes = rest_.first(length);
    rest_ = rest_.subspan(length);
    return field;
}

OneofScan scanOneof(ByteView message, std::uint32_t first, std::uint32_t last)
{
    OneofScan scan;
    WireFields fields(message);
    while (const auto field = fields.next()) {
        if (field->number >= first && field->number <= last) {
            ++scan.members;
            scan.value = field->bytes;
        } else if (field->number > last) {
            ++scan.unknown;
        }
    }
    scan.broken = fields.broken();
    return scan;
}

bool repeatsBeyond(ByteView message, int limit)
{
    std::array<int, 64> counts {};
    WireFields fields(message);
    while (const auto field = fields.next()) {
        if (++counts[std::min<std::size_t>(field->number, 63)] > limit)
            return true;
    }
    return false;
}

} // namespace kith::wire
