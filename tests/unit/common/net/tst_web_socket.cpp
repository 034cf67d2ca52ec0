// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security L9, S1, TR23, LIM1, LIM3
#include "common/net/web_socket_channel.h"
#include "common/net/web_socket_dialer.h"
#include "common/wire/limits.h"
#include "tests/support/memory.h"
#include "tests/support/net/certificates.h"
#include "tests/support/net/virtual_time.h"

#include <QFile>
#include <QSignalSpy>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace kith;
using namespace kith::net;

namespace {

const support::TestCertificate &authority()
{
    static const auto made = support::makeCertificate({ .authority = true });
    return made;
}

QSslCertificate read(const QByteArray &pem)
{
    return QSslCertificate(pem);
}

/// A QWebSocketServer on 127.0.0.1 whose connections become channels.
struct Listener {
    QWebSocketServer server { QStringLiteral("test"), QWebSocketServer::NonSecureMode };
    QtTimers realTimers;
    Timers *timers = &realTimers;
    std::vector<std::unique_ptr<WebSocketChannel>> channels;

    explicit Listener(const support::TestCertificate *tls = nullptr, const QString &subprotocol = "kith.v1")
        : server("test", tls ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode)
    {
        if (tls) {
            QSslConfiguration configuration;
            configuration.setLocalCertificate(read(tls->certificate));
            configuration.setPrivateKey(QSslKey(tls->key, QSsl::Ec));
            server.setSslConfiguration(configuration);
        }
        server.setSupportedSubprotocols({ subprotocol });
        QObject::connect(&server, &QWebSocketServer::newConnection, [this] {
            std::unique_ptr<QWebSocket> socket(server.nextPendingConnection());
            WebSocketChannel::limit(*socket, wire::limits::frameBytes);
            socket->setParent(nullptr);
            channels.push_back(std::make_unique<WebSocketChannel>(std::move(socket), QByteArray(), *timers));
        });
        server.listen(QHostAddress::LocalHost, 0);
    }
    QString url(const QString &host = "127.0.0.1") const
    {
        return QStringLiteral("%1://%2:%3")
            .arg(server.secureMode() == QWebSocketServer::SecureMode ? "wss" : "ws", host)
            .arg(server.serverPort());
    }
};

/// Dials and waits for the outcome.
struct Dialled {
    QObject context;
    QtTimers timers;
    std::unique_ptr<Channel> channel;
    std::optional<Error> error;

    explicit Dialled(const ServerAddress &address, bool trustAuthority = false)
    {
        QSslConfiguration tls;
        if (trustAuthority)
            tls.setCaCertificates({ read(authority().certificate) });
        WebSocketDialer dialer(timers, tls);
        bool done = false;
        dialer.dial(address, &context, [&](Result<std::unique_ptr<Channel>> result) {
            done = true;
            if (result)
                channel = std::move(result).value();
            else
                error = result.error();
        });
        if (!QTest::qWaitFor([&] { return done; }, 12'000))
            error = Error { ErrorCode::internal, "done was never called" };
    }
};

QByteArray upgradeRequest()
{
    return "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Protocol: kith.v1\r\n\r\n";
}

/// A raw socket that has done the WebSocket handshake and can send any bytes.
struct RawPeer {
    QTcpSocket socket;
    explicit RawPeer(const Listener &listener)
    {
        socket.connectToHost(QHostAddress::LocalHost, listener.server.serverPort());
        socket.write(upgradeRequest());
        QByteArray answer;
        if (!QTest::qWaitFor([&] { return (answer += socket.readAll()).contains("\r\n\r\n"); }, 5'000))
            qFatal("no handshake");
    }
};

} // namespace

class TestWebSocket final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framesTravelBothWays()
    {
        Listener listener;
        Dialled client({ listener.url(), {} });
        QVERIFY2(client.channel, client.error ? client.error->detail.c_str() : "");
        QTRY_COMPARE(listener.channels.size(), std::size_t { 1 });
        auto &server = *listener.channels.front();
        QSignalSpy atServer(&server, &Channel::received);
        QSignalSpy atClient(client.channel.get(), &Channel::received);
        const QByteArray frame(120 * 1024, '\0');
        client.channel->send(frame);
        server.send("small");
        QTRY_COMPARE(atServer.size(), 1);
        QCOMPARE(atServer.at(0).at(0).toByteArray(), frame);
        QTRY_COMPARE(atClient.size(), 1);
        QSignalSpy heard(client.channel.get(), &Channel::heard);
        client.channel->ping();
        QTRY_COMPARE(heard.size(), 1);
        QCOMPARE(client.channel->peerAddress(), QStringLiteral("127.0.0.1"));
        QVERIFY(client.channel->certificateHash().isEmpty());
    }

    void closeCodesArrive()
    {
        Listener listener;
        Dialled client({ listener.url(), {} });
        QTRY_COMPARE(listener.channels.size(), std::size_t { 1 });
        QSignalSpy closed(client.channel.get(), &Channel::closed);
        QSignalSpy own(listener.channels.front().get(), &Channel::closed);
        listener.channels.front()->close(wire::CloseCode::replaced, "elsewhere");
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 4409);
        QCOMPARE(closed.at(0).at(1).toString(), QStringLiteral("elsewhere"));
        QTRY_COMPARE(own.size(), 1);
        QVERIFY(!client.channel->isOpen());
    }

    void cutIsSeenAsAbnormal()
    {
        Listener listener;
        Dialled client({ listener.url(), {} });
        QTRY_COMPARE(listener.channels.size(), std::size_t { 1 });
        QSignalSpy closed(client.channel.get(), &Channel::closed);
        listener.channels.front()->abort();
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1006);
    }

