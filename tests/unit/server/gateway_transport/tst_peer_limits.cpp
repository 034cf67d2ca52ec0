// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S1, S2, S7, S13, LIM1, LIM3, LIM4, LIM12
#include "common/wire/codec.h"
#include "server/gateway/session_set.h"
#include "tests/support/gateway/test_server.h"
#include "tests/support/memory.h"
#include "tests/support/net/raw_peer.h"
#include "tests/unit/server/gateway_transport/echo_server.h"

#include <QTest>

using namespace kith;
using namespace kith::support;
using namespace std::chrono_literals;

namespace {

/// The server's rooms on memory ports behind a real gateway, on the machine's time.
struct LiveServer {
    SystemClock clock;
    QtTimers timers;
    SystemRandom random;
    CountingMetrics metrics;
    MemoryAccountDirectory accounts { clock, random };
    MemoryKeyDirectory keys { clock, random };
    MemoryMessageQueue queues { clock, random };
    server::accounts::Accounts accountRoom;
    server::keys::Keys keyRoom;
    server::delivery::Delivery deliveryRoom;
    Gateway gateway;

    explicit LiveServer(double rateFactor = 0, milliseconds handshake = wire::limits::handshake)
        : accountRoom(accounts, keys, queues, clock, { wire::RegistrationMode::open, "^[a-z]+$", rateFactor })
        , keyRoom(keys, accounts, queues, clock, metrics, { rateFactor })
        , deliveryRoom(queues, accounts, clock, metrics, { .rateFactor = rateFactor })
        , gateway(clock, timers, settings(rateFactor, handshake))
    {
        if (!gateway.listen(QHostAddress::LocalHost, 0))
            qFatal("no port");
    }
    Gateway::Settings settings(double rateFactor, milliseconds handshake)
    {
        server::gateway::ServerIdentity identity;
        identity.serverId.octets.fill(7);
        Gateway::Settings settings;
        settings.admission.acceptsPerSecond = 0;
        settings.worker.transport = transport();
        settings.worker.handshake = handshake;
        settings.worker.makeHandlers = server::gateway::SessionSet::handlers(
            { accountRoom, keyRoom, deliveryRoom }, identity, clock, random, metrics, { .rateFactor = rateFactor });
        return settings;
    }
};

/// A device on a real socket.
class Device : public RawPeer {
public:
    explicit Device(LiveServer &server) : RawPeer(server.gateway.port()) { }

    void say(wire::ClientBody body) { send(binary, wire::encode(wire::ClientFrame { ++lastId_, std::move(body) })); }
    template <class T>
    std::vector<T> heard()
    {
        std::vector<T> all;
        for (const auto &one : frames()) {
            if (one.opcode != binary)
                continue;
            const auto frame = wire::decodeServerFrame(one.payload);
            if (frame.ok() && std::holds_alternative<T>(frame->body))
                all.push_back(std::get<T>(frame->body));
        }
        return all;
    }
    template <class T>
    std::optional<T> waitFor()
    {
        (void)!QTest::qWaitFor([this] { return !heard<T>().empty(); }, 10'000);
        const auto all = heard<T>();
        return all.empty() ? std::nullopt : std::optional(all.front());
    }
    bool registers(const TestAccount &account)
    {
        say(wire::Hello {});
        const auto hello = waitFor<wire::ServerHello>();
        const auto challenge = waitFor<wire::Challenge>();
        if (!hello || !challenge)
            return false;
        say(account.registration(hello->serverId, *challenge));
        return waitFor<wire::Ready>().has_value();
    }

private:
    std::uint64_t lastId_ = 0;
};

} // namespace

class TestPeerLimits final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void tenControlFramesAreAnswered()
    {
        LiveServer server;
        Device device(server);
        for (int i = 0; i < 10; ++i)
            device.send(RawPeer::ping, QByteArray(i * 12, 'p'));
        QTRY_COMPARE(device.count(RawPeer::pong), 10);
        device.say(wire::Hello {});
        QVERIFY(device.waitFor<wire::ServerHello>());
        QVERIFY(!device.closeCode());
    }

