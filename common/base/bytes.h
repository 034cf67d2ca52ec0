// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <span>
#include <string_view>

namespace kith {

/// A borrowed run of octets. Its owner outlives it.
using ByteView = std::span<const std::uint8_t>;

inline ByteView viewOf(const QByteArray &bytes)
{
    return { reinterpret_cast<const std::uint8_t *>(bytes.data()), static_cast<std::size_t>(bytes.size()) };
}

inline ByteView viewOf(std::string_view text)
{
    return { reinterpret_cast<const std::uint8_t *>(text.data()), text.size() };
}

inline QByteArray toByteArray(ByteView bytes)
{
    return { reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()) };
}

} // namespace kith
