// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ST4, ST6, ST8, ST9, ST23, AT2, AT6, FC4, ID2, ID3, security S3, S4, S5, S10, LIM2, LIM5, LIM6, LIM8,
// ERR4-ERR9, ERR13, delivery FI5, FI11
#include "tests/support/gateway/test_server.h"

#include <QtTest>

using namespace kith;
using namespace kith::support;
using Code = wire::ErrorCode;
using wire::Relation;

class SendingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deliversToAConnectedDevice();
    void stampsTheSender();
    void givesARepeatTheSameNumber();
    void namesMissingExtraAndStaleDevices();
    void sendsToOwnOtherDevices();
    void refusesMalformedMessages_data();
    void refusesMalformedMessages();
    void answersUnknownAndBlockedAlike();
    void admitsTenMessagesOfAStranger();
    void countsARepeatOnce();
    void answersARepeatAfterARefusal();
    void admitsAHundredStrangers();
    void limitsAPair();
    void acceptsWhileOneDeviceHasRoom();
    void refusesWhenNoDeviceHasRoom();
    void acceptsNothingOnAFullDisk();
    void keepsAnUnknownOutcomeUnknown();
    void completesAfterACrashWithTheSameNumber();
    void tellsTheSenderOfADeviceRemovedMeanwhile();
    void reachesTheRecipientWhenTheSenderLeaves();

private:
    struct Pair {
        explicit Pair(TestServer &server)
            : mei(server.account("mei"))
            , bob(server.account("bob"))
            , sender(server.joins(mei))
            , recipient(server.joins(bob))
        {
            server.relate(bob, mei, Relation::accepted);
        }
        TestAccount mei, bob;
        std::unique_ptr<WireClient> sender, recipient;
    };
};

void SendingTest::deliversToAConnectedDevice()
{
    TestServer server;
    Pair pair(server);
    const auto accepted = pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob }, "first"));
    QVERIFY(accepted);
    QVERIFY(accepted->mid == midOf(1));
    QCOMPARE(accepted->serverTime, server.time.now());
    const auto rows = pair.recipient->heard<wire::Deliver>();
    QCOMPARE(rows.size(), 1u);
    QCOMPARE(rows[0].qseq.value, 1u);
    const auto envelope = std::get<wire::Envelope>(rows[0].item);
    QVERIFY(envelope.sid == accepted->sid);
    QCOMPARE(envelope.serverTime, accepted->serverTime);
    QCOMPARE(envelope.content, QByteArray("first"));
    QCOMPARE(server.store.ranges, 2); // both drains; the live row was not read
    QCOMPARE(server.metrics.value("kith_messages_total", "kind=\"pair\",result=\"accepted\""), 1.0);
}

void SendingTest::stampsTheSender()
{
    TestServer server;
    Pair pair(server);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    QVERIFY(pair.recipient->envelopes().at(0).sender == pair.mei.device());
}

void SendingTest::givesARepeatTheSameNumber()
{
    TestServer server;
    Pair pair(server);
    const auto first = pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob }));
    server.time.advance(milliseconds { 10'000 });
    const auto again = server.returns(pair.mei)->ask<wire::Accepted>(message(midOf(1), { &pair.bob }));
    QVERIFY(first && again);
    QVERIFY(*first == *again);
    QCOMPARE(pair.recipient->envelopes().size(), 1u);
    QCOMPARE(server.metrics.value("kith_messages_total", "kind=\"pair\",result=\"duplicate\""), 1.0);
}

void SendingTest::namesMissingExtraAndStaleDevices()
{
    TestServer server;
    Pair pair(server);
    auto now = pair.bob;
    now.addDevice(2);
    QVERIFY(pair.recipient->ask<wire::Done>(wire::PublishDeviceList { now.signedList() }));

    auto send = message(midOf(1), { &pair.bob }); // version 1, device 1
    send.targets[0].ciphertexts.push_back({ 3, wire::CiphertextType::message, "x" });
    const auto mismatch = pair.sender->ask<wire::DeviceMismatch>(send);
    QVERIFY(mismatch);
    QCOMPARE(mismatch->accounts.size(), 1u);
    const auto &account = mismatch->accounts[0];
    QVERIFY(account.account == pair.bob.id());
    QCOMPARE(account.listVersion, 2u);
    QVERIFY(account.missing == std::vector<std::uint16_t> { 2 });
    QVERIFY(account.extra == std::vector<std::uint16_t> { 3 });
    QVERIFY(account.stale == std::vector<std::uint16_t> { 1 });
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 0u);

    auto right = message(midOf(1), { &now });
    right.targets[0].ciphertexts.push_back({ 2, wire::CiphertextType::preKey, "y" });
    QVERIFY(pair.sender->ask<wire::Accepted>(right));
}