    void tls_data()
    {
        QTest::addColumn<support::TestCertificate>("certificate");
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<QByteArray>("pin");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("outcome"); // empty: connects
        const auto self = support::makeCertificate();
        const auto other = support::makeCertificate();
        const auto expired = support::makeCertificate({ .fromSeconds = -7200, .toSeconds = -3600 });
        const auto future = support::makeCertificate({ .fromSeconds = 3600, .toSeconds = 7200 });
        const auto elsewhere = support::makeCertificate({ .names = { "DNS:other.example" } });
        const auto signedByCa = support::makeCertificate({ .issuer = &authority() });
        const auto caElsewhere = support::makeCertificate({ .names = { "DNS:other.example" }, .issuer = &authority() });
        const auto caExpired =
            support::makeCertificate({ .fromSeconds = -7200, .toSeconds = -3600, .issuer = &authority() });
        const auto pin = [](const auto &certificate) { return pinOf(read(certificate.certificate)); };
        const QByteArray none;
        const QString here = "127.0.0.1";
        const QString refused = "untrusted";
        QTest::newRow("self-signed, right pin") << self << false << pin(self) << here << QString();
        QTest::newRow("self-signed, no pin") << self << false << none << here << refused;
        QTest::newRow("self-signed, wrong pin") << self << false << pin(other) << here << refused;
        QTest::newRow("expired, right pin") << expired << false << pin(expired) << here << refused;
        QTest::newRow("not valid yet, right pin") << future << false << pin(future) << here << refused;
        QTest::newRow("other name, right pin") << elsewhere << false << pin(elsewhere) << here << QString();
        QTest::newRow("authority, no pin") << signedByCa << true << none << "localhost" << QString();
        QTest::newRow("authority, right pin") << signedByCa << true << pin(signedByCa) << here << QString();
        QTest::newRow("authority, pin of another key") << signedByCa << true << pin(self) << here << refused;
        QTest::newRow("authority, other name") << caElsewhere << true << none << "localhost" << refused;
        QTest::newRow("authority, expired") << caExpired << true << none << "localhost" << refused;
        QTest::newRow("unknown authority, no pin") << signedByCa << false << none << here << refused;
        QTest::newRow("unknown authority, right pin") << signedByCa << false << pin(signedByCa) << here << QString();
    }
    void tls()
    {
        QFETCH(support::TestCertificate, certificate);
        QFETCH(bool, trusted);
        QFETCH(QByteArray, pin);
        QFETCH(QString, host);
        QFETCH(QString, outcome);
        Listener listener(&certificate);
        Dialled client({ listener.url(host), pin }, trusted);
        if (outcome.isEmpty()) {
            QVERIFY2(client.channel, client.error ? client.error->detail.c_str() : "");
            QCOMPARE(client.channel->certificateHash(),
                     QCryptographicHash::hash(read(certificate.certificate).toDer(), QCryptographicHash::Sha256));
            return;
        }
        QVERIFY(!client.channel);
        QCOMPARE(QString(kith::toString(client.error->code)), outcome);
        for (const auto &channel : listener.channels) // an authority's certificate gets as far as the upgrade
            QTRY_VERIFY(!channel->isOpen());
    }

    void refusesWhatIsNoKith_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("nobody listens") << "ws://127.0.0.1:1"
                                        << "network";
        QTest::newRow("plain beyond loopback") << "ws://192.0.2.1:8480"
                                               << "permission";
    }
    void refusesWhatIsNoKith()
    {
        QFETCH(QString, url);
        Dialled client({ url, {} });
        QTEST(QString(kith::toString(client.error->code)), "outcome");
    }

