// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/framing.h"

#include <cstring>

namespace kith::bench {

namespace {

constexpr std::size_t shortLimit = 126, middleLimit = 65'536;

void appendBigEndian(std::string &out, std::uint64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(value >> shift);
}

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

} // namespace

std::string upgradeRequest()
{
    return "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Protocol: kith.v1\r\n\r\n";
}

std::optional<Frame> firstFrame(std::string_view bytes)
{
    if (bytes.size() < 2)
        return std::nullopt;
    std::size_t head = 2, size = static_cast<std::uint8_t>(bytes[1]) & 0x7F;
    if (size >= shortLimit) {
        const std::size_t wide = size == shortLimit ? 2 : 8;
        if (bytes.size() < head + wide)
            return std::nullopt;
        size = bigEndian(bytes.substr(head, wide));
        head += wide;
    }
    if (bytes.size() < head + size)
        return std::nullopt;
    return Frame { static_cast<Opcode>(bytes[0] & 0x0F), bytes.substr(head, size), head + size };
}

void appendFrame(std::string &out, Opcode opcode, std::string_view payload, std::uint32_t mask)
{
    out += static_cast<char>(0x80 | static_cast<std::uint8_t>(opcode));
    if (payload.size() < shortLimit) {
        out += static_cast<char>(0x80 | payload.size());
    } else if (payload.size() < middleLimit) {
        out += static_cast<char>(0x80 | shortLimit);
        appendBigEndian(out, payload.size(), 2);
    } else {
        out += static_cast<char>(0x80 | 127);
        appendBigEndian(out, payload.size(), 8);
    }
    char key[4];
    std::memcpy(key, &mask, sizeof key);
    out.append(key, sizeof key);
    const auto start = out.size();
    out += payload;
    for (std::size_t i = 0; i < payload.size(); ++i)
        out[start + i] = static_cast<char>(out[start + i] ^ key[i % 4]);
}

} // namespace kith::bench
