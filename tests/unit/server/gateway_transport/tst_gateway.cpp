// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S1, S2, S17, LIM12, LIM13
#include "common/base/random.h"
#include "common/net/web_socket_dialer.h"
#include "common/wire/codec.h"
#include "server/gateway/lean/tls_context.h"
#include "tests/support/net/certificates.h"
#include "tests/unit/server/gateway_transport/echo_server.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QSslKey>
#include <QTcpSocket>
#include <QTest>

using namespace kith;
using namespace kith::support;
using namespace std::chrono_literals;
using server::gateway::TlsContext;

namespace {

std::shared_ptr<const TlsContext> contextOf(const support::TestCertificate &made)
{
    QSslConfiguration tls;
    tls.setLocalCertificate(QSslCertificate(made.certificate));
    tls.setPrivateKey(QSslKey(made.key, QSsl::Ec));
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    auto context = TlsContext::make(tls);
    return context ? std::move(context).value() : nullptr;
}

std::unique_ptr<Channel> dial(const net::ServerAddress &address)
{
    static QtTimers timers;
    net::WebSocketDialer dialer(timers);
    QObject context;
    std::unique_ptr<Channel> channel;
    bool done = false;
    dialer.dial(address, &context, [&](Result<std::unique_ptr<Channel>> result) {
        done = true;
        if (result)
            channel = std::move(result).value();
    });
    return QTest::qWaitFor([&] { return done; }, 8'000) ? std::move(channel) : nullptr;
}

/// The first line of the answer to an HTTP request, or empty when the connection just ends.
QByteArray askRaw(const EchoServer &server, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, server.gateway.port());
    socket.write(request);
    QByteArray answer;
    (void)!QTest::qWaitFor(
        [&] {
            answer += socket.readAll();
            return answer.contains("\r\n\r\n") || socket.state() == QAbstractSocket::UnconnectedState;
        },
        3'000);
    return answer.left(answer.indexOf("\r\n"));
}

QByteArray upgrade(const QByteArray &extra)
{
    return "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + extra + "\r\n";
}

} // namespace

class TestGateway final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void echoesOnEveryWorker()
    {
        EchoServer server;
        for (int i = 0; i < 4; ++i) {
            auto channel = dial({ server.url(), {} });
            QVERIFY(channel);
            QSignalSpy frames(channel.get(), &Channel::received);
            for (int n = 0; n < 20; ++n)
                channel->send(QByteArray(n * 1000, 'x'));
            QTRY_COMPARE(frames.size(), 20);
        }
        QTRY_COMPARE(server.gateway.connections(), 0);
    }

    void tlsWithPinCarriesTheSameCertificateHash()
    {
        const auto made = support::makeCertificate();
        const QSslCertificate certificate(made.certificate);
        auto settings = EchoServer::defaults();
        settings.worker.tls = contextOf(made);
        settings.worker.certificateHash = net::certificateHashOf(certificate);
        EchoServer server(settings);
        auto channel = dial({ server.url("wss"), net::pinOf(certificate) });
        QVERIFY(channel);
        QCOMPARE(channel->certificateHash(), settings.worker.certificateHash);
        QSignalSpy frames(channel.get(), &Channel::received);
        channel->send(QByteArray(100'000, 'x'));
        QTRY_COMPARE(frames.size(), 1);
        QVERIFY(askRaw(server, upgrade("Sec-WebSocket-Protocol: kith.v1\r\n")).isEmpty()); // plain text to TLS
    }

    void refusesPagesAndStrangers_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArrayList>("statuses"); // none: the connection just ends
        const QByteArray kith = "Sec-WebSocket-Protocol: kith.v1\r\n";
        QTest::newRow("a device") << upgrade(kith) << QByteArrayList { "101" };
        QTest::newRow("a browser page") << upgrade("Origin: http://evil.example\r\n" + kith)
                                        << QByteArrayList { "403" };
        QTest::newRow("plain HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArrayList { "", "400" };
        QTest::newRow("noise") << QByteArray("\0\1\2\r\n\r\n", 7) << QByteArrayList { "", "400" };
    }
    void refusesPagesAndStrangers()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArrayList, statuses);
        EchoServer server;
        const auto status = askRaw(server, request).split(' ').value(1);
        QVERIFY2(statuses.contains(status), status.constData());
    }

