// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <type_traits>

namespace kith::crypto {

/// Appends `value` in big-endian order, as wide as its type.
template <class T>
requires std::is_unsigned_v<T>
void appendBigEndian(QByteArray &out, T value)
{
    for (std::size_t i = sizeof(T); i-- > 0;)
        out.append(static_cast<char>((std::uint64_t { value } >> (8 * i)) & 0xffU));
}

} // namespace kith::crypto