void SendingTest::sendsToOwnOtherDevices()
{
    TestServer server;
    Pair pair(server);
    auto mine = pair.mei;
    mine.addDevice(2);
    QVERIFY(pair.sender->ask<wire::Done>(wire::PublishDeviceList { mine.signedList() }));
    auto second = server.returns(mine, 2);

    auto send = message(midOf(1), { &pair.bob });
    send.targets.push_back({ mine.id(), 2, { { 2, wire::CiphertextType::message, "sync" } } });
    const auto accepted = pair.sender->ask<wire::Accepted>(send);
    QVERIFY(accepted);
    QCOMPARE(second->envelopes().size(), 1u);
    QVERIFY(second->envelopes()[0].sid == accepted->sid);
    QVERIFY(pair.sender->envelopes().empty());

    send.mid = midOf(2);
    send.targets[1].ciphertexts.clear(); // leaving a device of one's own out is a mismatch as well
    const auto mismatch = pair.sender->ask<wire::DeviceMismatch>(send);
    QVERIFY(mismatch);
    QVERIFY(mismatch->accounts[0].missing == std::vector<std::uint16_t> { 2 });
}

void SendingTest::refusesMalformedMessages_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<Code>("refusal");
    QTest::newRow("no target") << "none" << Code::invalid;
    QTest::newRow("an account twice") << "account" << Code::invalid;
    QTest::newRow("a device twice") << "device" << Code::invalid;
    QTest::newRow("the sender itself") << "self" << Code::invalid;
    QTest::newRow("over 96 KiB") << "large" << Code::tooLarge;
}

void SendingTest::refusesMalformedMessages()
{
    QFETCH(QString, change);
    QFETCH(Code, refusal);
    TestServer server;
    Pair pair(server);
    auto send = message(midOf(1), { &pair.bob });
    if (change == "none")
        send.targets.clear();
    if (change == "account")
        send.targets.push_back(send.targets[0]);
    if (change == "device")
        send.targets[0].ciphertexts.push_back(send.targets[0].ciphertexts[0]);
    if (change == "self")
        send = message(midOf(1), { &pair.mei });
    if (change == "large")
        send.targets[0].ciphertexts[0].content = QByteArray(96 * 1024 + 1, 'x');
    // Past the codec, which refuses some of these itself.
    const auto outcome = valueOf(server.deliveryRoom.send(pair.mei.device(), send));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, refusal);
    QCOMPARE(server.store.accepts, 0);
}

void SendingTest::answersUnknownAndBlockedAlike()
{
    TestServer server;
    Pair pair(server);
    const auto ghost = server.account("ghost");
    const auto unknown = pair.sender->ask<wire::Fault>(message(midOf(1), { &ghost }));
    QVERIFY(unknown);
    QCOMPARE(unknown->code, Code::notFound);
    server.relate(pair.bob, pair.mei, Relation::blocked);
    QVERIFY(pair.sender->ask<wire::Fault>(message(midOf(2), { &pair.bob })) == unknown);
    auto stale = message(midOf(3), { &pair.bob });
    stale.targets[0].listVersion = 7; // not even a mismatch tells them apart
    QVERIFY(pair.sender->ask<wire::Fault>(stale) == unknown);
    QVERIFY(pair.recipient->envelopes().empty());
}