    void otherSubprotocolIsUnsupported()
    {
        Listener listener(nullptr, "kith.v9");
        Dialled client({ listener.url(), {} });
        QCOMPARE(QString(kith::toString(client.error->code)), QStringLiteral("unsupported"));
    }

    void serverThatNeverAnswersTimesOut()
    {
        QTcpServer silent; // takes the connection and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost, 0));
        support::VirtualTime time;
        WebSocketDialer dialer(time);
        std::optional<Error> error;
        dialer.dial({ QStringLiteral("wss://127.0.0.1:%1").arg(silent.serverPort()), {} }, this,
                    [&error](auto result) { error = std::move(result).error(); });
        QVERIFY(time.turnUntil([&silent] { return silent.hasPendingConnections(); }));
        time.advance(milliseconds { 9'999 });
        QVERIFY(!error);
        time.advance(milliseconds { 1 });
        QVERIFY(error && error->code == ErrorCode::timeout);
    }

    void deadContextIsNeverCalled()
    {
        Listener listener;
        QtTimers timers;
        WebSocketDialer dialer(timers);
        bool called = false;
        {
            QObject context;
            dialer.dial({ listener.url(), {} }, &context, [&](auto) { called = true; });
        }
        QObject alive;
        bool second = false;
        dialer.dial({ listener.url(), {} }, &alive, [&](auto) { second = true; });
        QTRY_VERIFY(second); // dialled later, answered: the first answer would have come before
        QVERIFY(!called);
    }

    void announcedGigabytesCloseWithoutMemory()
    {
        Listener listener;
        RawPeer peer(listener);
        QTRY_COMPARE(listener.channels.size(), std::size_t { 1 });
        QSignalSpy closed(listener.channels.front().get(), &Channel::closed);
        const qint64 before = support::residentBytes();
        peer.socket.write(QByteArray::fromHex("82ff0000000080000000") + QByteArray(4, 'm') + QByteArray(4096, 'x'));
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1009);
        QVERIFY2(support::isWithin(support::residentBytes() - before, 1024 * 1024), "memory grew by more than 1 MiB");
    }

    void endlessStreamStaysInBounds()
    {
        Listener listener;
        RawPeer peer(listener);
        QTRY_COMPARE(listener.channels.size(), std::size_t { 1 });
        QSignalSpy closed(listener.channels.front().get(), &Channel::closed);
        const QByteArray fragment = QByteArray::fromHex("02fe0400") + QByteArray(4, '\0') + QByteArray(1024, 'x');
        const QByteArray next = QByteArray::fromHex("00fe0400") + QByteArray(4, '\0') + QByteArray(1024, 'x');
        peer.socket.write(fragment);
        for (int i = 0; i < 2000; ++i)
            peer.socket.write(next);
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1008); // 64 fragments before 128 KiB
    }

    void manyEmptyFragmentsCloseWithPolicy()
    {
        Listener listener;
        RawPeer peer(listener);
        QTRY_COMPARE(listener.channels.size(), std::size_t { 1 });
        QSignalSpy closed(listener.channels.front().get(), &Channel::closed);
        QByteArray flood = QByteArray::fromHex("0280") + QByteArray(4, '\0');
        for (int i = 0; i < 100'000; ++i)
            flood += QByteArray::fromHex("0080") + QByteArray(4, '\0');
        peer.socket.write(flood);
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1008);
    }

    void textClosesWithPolicy()
    {
        Listener listener;
        RawPeer peer(listener);
        QTRY_COMPARE(listener.channels.size(), std::size_t { 1 });
        QSignalSpy closed(listener.channels.front().get(), &Channel::closed);
        peer.socket.write(QByteArray::fromHex("8182") + QByteArray(4, '\0') + "hi");
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1008);
    }

    void peerThatNeverReadsIsCutAfterClose()
    {
        support::VirtualTime time;
        Listener listener;
        listener.timers = &time;
        RawPeer peer(listener);
        peer.socket.setReadBufferSize(1);
        QTRY_COMPARE(listener.channels.size(), std::size_t { 1 });
        auto &channel = *listener.channels.front();
        QSignalSpy closed(&channel, &Channel::closed);
        for (int i = 0; i < 200; ++i)
            channel.send(QByteArray(100'000, 'x'));
        const qint64 queued = channel.bytesToWrite();
        QTRY_VERIFY(channel.bytesToWrite() < queued); // the kernel took what it has room for
        QVERIFY(channel.bytesToWrite() > 0);
        channel.close(wire::CloseCode::tryLater, "slow");
        time.advance(milliseconds { 2'999 });
        QCOMPARE(closed.size(), 0);
        time.advance(milliseconds { 1 });
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1013);
    }
};

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_web_socket.moc"
