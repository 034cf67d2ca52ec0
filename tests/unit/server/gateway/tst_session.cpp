// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S1, S2, S3, S4, S8, S13, LIM1, LIM4, LIM12, LIM13, LIM15, ERR1, ERR2, C23, NW2, delivery ID3,
// architecture 6 (opening), server-ops 5 (drain)
#include "common/wire/codec.h"
#include "tests/support/gateway/test_server.h"

#include <QtTest>

using namespace kith;
using namespace kith::support;
using Code = wire::ErrorCode;

class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void challengesEachConnectionAnew();
    void refusesEverythingBeforeTheLogin_data();
    void refusesEverythingBeforeTheLogin();
    void refusesTheOpeningAfterTheLogin();
    void refusesForeignLogins_data();
    void refusesForeignLogins();
    void bindsTheLoginToTheCertificate();
    void closesSlowOpenings();
    void closesWithoutCommonVersion();
    void limitsFailedLogins();
    void signsUnknownDevicesOut();
    void remembersTheSendCounter();
    void displacesTheOlderConnection();
    void holdsOneConnectionOfEachDevice();
    void closesAfterTenProtocolErrors();
    void answersUnknownFramesAndGoesOn();
    void closesOversizedFrames();
    void limitsTheFrameRate();
    void cutsOffAPeerThatReadsNoAnswers();
    void refusesTheRequestThatIsOneTooManyUnderWay();
    void answersHeartbeats();
    void closesSilentConnections();
    void answersEveryRequestOnce();
    void saysGoodbye();
    void comesBackLaterWhenTheStoreIsDown();
    void survivesAPeerThatGoesAtAnyMoment();

private:
    static std::vector<wire::ClientBody> afterLogin(const TestAccount &account)
    {
        return { wire::Lookup { "mei" },
                 wire::LookupAccount { account.id() },
                 wire::SetRelation { account.id(), wire::Relation::accepted },
                 wire::SetProfile { 1, "sealed" },
                 wire::FetchProfile { account.id() },
                 wire::DeleteAccount {},
                 wire::PublishDeviceList { account.signedList() },
                 wire::PublishPreKeys { account.signedPreKey(2), account.preKeys(300, 3) },
                 wire::CountPreKeys {},
                 wire::FetchBundles { { { account.id(), {} } } },
                 message(midOf(1), { &account }),
                 wire::Heartbeat {} };
    }
};

void SessionTest::challengesEachConnectionAnew()
{
    TestServer server;
    auto one = server.connects(), two = server.connects();
    one->hello();
    two->hello();
    QVERIFY(one->challenge.nonce != two->challenge.nonce);
    QVERIFY(one->serverId == server.parts.identity.serverId);
    QCOMPARE(one->challenge.time, server.time.now());
    const auto hello = one->answer<wire::ServerHello>(1);
    QVERIFY(hello);
    QCOMPARE(hello->limits.contentBytes, 96u * 1024);
    QCOMPARE(hello->limits.devices, 6u);
}

void SessionTest::refusesEverythingBeforeTheLogin_data()
{
    QTest::addColumn<bool>("afterHello");
    QTest::newRow("before Hello") << false;
    QTest::newRow("before the login") << true;
}

void SessionTest::refusesEverythingBeforeTheLogin()
{
    QFETCH(bool, afterHello);
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto owner = server.joins(mei);
    for (const auto &body : afterLogin(mei)) {
        auto client = server.connects();
        if (afterHello)
            client->hello();
        QVERIFY2(client->refusal(body) == Code::unauthenticated, wire::kindOf(body));
        QVERIFY(!client->closeCode);
    }
    auto client = server.connects();
    if (!afterHello) {
        QCOMPARE(client->refusal(bob.registration(server.parts.identity.serverId, {})), Code::unauthenticated);
        QCOMPARE(client->refusal(mei.login(server.parts.identity.serverId, {})), Code::unauthenticated);
    }
    client->acknowledge({ 1 }, { 1 }, true);
    QCOMPARE(server.store.settles, 0);
    QVERIFY(valueOf(server.accounts.byId(mei.id())));
    QVERIFY(!valueOf(server.accounts.byId(bob.id())));
}

void SessionTest::refusesTheOpeningAfterTheLogin()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto other = server.joins(bob);
    auto client = server.joins(mei);
    QCOMPARE(client->refusal(wire::Hello {}), Code::invalid);
    QCOMPARE(client->refusal(bob.login(client->serverId, client->challenge)), Code::invalid);
    QCOMPARE(client->refusal(server.account("eve").registration(client->serverId, client->challenge)), Code::invalid);
    QVERIFY(!other->closeCode);
}

