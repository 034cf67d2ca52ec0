// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QTcpSocket>

#include <optional>

namespace kith::support {

/// A peer on a real socket that writes WebSocket frames byte by byte as a test wants them, also those that no library
/// would. One thread, with an event loop.
class RawPeer {
public:
    enum Opcode : unsigned char { continuation = 0x0, text = 0x1, binary = 0x2, close = 0x8, ping = 0x9, pong = 0xA };
    struct Frame {
        int opcode = 0;
        QByteArray payload;
    };

    /// Connects to 127.0.0.1 and does the upgrade to kith.v1. Ends the test program when that fails.
    explicit RawPeer(quint16 port);

    /// The bytes of one frame with the mask 0, as a client must send it.
    static QByteArray frame(int opcode, const QByteArray &payload, bool last = true);

    void send(int opcode, const QByteArray &payload = {}, bool last = true) { write(frame(opcode, payload, last)); }
    void write(const QByteArray &bytes) { socket.write(bytes); }

    /// Every frame that came so far.
    const QList<Frame> &frames();
    int count(int opcode);
    /// The code of the close frame, once it came.
    std::optional<int> closeCode();
    /// What the close frame says about it: several limits share a code.
    QByteArray closeReason();

    QTcpSocket socket;

private:
    QByteArray unread_;
    QList<Frame> frames_;
};

} // namespace kith::support
