// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/error.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

namespace kith::server::gateway {

/// What a client sent: a message, its fragments joined, or one control frame (RFC 6455 5.5).
struct Incoming {
    enum class Kind {
        message,
        fragment, ///< one more part of a message, no payload here
        ping,
        pong,
        close,
    };
    Kind kind;
    QByteArray payload;
};

/// Why a connection ends from our side.
struct Violation {
    wire::CloseCode code;
    const char *reason;
};

/// The server's side of RFC 6455 5: bytes from a client become messages. Binary messages only, of at most 64 fragments
/// (LIM3) and so many bytes (LIM1). Every length is checked before there is memory for it; memory then grows with what
/// came, not with what was announced.
class FrameReader {
public:
    explicit FrameReader(std::size_t messageBytes) : messageBytes_(messageBytes) { }

    using Event = std::variant<std::monostate, Incoming, Violation>;
    /// Takes the bytes of the next event off the front of `bytes`. monostate: all were taken, and more are needed.
    /// After a Violation the reader is of no use any more.
    Event next(QByteArrayView &bytes);

private:
    std::size_t headSize() const;
    std::optional<Violation> checkStart() const;
    std::optional<Violation> begin();
    std::uint64_t announced() const;
    Event finish();

    std::size_t messageBytes_;
    std::array<unsigned char, 14> head_ {}; ///< of the frame under way: 2 bytes, 0 to 8 of length, 4 of mask
    std::uint8_t headRead_ = 0;
    bool inPayload_ = false;
    bool inMessage_ = false; ///< a message lacks its last fragment
    std::uint8_t fragments_ = 0;
    std::uint32_t read_ = 0; ///< bytes of the payload under way that came
    std::uint32_t size_ = 0; ///< and all it has
    QByteArray message_;
    QByteArray control_;
};

/// What a close frame says. Without a code: 1005, as the RFC numbers that.
struct CloseWord {
    int code = 1005;
    QString reason;
};
/// Violation: half a code, a code that nobody may send, or a reason that is not UTF-8 (RFC 6455 5.5.1, 7.4).
std::variant<CloseWord, Violation> readClose(QByteArrayView payload);

enum class Opcode : unsigned char { continuation = 0x0, text = 0x1, binary = 0x2, close = 0x8, ping = 0x9, pong = 0xA };

/// Appends a whole frame, unmasked, as a server sends it.
void appendFrame(QByteArray &out, Opcode opcode, QByteArrayView payload);

} // namespace kith::server::gateway
