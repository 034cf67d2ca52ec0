// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: RFC 6455 5 and 7 in the order of the public Autobahn cases, on both transports; security S1, LIM1, LIM3
#include "tests/support/net/raw_peer.h"
#include "tests/unit/server/gateway_transport/echo_server.h"

#include <QTest>

using namespace kith;
using namespace kith::support;

namespace {

/// A frame as RawPeer makes it, masked with `mask`.
QByteArray masked(int opcode, const QByteArray &payload, bool last = true, const QByteArray &mask = "\x37\xfa\x21\x3d")
{
    auto bytes = RawPeer::frame(opcode, payload, last);
    const auto at = bytes.size() - payload.size();
    bytes.replace(at - mask.size(), mask.size(), mask);
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes[at + i] = static_cast<char>(bytes[at + i] ^ mask[i % mask.size()]);
    return bytes;
}

QByteArray closeOf(int code, const QByteArray &reason = {})
{
    return QByteArray().append(static_cast<char>(code >> 8)).append(static_cast<char>(code & 0xFF)) + reason;
}

QByteArray bytesOf(qsizetype size)
{
    QByteArray bytes(size, '\0');
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 31 + (i >> 8));
    return bytes;
}

/// The last number is what the peer's close frame says; 0: the connection stays, -1: a close frame without a code.
void row(const QString &name, const QByteArray &sent, const QByteArrayList &echoed, int code)
{
    QTest::newRow(qPrintable(name)) << sent << echoed << code;
}

} // namespace

class TestFraming final : public QObject {
    Q_OBJECT

