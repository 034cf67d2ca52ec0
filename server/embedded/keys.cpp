// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/keys.h"

#include <algorithm>

namespace kith::server::embedded {

KeyWriter &KeyWriter::big(std::uint64_t number, int width)
{
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
        key_.push_back(static_cast<char>(number >> shift & 0xFF));
    return *this;
}

KeyWriter &KeyWriter::name(std::string_view text)
{
    if (text.size() > nameWidth)
        text = {};
    key_.append(text);
    key_.append(nameWidth - text.size(), '\0');
    return *this;
}

std::string nameKey(std::string_view name)
{
    return KeyWriter {}.name(name).take();
}

std::string endOf(std::string_view prefix)
{
    std::string end(prefix);
    while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xFF)
        end.pop_back();
    if (!end.empty())
        end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
    return end;
}

std::uint64_t lastNumber(std::string_view key)
{
    std::uint64_t number = 0;
    if (key.size() < 8)
        return number;
    for (const char octet : key.substr(key.size() - 8))
        number = number << 8 | static_cast<unsigned char>(octet);
    return number;
}

std::optional<DeviceId> deviceAt(std::string_view key, std::size_t offset)
{
    if (key.size() < offset + DeviceId::size)
        return {};
    const auto device = DeviceId::from(viewOf(key.substr(offset, DeviceId::size)));
    return device ? std::optional { *device } : std::nullopt;
}

} // namespace kith::server::embedded
