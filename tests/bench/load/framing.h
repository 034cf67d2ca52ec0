// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The client's side of RFC 6455, as far as a generator needs it: no fragments, no extensions.
namespace kith::bench {

enum class Opcode : std::uint8_t { text = 0x1, binary = 0x2, close = 0x8, ping = 0x9, pong = 0xA };

struct Frame {
    Opcode opcode = Opcode::binary;
    std::string_view payload;
    std::size_t size = 0; ///< of the whole frame
};

/// The request that opens the connection, with our subprotocol.
std::string upgradeRequest();
/// The frame at the start of `bytes`, once all of it is there.
std::optional<Frame> firstFrame(std::string_view bytes);
/// Appends one masked frame. The mask should differ from frame to frame, as a real client's does.
void appendFrame(std::string &out, Opcode opcode, std::string_view payload, std::uint32_t mask);

} // namespace kith::bench