    void missingSubprotocolIsClosed()
    {
        EchoServer server;
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, server.gateway.port());
        socket.write(upgrade({}));
        QByteArray got;
        QTRY_VERIFY((got += socket.readAll()).contains(QByteArray::fromHex("03f0"))); // close frame 1008
    }

    void slowHandshakeIsCut_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("upgrade") << false;
        QTest::newRow("TLS") << true;
    }
    void slowHandshakeIsCut()
    {
        QFETCH(bool, tls);
        auto settings = EchoServer::defaults();
        settings.worker.handshake = 100ms;
        if (tls) {
            const auto made = support::makeCertificate();
            settings.worker.tls = contextOf(made);
        }
        EchoServer server(settings);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, server.gateway.port());
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        socket.write(tls ? "\x16\x03\x01" : "GET / HT");
        QTRY_COMPARE(server.gateway.connections(), 1);
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(server.gateway.connections(), 0);
    }

    void tooManyHearWhenToComeBack()
    {
        auto settings = EchoServer::defaults();
        settings.admission.connections = 1;
        EchoServer server(settings);
        auto first = dial({ server.url(), {} });
        QVERIFY(first);
        QtTimers timers;
        net::WebSocketDialer dialer(timers);
        std::unique_ptr<Channel> second;
        QList<QByteArray> frames;
        int code = 0;
        dialer.dial({ server.url(), {} }, this, [&](Result<std::unique_ptr<Channel>> result) {
            second = std::move(result).value();
            connect(second.get(), &Channel::received, this, [&](const QByteArray &frame) { frames << frame; });
            connect(second.get(), &Channel::closed, this, [&](int how) { code = how; });
        });
        QTRY_COMPARE(code, 1013);
        QCOMPARE(frames.size(), 1);
        const auto frame = wire::decodeServerFrame(frames.at(0));
        QVERIFY(frame.ok());
        const auto *goAway = std::get_if<wire::GoAway>(&frame->body);
        QVERIFY(goAway && goAway->retryAfter >= 1s);
        first.reset();
        QTRY_COMPARE(server.gateway.connections(), 0);
        QVERIFY(dial({ server.url(), {} }));
    }

    void drainClosesWith1001AndRefusesNewOnes()
    {
        EchoServer server;
        auto channel = dial({ server.url(), {} });
        QVERIFY(channel);
        QSignalSpy closed(channel.get(), &Channel::closed);
        const auto url = server.url();
        server.gateway.drain(1'000ms);
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1001);
        QVERIFY(!dial({ url, {} }));
    }

    void stopCutsWhatIsLeft()
    {
        auto server = std::make_unique<EchoServer>();
        auto channel = dial({ server->url(), {} });
        QVERIFY(channel);
        QSignalSpy closed(channel.get(), &Channel::closed);
        server.reset();
        QTRY_COMPARE(closed.size(), 1);
    }

    void workersAnswerAndStuckOnesAreNoticed()
    {
        EchoServer server;
        QVERIFY(server.gateway.answer(5'000ms));
        auto settings = EchoServer::defaults();
        QSemaphore hold;
        settings.workers = 1;
        settings.worker.makeHandlers = [&hold](Timers &timers) {
            auto handlers = Echo::handlers(timers);
            handlers.goAway = [&hold](milliseconds) { hold.acquire(); };
            return handlers;
        };
        EchoServer stuck(settings);
        stuck.gateway.drain(0ms);
        QVERIFY(!stuck.gateway.answer(50ms));
        hold.release();
        QVERIFY(stuck.gateway.answer(5'000ms));
    }

    void portInUseIsBusy()
    {
        EchoServer server;
        SystemClock clock;
        QtTimers timers;
        Gateway second(clock, timers, EchoServer::defaults());
        const auto listening = second.listen(QHostAddress::LocalHost, server.gateway.port());
        QVERIFY(!listening && listening.error().code == ErrorCode::busy);
    }

    void manyComeAndGoWithoutALeak()
    {
        EchoServer server;
        constexpr std::uint64_t seed = 4711;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        SeededRandom random(seed);
        std::vector<std::unique_ptr<Channel>> channels;
        for (int i = 0; i < 150; ++i) {
            auto channel = dial({ server.url(), {} });
            QVERIFY(channel);
            channel->send("hello");
            channels.push_back(std::move(channel));
            if (random.below(2) == 0)
                channels.erase(channels.begin() + static_cast<std::ptrdiff_t>(random.below(channels.size())));
        }
        QTRY_COMPARE(server.gateway.connections(), static_cast<int>(channels.size()));
        channels.clear();
        QTRY_COMPARE(server.gateway.connections(), 0);
    }
};

QTEST_GUILESS_MAIN(TestGateway)
#include "tst_gateway.moc"