    static void sizes()
    {
        for (const int size : { 0, 1, 7, 8, 9, 125, 126, 127, 128, 65'535, 65'536, 131'072 })
            row(QStringLiteral("1.2 binary of %1").arg(size), masked(0x2, bytesOf(size)), { bytesOf(size) }, 0);
        row("1.1 text", masked(0x1, "hello"), {}, 1008); // this server's choice: binary only
        row("9.1 over the limit", masked(0x2, bytesOf(131'073)), {}, 1009);
        row("9.3 over the limit in parts", masked(0x2, bytesOf(131'072), false) + masked(0x0, bytesOf(1)), {}, 1009);
        row("9.9 two gigabytes announced", QByteArray::fromHex("82ff000000007fffffff00000000"), {}, 1009);
        row("many in one segment", masked(0x2, "a") + masked(0x2, "b") + masked(0x2, {}) + masked(0x2, "c"),
            { "a", "b", {}, "c" }, 0);
    }
    static void reserved()
    {
        for (int bits = 1; bits < 8; ++bits) {
            auto frame = masked(0x2, "x");
            frame[0] = static_cast<char>(frame[0] | bits << 4);
            row(QStringLiteral("3 reserved bits %1").arg(bits), masked(0x2, "first") + frame, { "first" }, 1002);
        }
        for (const int opcode : { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 })
            row(QStringLiteral("4 opcode %1").arg(opcode), masked(opcode, {}), {}, 1002);
        row("5.1 masked by nobody", QByteArray::fromHex("820178"), {}, 1002);
    }
    static void fragments()
    {
        const auto begun = masked(0x2, "ab", false);
        row("5.1 ping in parts", masked(0x9, "x", false) + masked(0x0, "y"), {}, 1002);
        row("5.2 pong in parts", masked(0xA, "x", false) + masked(0x0, "y"), {}, 1002);
        row("5.3 two parts", begun + masked(0x0, "cd"), { "abcd" }, 0);
        row("5.6 a ping between parts", begun + masked(0x9, "p") + masked(0x0, "cd"), { "abcd" }, 0);
        row("5.8 other masks", begun + masked(0x0, "cd", true, QByteArray("\1\2\3\4")), { "abcd" }, 0);
        row("5.9 nothing to continue", masked(0x0, "cd"), {}, 1002);
        row("5.11 nothing to continue, in parts", masked(0x0, "cd", false), {}, 1002);
        row("5.18 a message in a message", begun + masked(0x2, "cd"), {}, 1002);
        row("6.1 three empty parts", masked(0x2, {}, false) + masked(0x0, {}, false) + masked(0x0, {}), { {} }, 0);
    }
    static void controlFrames()
    {
        row("2.5 ping of 126", masked(0x9, QByteArray(126, 'x')), {}, 1002);
        row("2.5 pong of 126", masked(0xA, QByteArray(126, 'x')), {}, 1002);
        row("7.1 a message after the close", masked(0x8, closeOf(1000)) + masked(0x2, "late"), {}, 1000);
        row("7.3.1 close without a code", masked(0x8, {}), {}, -1);
        row("7.3.2 half a code", masked(0x8, "x"), {}, 1002);
        row("7.3.4 a reason", masked(0x8, closeOf(1000, "bye")), {}, 1000);
        row("7.3.5 the longest reason", masked(0x8, closeOf(1000, QByteArray(123, 'x'))), {}, 1000);
        row("7.3.6 a longer one", masked(0x8, closeOf(1000, QByteArray(124, 'x'))), {}, 1002);
        row("7.5.1 a reason that is no UTF-8", masked(0x8, closeOf(1000, "\xce\xba\xed\xa0\x80")), {}, 1007);
        for (const int code : { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999 })
            row(QStringLiteral("7.7 code %1").arg(code), masked(0x8, closeOf(code)), {}, code);
        for (const int code : { 0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65'535 })
            row(QStringLiteral("7.9 code %1").arg(code), masked(0x8, closeOf(code)), {}, 1002);
    }

    /// QWebSocket 6.4 takes what is not masked, and answers a close without a code with 1000.
    static bool qtDiffers(const QString &name)
    {
        static const QStringList names { "5.1 masked by nobody", "7.3.1 close without a code" };
        return transport() == Transport::qt && names.contains(name);
    }

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArrayList>("echoed");
        QTest::addColumn<int>("code");
        sizes();
        reserved();
        fragments();
        controlFrames();
    }
    void answers()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArrayList, echoed);
        QFETCH(int, code);
        if (qtDiffers(QString::fromLatin1(QTest::currentDataTag())))
            QSKIP("QWebSocket 6.4 differs");
        EchoServer server;
        RawPeer peer(server.gateway.port());
        peer.write(sent);
        if (code == 0)
            peer.write(masked(RawPeer::ping, "done"));
        QTRY_VERIFY(peer.count(code == 0 ? RawPeer::pong : RawPeer::close) > 0);
        QTRY_COMPARE(peer.count(RawPeer::binary), static_cast<int>(echoed.size()));
        QByteArrayList got;
        for (const auto &frame : peer.frames()) {
            if (frame.opcode == RawPeer::binary)
                got << frame.payload;
        }
        QCOMPARE(got, echoed);
        QCOMPARE(peer.closeCode().value_or(code == 0 ? 0 : -1), code);
        if (code != 0) // the server's side ends it
            QTRY_COMPARE(peer.socket.state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(server.gateway.connections(), code == 0 ? 1 : 0);
    }

    void octetByOctet()
    {
        EchoServer server;
        RawPeer peer(server.gateway.port());
        peer.socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        const auto bytes = masked(0x2, bytesOf(100), false) + masked(0x9, "in between") + masked(0x0, bytesOf(30));
        for (const char octet : bytes) {
            peer.write(QByteArray(1, octet));
            peer.socket.waitForBytesWritten(1'000);
        }
        QTRY_COMPARE(peer.count(RawPeer::binary), 1);
        QCOMPARE(peer.count(RawPeer::pong), 1);
        QCOMPARE(peer.frames().first().payload, QByteArray("in between"));
        QCOMPARE(peer.frames().last().payload, bytesOf(100) + bytesOf(30));
    }

    void pongsCarryWhatThePingSaid()
    {
        EchoServer server;
        RawPeer peer(server.gateway.port());
        const QByteArrayList payloads { {}, "hello", QByteArray("\0\xff\xfe", 3), bytesOf(125) };
        for (const auto &payload : payloads)
            peer.write(masked(RawPeer::ping, payload));
        peer.write(masked(RawPeer::pong, "unasked"));
        QTRY_COMPARE(peer.count(RawPeer::pong), 4);
        for (qsizetype i = 0; i < payloads.size(); ++i)
            QCOMPARE(peer.frames().at(i).payload, payloads.at(i));
    }

    void framesBehindTheRequestAreNotLost()
    {
        if (transport() == Transport::qt)
            QSKIP("QWebSocket looks at them when more comes");
        EchoServer server;
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, server.gateway.port());
        socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Protocol: kith.v1\r\n\r\n"
                     + masked(0x2, "early") + masked(0x2, "bird"));
        QByteArray got;
        QTRY_VERIFY((got += socket.readAll()).endsWith(QByteArray("\x82\5early\x82\4bird")));
    }

    void aPeerThatHangsUpIsGone()
    {
        EchoServer server;
        {
            RawPeer peer(server.gateway.port());
            QTRY_COMPARE(server.gateway.connections(), 1);
        }
        QTRY_COMPARE(server.gateway.connections(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFraming)
#include "tst_framing.moc"