void SessionTest::refusesForeignLogins_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("recorded on another connection") << "replay";
    QTest::newRow("for another server") << "server";
    QTest::newRow("for another time") << "time";
    QTest::newRow("by another account's device") << "signer";
    QTest::newRow("for another device") << "device";
    QTest::newRow("one bit off") << "bit";
}

void SessionTest::refusesForeignLogins()
{
    QFETCH(QString, change);
    TestServer server;
    auto mei = server.account("mei");
    auto eve = server.account("eve");
    auto owner = server.joins(mei);
    mei.addDevice(2);
    QVERIFY(owner->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));

    auto client = server.connects();
    client->hello();
    auto challenge = client->challenge;
    auto login = mei.login(client->serverId, challenge);
    if (change == "replay")
        login = mei.login(client->serverId, owner->challenge);
    if (change == "server")
        login = mei.login(sha256(viewOf(std::string_view("other"))), challenge);
    if (change == "time") {
        challenge.time += milliseconds { 1 };
        login = mei.login(client->serverId, challenge);
    }
    if (change == "signer")
        login.login = eve.login(client->serverId, challenge).login;
    if (change == "device")
        login.device = mei.device(2);
    if (change == "bit")
        login.login.octets[5] ^= 4;
    QCOMPARE(client->refusal(login), Code::unauthenticated);
    QCOMPARE(client->closeCode, 1008);
    QVERIFY(!owner->closeCode); // nobody was displaced
    QCOMPARE(server.metrics.value("kith_auth_failures_total", "reason=\"signature\""), 1.0);
}

void SessionTest::bindsTheLoginToTheCertificate()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto owner = server.joins(mei);
    const QByteArray certificate(32, 'a');
    auto right = server.connects(certificate);
    QVERIFY(right->logsIn(mei));
    auto relayed = server.connects(certificate);
    relayed->hello();
    QCOMPARE(relayed->refusal(mei.login(relayed->serverId, relayed->challenge, 1, QByteArray(32, 'b'))),
             Code::unauthenticated);
}