void SendingTest::admitsTenMessagesOfAStranger()
{
    TestServer server;
    Pair pair(server);
    server.relate(pair.bob, pair.mei, Relation::none);
    for (int i = 1; i <= 10; ++i)
        QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(i), { &pair.bob })));
    for (int i = 11; i <= 15; ++i)
        QCOMPARE(pair.sender->refusal(message(midOf(i), { &pair.bob })), Code::notFound);
    QCOMPARE(pair.recipient->envelopes().size(), 10u);
    server.relate(pair.bob, pair.mei, Relation::accepted);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(20), { &pair.bob })));
}

void SendingTest::countsARepeatOnce()
{
    TestServer server;
    Pair pair(server);
    server.relate(pair.bob, pair.mei, Relation::none);
    for (int i = 1; i <= 10; ++i)
        QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(i), { &pair.bob })));
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(10), { &pair.bob }))); // its answer was lost
    QCOMPARE(pair.recipient->envelopes().size(), 10u);
}

void SendingTest::answersARepeatAfterARefusal()
{
    TestServer server;
    Pair pair(server);
    server.relate(pair.bob, pair.mei, Relation::none);
    std::optional<wire::Accepted> tenth;
    for (int i = 1; i <= 10; ++i)
        tenth = pair.sender->ask<wire::Accepted>(message(midOf(i), { &pair.bob }));
    QCOMPARE(pair.sender->refusal(message(midOf(11), { &pair.bob })), Code::notFound);
    const auto again = pair.sender->ask<wire::Accepted>(message(midOf(10), { &pair.bob })); // its answer was lost
    QVERIFY(tenth && again);
    QVERIFY(again->sid == tenth->sid);
    QCOMPARE(pair.sender->refusal(message(midOf(11), { &pair.bob })), Code::notFound);
}

void SendingTest::admitsAHundredStrangers()
{
    TestServer server;
    const auto bob = server.account("bob");
    auto recipient = server.joins(bob);
    for (int i = 0; i < 101; ++i) {
        auto stranger = server.joins(server.account("eve" + std::to_string(i)));
        const auto id = stranger->send(message(midOf(i), { &bob }));
        QCOMPARE(stranger->answer<wire::Accepted>(id).has_value(), i < 100);
        if (i == 100)
            QCOMPARE(stranger->refusalOf(id), Code::notFound);
    }
}

void SendingTest::limitsAPair()
{
    TestServer server({ .rateFactor = 1 });
    Pair pair(server);
    const auto other = server.account("cat");
    auto third = server.joins(other);
    for (int i = 1; i <= 60; ++i)
        QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(i), { &pair.bob })));
    const auto refused = pair.sender->ask<wire::Fault>(message(midOf(61), { &pair.bob }));
    QVERIFY(refused);
    QCOMPARE(refused->code, Code::rate);
    QVERIFY(refused->retryAfter);
    QVERIFY(*refused->retryAfter > milliseconds { 0 } && *refused->retryAfter <= milliseconds { 1'001 });
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(62), { &other })));
    server.time.advance(*refused->retryAfter);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(61), { &pair.bob })));
}

void SendingTest::acceptsWhileOneDeviceHasRoom()
{
    TestServer::Options options;
    options.queues.limits.messages = 2;
    TestServer server(options);
    Pair pair(server);
    auto now = pair.bob;
    now.addDevice(2);
    QVERIFY(pair.recipient->ask<wire::Done>(wire::PublishDeviceList { now.signedList() }));
    auto second = server.returns(now, 2);
    second->acknowledgeAlways(false);
    const auto send = [&](int mid) {
        auto both = message(midOf(mid), { &now });
        both.targets[0].ciphertexts.push_back({ 2, wire::CiphertextType::message, "y" });
        return both;
    };
    for (int i = 1; i <= 4; ++i)
        QVERIFY(pair.sender->ask<wire::Accepted>(send(i)));
    QCOMPARE(second->envelopes().size(), 4u);
    QCOMPARE(pair.recipient->envelopes().size(), 2u); // it acknowledges nothing
    const auto rows = pair.recipient->heard<wire::Deliver>();
    QVERIFY(std::holds_alternative<wire::Missed>(rows.at(2).item));
}

