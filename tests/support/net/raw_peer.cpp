// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/net/raw_peer.h"

#include <QHostAddress>
#include <QTest>
#include <QtEndian>

#include <algorithm>

namespace kith::support {

RawPeer::RawPeer(quint16 port)
{
    socket.connectToHost(QHostAddress::LocalHost, port);
    socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Protocol: kith.v1\r\n\r\n");
    const auto upgraded = [this] { return (unread_ += socket.readAll()).contains("\r\n\r\n"); };
    if (!QTest::qWaitFor(upgraded, 10'000) || !unread_.startsWith("HTTP/1.1 101"))
        qFatal("no upgrade");
    unread_.remove(0, unread_.indexOf("\r\n\r\n") + 4);
}

QByteArray RawPeer::frame(int opcode, const QByteArray &payload, bool last)
{
    QByteArray bytes;
    bytes += static_cast<char>((last ? 0x80 : 0) | opcode);
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80 | payload.size());
    } else if (payload.size() < 65'536) {
        const auto size = qToBigEndian(static_cast<quint16>(payload.size()));
        bytes += static_cast<char>(0x80 | 126) + QByteArray(reinterpret_cast<const char *>(&size), sizeof size);
    } else {
        const auto size = qToBigEndian(static_cast<quint64>(payload.size()));
        bytes += static_cast<char>(0x80 | 127) + QByteArray(reinterpret_cast<const char *>(&size), sizeof size);
    }
    return bytes + QByteArray(4, '\0') + payload;
}

const QList<RawPeer::Frame> &RawPeer::frames()
{
    unread_ += socket.readAll();
    while (unread_.size() >= 2) {
        const int length = unread_[1] & 0x7F;
        const int head = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0);
        if (unread_.size() < head)
            break;
        quint64 size = static_cast<quint64>(length);
        if (length == 126)
            size = qFromBigEndian<quint16>(unread_.constData() + 2);
        else if (length == 127)
            size = qFromBigEndian<quint64>(unread_.constData() + 2);
        if (static_cast<quint64>(unread_.size() - head) < size)
            break;
        frames_ << Frame { unread_[0] & 0x0F, unread_.mid(head, static_cast<qsizetype>(size)) };
        unread_.remove(0, head + static_cast<qsizetype>(size));
    }
    return frames_;
}

int RawPeer::count(int opcode)
{
    return static_cast<int>(std::ranges::count(frames(), opcode, &Frame::opcode));
}

std::optional<int> RawPeer::closeCode()
{
    for (const auto &one : frames()) {
        if (one.opcode == close && one.payload.size() >= 2)
            return qFromBigEndian<quint16>(one.payload.constData());
    }
    return std::nullopt;
}

QByteArray RawPeer::closeReason()
{
    for (const auto &one : frames()) {
        if (one.opcode == close)
            return one.payload.mid(2);
    }
    return {};
}

} // namespace kith::support