void SessionTest::closesSlowOpenings()
{
    TestServer server;
    auto mute = server.connects();
    server.time.advance(milliseconds { 4'900 });
    QVERIFY(!mute->closeCode);
    server.time.advance(milliseconds { 200 });
    QCOMPARE(mute->closeCode, 1008);

    auto slow = server.connects();
    slow->hello();
    server.time.advance(milliseconds { 5'100 });
    QCOMPARE(slow->closeCode, 1008);
    QCOMPARE(server.sessions(), 0u);
}

void SessionTest::closesWithoutCommonVersion()
{
    TestServer server;
    auto client = server.connects();
    const auto answer = client->ask<wire::ServerHello>(wire::Hello { 2, 3, {}, "9.0" });
    QVERIFY(answer);
    QCOMPARE(answer->version, 0u);
    QCOMPARE(client->closeCode, 4400);
    QVERIFY(server.connects()->ask<wire::ServerHello>(wire::Hello { 1, 3, {}, "9.0" })->version == 1);
}

void SessionTest::limitsFailedLogins()
{
    TestServer server({ .rateFactor = 1 });
    const auto mei = server.account("mei");
    auto owner = server.joins(mei);
    for (int i = 0; i < 5; ++i) {
        auto client = server.connects({}, "192.0.2.1");
        client->hello();
        QCOMPARE(client->refusal(mei.login({}, client->challenge)), Code::unauthenticated);
    }
    auto client = server.connects({}, "192.0.2.1");
    client->hello();
    QCOMPARE(client->refusal(mei.login(client->serverId, client->challenge)), Code::rate);
    QCOMPARE(client->closeCode, 1008);
    QVERIFY(server.connects({}, "192.0.2.2")->logsIn(mei)); // nobody can lock somebody else out
    server.time.advance(milliseconds { 60'000 });
    QVERIFY(server.connects({}, "192.0.2.1")->logsIn(mei));
}

void SessionTest::signsUnknownDevicesOut()
{
    TestServer server;
    auto mei = server.account("mei");
    auto client = server.connects();
    client->hello();
    QCOMPARE(client->refusal(mei.login(client->serverId, client->challenge)), Code::unauthenticated);
    QCOMPARE(client->closeCode, 4401);
}

void SessionTest::remembersTheSendCounter()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto other = server.joins(bob);
    auto client = server.connects();
    const auto first = client->registers(mei);
    QCOMPARE(first->sendCounter, 0u);
    auto send = message(midOf(1), { &bob });
    send.sendCounter = 512;
    QVERIFY(client->ask<wire::Accepted>(send));
    const auto again = server.connects()->logsIn(mei);
    QVERIFY(again);
    QVERIFY(again->qepoch == first->qepoch);
    // Kept at least every 256 (security C23).
    QVERIFY2(again->sendCounter >= 256 && again->sendCounter <= 512, qPrintable(QString::number(again->sendCounter)));
}

void SessionTest::displacesTheOlderConnection()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto sender = server.joins(bob);
    auto older = server.joins(mei);
    auto newer = server.returns(mei);
    QCOMPARE(older->closeCode, 4409);
    QVERIFY(!newer->closeCode);
    QVERIFY(sender->ask<wire::Accepted>(message(midOf(1), { &mei })));
    QCOMPARE(newer->envelopes().size(), 1u);
    QVERIFY(older->envelopes().empty());
    QCOMPARE(server.sessions(), 2u);
}

/// LIM13: twelve of an account are never reached, because a device has one and an account at most six devices.
void SessionTest::holdsOneConnectionOfEachDevice()
{
    TestServer server;
    auto mei = server.account("mei");
    std::vector<std::unique_ptr<WireClient>> clients;
    clients.push_back(server.joins(mei));
    for (std::uint16_t number = 2; number <= wire::limits::devicesPerAccount; ++number)
        mei.addDevice(number);
    mei.setVersion(2);
    QVERIFY(clients.front()->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    for (int round = 0; round < 3; ++round) {
        for (std::uint16_t number = 1; number <= wire::limits::devicesPerAccount; ++number)
            clients.push_back(server.returns(mei, number));
        QCOMPARE(server.sessions(), std::size_t { wire::limits::devicesPerAccount });
        QCOMPARE(server.deliveryRoom.routes().connected(mei.id()).size(),
                 std::size_t { wire::limits::devicesPerAccount });
    }
    for (const auto &client : clients) {
        const bool newest =
            std::ranges::find(clients.end() - wire::limits::devicesPerAccount, clients.end(), client) != clients.end();
        QCOMPARE(client->closeCode.value_or(0), newest ? 0 : 4409);
    }
}

void SessionTest::closesAfterTenProtocolErrors()
{
    TestServer server;
    auto client = server.joins(server.account("mei"));
    for (int i = 0; i < 9; ++i)
        client->sendRaw(QByteArray("\xff\xff\xff", 3));
    QVERIFY(!client->closeCode);
    QVERIFY(client->ask<wire::Done>(wire::Heartbeat {}));
    client->sendRaw(QByteArray("\xff\xff\xff", 3));
    QCOMPARE(client->closeCode, 1008);
    QCOMPARE(client->heard<wire::Fault>().size(), 10u);
    for (const auto &fault : client->heard<wire::Fault>())
        QCOMPARE(fault.code, Code::invalid);
}

void SessionTest::answersUnknownFramesAndGoesOn()
{
    TestServer server;
    auto client = server.joins(server.account("mei"));
    // A frame with request id 77 and a type that no version knows: field 1, varint 77; field 500, empty.
    client->sendRaw(QByteArray("\x08\x4d\xa2\x1f\x00", 5));
    QCOMPARE(client->refusalOf(77), Code::invalid);
    QVERIFY(client->ask<wire::Done>(wire::Heartbeat {}));
}

void SessionTest::closesOversizedFrames()
{
    TestServer server;
    auto client = server.joins(server.account("mei"));
    client->sendRaw(QByteArray(128 * 1024 + 1, 'x'));
    QCOMPARE(client->closeCode, 1009);
}

void SessionTest::limitsTheFrameRate()
{
    TestServer server({ .rateFactor = 1 });
    auto client = server.joins(server.account("mei"));
    int answered = 0, refused = 0;
    for (int i = 0; i < 205; ++i) {
        const auto id = client->send(wire::Heartbeat {});
        answered += client->answer<wire::Done>(id) ? 1 : 0;
        refused += client->refusalOf(id) == Code::rate ? 1 : 0;
    }
    QCOMPARE(answered, 198); // 200 less Hello and Register
    QCOMPARE(refused, 7);
    server.time.advance(milliseconds { 1'000 });
    QVERIFY(client->ask<wire::Done>(wire::Heartbeat {}));
    for (int i = 0; i < 60; ++i)
        client->send(wire::Heartbeat {});
    QCOMPARE(client->closeCode, 1008);
}

void SessionTest::cutsOffAPeerThatReadsNoAnswers()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto client = server.joins(mei);
    auto other = server.joins(server.account("cat"));
    QVERIFY(client->ask<wire::Done>(wire::SetProfile { 1, QByteArray(16 * 1024, 'p') }));
    client->serverEnd->faults().stalled = true;
    for (int i = 0; i < 1'000 && server.sessions() == 2; ++i) {
        client->send(wire::FetchProfile { mei.id() });
        server.time.runUntilIdle();
        QVERIFY(!client->serverEnd || client->serverEnd->bytesToWrite() < 5 * 1024 * 1024);
    }
    QCOMPARE(server.sessions(), std::size_t { 1 });
    QCOMPARE(server.metrics.value("kith_slow_consumers_closed_total"), 1.0);
    QVERIFY(other->ask<wire::Done>(wire::Heartbeat {}));
}

void SessionTest::refusesTheRequestThatIsOneTooManyUnderWay()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto client = server.joins(mei);
    auto other = server.joins(bob);
    server.relate(bob, mei, wire::Relation::accepted);
    server.store.hangs = true;
    std::uint64_t last = 0;
    for (int i = 0; i <= 256; ++i) {
        QVERIFY(client->refusalOf(last) != Code::rate);
        last = client->send(message(midOf(i), { &bob }));
    }
    QVERIFY(client->refusalOf(last) == Code::rate);
    QVERIFY(!client->closeCode);
    QVERIFY(other->ask<wire::Done>(wire::Heartbeat {}));
}

void SessionTest::answersHeartbeats()
{
    TestServer server;
    auto client = server.joins(server.account("mei"));
    for (int i = 0; i < 10; ++i) {
        server.time.advance(milliseconds { 28'000 });
        QVERIFY(client->ask<wire::Done>(wire::Heartbeat {}));
    }
    QVERIFY(!client->closeCode);
}

void SessionTest::closesSilentConnections()
{
    TestServer server;
    auto client = server.joins(server.account("mei"));
    client->channel().faults().silent = true; // a pulled cable: no frame, no pong
    server.time.advance(milliseconds { 46'000 });
    QCOMPARE(server.sessions(), 0u);
    QCOMPARE(server.deliveryRoom.routes().size(), 0u);
    QCOMPARE(server.metrics.value("kith_connections_closed_total", "reason=\"1001\""), 1.0);
}

void SessionTest::answersEveryRequestOnce()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto other = server.joins(server.account("bob"));
    auto client = server.joins(mei);
    for (const auto &body : afterLogin(mei)) {
        if (std::holds_alternative<wire::DeleteAccount>(body))
            continue;
        const auto id = client->send(body);
        QVERIFY2(client->answers(id) == 1, wire::kindOf(body));
    }
    const auto id = client->send(wire::DeleteAccount {});
    QCOMPARE(client->answers(id), 1);
}

void SessionTest::saysGoodbye()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto client = server.joins(mei);
    server.newest()->goAway(milliseconds { 7'000 });
    server.time.runUntilIdle();
    const auto goodbye = client->heard<wire::GoAway>();
    QCOMPARE(goodbye.size(), 1u);
    QVERIFY(goodbye[0].retryAfter == milliseconds { 7'000 });
    QCOMPARE(client->closeCode, 1001);
    QCOMPARE(server.deliveryRoom.routes().size(), 0u);
}

void SessionTest::comesBackLaterWhenTheStoreIsDown()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto owner = server.joins(mei);
    server.store.opening = Error { ErrorCode::io, "down" };
    auto client = server.connects();
    client->hello();
    QCOMPARE(client->refusal(mei.login(client->serverId, client->challenge)), Code::unavailable);
    QCOMPARE(client->closeCode, 1013);
}

void SessionTest::survivesAPeerThatGoesAtAnyMoment()
{
    const auto story = [](TestServer &server, const TestAccount &mei, const TestAccount &bob, int frames) {
        auto client = server.connects();
        client->hello();
        std::vector<wire::ClientBody> bodies = afterLogin(bob);
        bodies.insert(bodies.begin(), mei.login(client->serverId, client->challenge));
        for (int i = 0; i < frames; ++i)
            client->channel().send(wire::encode(
                wire::ClientFrame { static_cast<std::uint64_t>(i) + 10, bodies.at(static_cast<std::size_t>(i)) }));
        client->channel().abort();
        server.time.runUntilIdle();
        return server.sessions();
    };
    for (int frames = 0; frames <= 12; ++frames) {
        TestServer server;
        const auto mei = server.account("mei"), bob = server.account("bob");
        server.joins(mei)->channel().abort();
        server.joins(bob)->channel().abort();
        server.time.runUntilIdle();
        QCOMPARE(story(server, mei, bob, frames), 0u);
        QCOMPARE(server.deliveryRoom.routes().size(), 0u);
    }
}

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