void SendingTest::refusesWhenNoDeviceHasRoom()
{
    TestServer::Options options;
    options.queues.limits.messages = 2;
    TestServer server(options);
    Pair pair(server);
    for (int i = 1; i <= 2; ++i)
        QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(i), { &pair.bob })));
    const auto refused = pair.sender->ask<wire::Fault>(message(midOf(3), { &pair.bob }));
    QVERIFY(refused);
    QCOMPARE(refused->code, Code::queueFull);
    QVERIFY(wire::isRetryable(refused->code) && refused->retryAfter);
    pair.recipient->acknowledge({ 1 }, { 2 }, true);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(3), { &pair.bob })));
    QCOMPARE(pair.recipient->envelopes().size(), 3u);
}

void SendingTest::acceptsNothingOnAFullDisk()
{
    TestServer server;
    Pair pair(server);
    for (const auto &error : { Error { ErrorCode::full, "disk" }, Error { ErrorCode::io, "write" } }) {
        server.store.accepting = error;
        const auto refused = pair.sender->ask<wire::Fault>(message(midOf(1), { &pair.bob }));
        QVERIFY(refused);
        QCOMPARE(refused->code, Code::unavailable);
        QVERIFY(wire::isRetryable(refused->code) && refused->retryAfter);
    }
    QVERIFY(pair.recipient->envelopes().empty());
    server.store.accepting.reset();
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    QCOMPARE(pair.recipient->envelopes().size(), 1u);
}

void SendingTest::keepsAnUnknownOutcomeUnknown()
{
    TestServer server;
    Pair pair(server);
    server.store.losesAnswers = true; // stored, but the store could not say so
    QCOMPARE(pair.sender->refusal(message(midOf(1), { &pair.bob })), Code::unavailable);
    server.store.losesAnswers = false;
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 1u);
    QCOMPARE(pair.recipient->envelopes().size(), 1u);
}

void SendingTest::completesAfterACrashWithTheSameNumber()
{
    TestServer::Options options;
    options.queues.weak = true;
    TestServer server(options);
    Pair pair(server);
    auto now = pair.bob;
    now.addDevice(2);
    QVERIFY(pair.recipient->ask<wire::Done>(wire::PublishDeviceList { now.signedList() }));
    auto second = server.returns(now, 2);
    auto send = message(midOf(1), { &now });
    send.targets[0].ciphertexts.push_back({ 2, wire::CiphertextType::message, "y" });

    server.queues.crashAfter(1); // the home row and one of two rows are written
    QCOMPARE(pair.sender->refusal(send), Code::unavailable);
    QCOMPARE(server.queues.crashes(), 1);
    const auto first = pair.sender->ask<wire::Accepted>(send);
    const auto again = pair.sender->ask<wire::Accepted>(send);
    QVERIFY(first && again);
    QVERIFY(*first == *again);
    QCOMPARE(pair.recipient->envelopes().size(), 1u);
    QCOMPARE(second->envelopes().size(), 1u);
    QVERIFY(pair.recipient->envelopes()[0].sid == first->sid);
    QVERIFY(second->envelopes()[0].sid == first->sid);
}

void SendingTest::tellsTheSenderOfADeviceRemovedMeanwhile()
{
    TestServer server;
    Pair pair(server);
    QVERIFY(valueOf(server.queues.close(pair.bob.device()))); // between the check and the append
    const auto mismatch = pair.sender->ask<wire::DeviceMismatch>(message(midOf(1), { &pair.bob }));
    QVERIFY(mismatch);
    QVERIFY(mismatch->accounts.at(0).extra == std::vector<std::uint16_t> { 1 });
}

void SendingTest::reachesTheRecipientWhenTheSenderLeaves()
{
    TestServer server;
    Pair pair(server);
    const auto outcome = server.deliveryRoom.send(pair.mei.device(), message(midOf(1), { &pair.bob }));
    Q_UNUSED(outcome); // nobody waits for the answer
    server.time.runUntilIdle();
    QCOMPARE(pair.recipient->envelopes().size(), 1u);
}

QTEST_GUILESS_MAIN(SendingTest)
#include "tst_sending.moc"