    void moreControlFramesCloseWithPolicy_data()
    {
        QTest::addColumn<QByteArray>("flood");
        const auto repeat = [](const QByteArray &frame) { return frame.repeated(200); };
        QTest::newRow("empty pings") << repeat(RawPeer::frame(RawPeer::ping, {}));
        QTest::newRow("full pings") << repeat(RawPeer::frame(RawPeer::ping, QByteArray(125, 'x')));
        QTest::newRow("pings that look like heads") << repeat(RawPeer::frame(RawPeer::ping, "\x82\x7f\x8a"));
        QTest::newRow("pongs") << repeat(RawPeer::frame(RawPeer::pong, "unasked"));
        QTest::newRow("pings in a message")
            << RawPeer::frame(RawPeer::binary, "x", false) + repeat(RawPeer::frame(RawPeer::ping, "y"));
    }
    void moreControlFramesCloseWithPolicy()
    {
        QFETCH(QByteArray, flood);
        LiveServer server;
        Device device(server);
        device.write(flood);
        QTRY_VERIFY_WITH_TIMEOUT(device.closeCode(), 10'000);
        QCOMPARE(*device.closeCode(), 1008);
        QCOMPARE(device.closeReason(), QByteArray("too many control frames"));
        device.socket.abort();
        QTRY_COMPARE_WITH_TIMEOUT(server.gateway.connections(), 0, 10'000);
    }

    void pingsAreCountedBetweenAnswers()
    {
        LiveServer server;
        Device device(server);
        device.say(wire::Hello {});
        QVERIFY(device.waitFor<wire::ServerHello>()); // frames of ours lie between the pongs
        for (int i = 0; i < 10; ++i)
            device.send(RawPeer::ping);
        QTRY_COMPARE(device.count(RawPeer::pong), 10);
        QVERIFY(!device.closeCode());
        device.send(RawPeer::ping);
        QTRY_VERIFY(device.closeCode());
        QCOMPARE(*device.closeCode(), 1008);
        QCOMPARE(device.closeReason(), QByteArray("too many control frames"));
    }

    void aPingFloodThatNobodyReadsTakesNoMemory()
    {
        LiveServer server;
        Device device(server);
        device.socket.setReadBufferSize(1);
        const auto flood = RawPeer::frame(RawPeer::ping, QByteArray(125, 'x')).repeated(8'000); // 1 MB
        const qint64 before = residentBytes();
        qint64 most = 0;
        for (int i = 0; i < 64 && device.socket.state() == QAbstractSocket::ConnectedState; ++i) {
            device.write(flood);
            while (device.socket.bytesToWrite() > 0 && device.socket.waitForBytesWritten(1'000)) { }
            most = std::max(most, residentBytes() - before); // while the peer is there: the end frees it
        }
        device.socket.abort();
        QTRY_COMPARE_WITH_TIMEOUT(server.gateway.connections(), 0, 10'000);
        QVERIFY2(isWithin(most, 8 * 1024 * 1024), qPrintable(QString::number(most)));
    }

    void sixtyFourFragmentsMakeAMessage_data()
    {
        QTest::addColumn<int>("fragments");
        QTest::addColumn<int>("code"); // 0: answered
        QTest::newRow("64") << 64 << 0;
        QTest::newRow("65") << 65 << 1008;
    }
    void sixtyFourFragmentsMakeAMessage()
    {
        QFETCH(int, fragments);
        QFETCH(int, code);
        LiveServer server;
        Device device(server);
        const auto hello = wire::encode(wire::ClientFrame { 1, wire::Hello {} });
        device.send(RawPeer::binary, hello, false);
        for (int i = 2; i < fragments; ++i)
            device.send(RawPeer::continuation, {}, false);
        device.send(RawPeer::continuation, {}, true);
        if (code == 0) {
            QVERIFY(device.waitFor<wire::ServerHello>());
            return;
        }
        QTRY_COMPARE(device.closeCode().value_or(0), code);
        QCOMPARE(device.closeReason(), QByteArray("too many fragments"));
    }

    void framesBeyondTheRateAreRefusedThenClosed()
    {
        LiveServer server(1);
        SystemRandom random;
        const TestAccount mei("mei", random, server.clock.now());
        Device device(server);
        QVERIFY(device.registers(mei));
        for (int i = 0; i < 400; ++i)
            device.say(wire::Heartbeat {});
        QTRY_COMPARE_WITH_TIMEOUT(device.closeCode().value_or(0), 1008, 10'000);
        QCOMPARE(device.closeReason(), QByteArray("too many protocol errors"));
        const auto faults = device.heard<wire::Fault>();
        QCOMPARE(faults.size(), std::size_t { 10 });
        for (const auto &fault : faults)
            QCOMPARE(fault.code, wire::ErrorCode::rate);
    }

    void tenProtocolErrorsClose()
    {
        LiveServer server;
        Device device(server);
        for (int i = 0; i < 12; ++i)
            device.send(RawPeer::binary, "\xff\xff\xff");
        QTRY_COMPARE(device.closeCode().value_or(0), 1008);
        QCOMPARE(device.closeReason(), QByteArray("too many protocol errors"));
        QCOMPARE(device.heard<wire::Fault>().size(), std::size_t { 10 });
    }

    void aMessageOverTheLimitClosesWithTooBig()
    {
        LiveServer server;
        Device device(server);
        device.send(RawPeer::binary, QByteArray(128 * 1024 + 1, 'x'));
        QTRY_COMPARE(device.closeCode().value_or(0), 1009);
    }

    void twoGigabytesAnnouncedTakeNoMemory()
    {
        LiveServer server;
        std::vector<std::unique_ptr<Device>> devices;
        for (int i = 0; i < 20; ++i)
            devices.push_back(std::make_unique<Device>(server));
        const qint64 before = residentBytes();
        for (const auto &device : devices)
            device->write(QByteArray::fromHex("82ff000000007fffffff") + QByteArray(4, 'm') + QByteArray(100'000, 'x'));
        for (const auto &device : devices)
            QTRY_COMPARE(device->closeCode().value_or(0), 1009);
        const qint64 grown = residentBytes() - before;
        QVERIFY2(isWithin(grown, 20L * 256 * 1024), qPrintable(QString::number(grown)));
    }

    void aDrippedHandshakeIsCut()
    {
        LiveServer server(0, 300ms);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, server.gateway.port());
        QTimer drip;
        connect(&drip, &QTimer::timeout, &socket, [&] { socket.write("G"); });
        drip.start(20);
        QTRY_COMPARE(server.gateway.connections(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(server.gateway.connections(), 0, 10'000);
    }

    void clientsThatNeverReadHurtNobody()
    {
        LiveServer server;
        SystemRandom random;
        const TestAccount mei("mei", random, server.clock.now()), bob("bob", random, server.clock.now());
        Device sender(server), reader(server);
        QVERIFY(sender.registers(mei));
        QVERIFY(reader.registers(bob));
        constexpr int stuckClients = 8, messages = 100;
        std::vector<TestAccount> accounts;
        std::vector<std::unique_ptr<Device>> stuck;
        for (int i = 0; i < stuckClients; ++i) {
            accounts.emplace_back(std::string("stuck") + static_cast<char>('a' + i), random, server.clock.now());
            stuck.push_back(std::make_unique<Device>(server));
            QVERIFY(stuck.back()->registers(accounts.back()));
            stuck.back()->socket.setReadBufferSize(1);
        }
        const qint64 before = residentBytes();
        // One content that all rows of the store share: what grows is the connections' memory, 9.6 MB each if
        // unbounded.
        const QByteArray content(96 * 1024, 'c');
        for (int n = 0; n < messages; ++n) {
            for (const auto &account : accounts)
                QVERIFY(valueOf(
                    server.queues.accept({ mei.device(),
                                           *random.id<Mid>(),
                                           0,
                                           { { account.device(), wire::CiphertextType::message, content } } })));
        }
        for (const auto &account : accounts)
            server.deliveryRoom.hint({ account.device() });
        sender.say(message(midOf(1), { &bob }, "through"));
        QVERIFY(sender.waitFor<wire::Accepted>());
        QVERIFY(reader.waitFor<wire::Deliver>());
        QTRY_VERIFY(server.metrics.value("kith_ws_backpressure_total") >= stuckClients);
        const qint64 grown = residentBytes() - before;
        QVERIFY2(isWithin(grown, stuckClients * 3L * 1024 * 1024), qPrintable(QString::number(grown)));
    }
};

QTEST_GUILESS_MAIN(TestPeerLimits)
#include "tst_peer_limits.moc"
