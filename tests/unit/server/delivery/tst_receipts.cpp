// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery AT3, ST13, ST17, ST18, FC3, ACK4, ACK5, ACK6, security S11, C28, C30, delivery c9, s5, s6
#include "tests/support/gateway/test_server.h"

#include <QtTest>

using namespace kith;
using namespace kith::support;
using wire::Relation;

class ReceiptsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheSenderAndDeletes();
    void queuesTheReceiptForAnOfflineSender();
    void tellsNobodyWithoutReceipt();
    void tellsNoStranger();
    void tellsNobodyOfOwnCopies();
    void redeliversAfterLostAck();
    void settlesAgainAfterACrashBetweenEffectAndDelete();
    void retriesWhenTheStoreIsDown();
    void settlesWhatWasAcknowledgedBeforeTheEnd();
    void ignoresRowsThatWereNotPushed();
    void relaysTypingToContactsOnly();
    void relaysTypingOncePerFiveSeconds();

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

void ReceiptsTest::tellsTheSenderAndDeletes()
{
    TestServer server;
    Pair pair(server);
    for (int i = 1; i <= 3; ++i)
        QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(i), { &pair.bob })));
    pair.recipient->acknowledge({ 1 }, { 3 }, true);
    QCOMPARE(server.store.settles, 1); // what comes in one turn goes in one batch
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 0u);
    std::vector<Mid> mids;
    for (const auto &event : pair.sender->delivered()) {
        QVERIFY(event.recipient == pair.bob.id());
        mids.insert(mids.end(), event.mids.begin(), event.mids.end());
    }
    QVERIFY(mids == (std::vector<Mid> { midOf(1), midOf(2), midOf(3) }));
}

void ReceiptsTest::queuesTheReceiptForAnOfflineSender()
{
    TestServer server;
    Pair pair(server);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    pair.sender->channel().abort();
    server.time.runUntilIdle();
    pair.recipient->acknowledge({ 1 }, { 1 }, true);
    auto again = server.returns(pair.mei);
    QCOMPARE(again->delivered().size(), 1u);
    QVERIFY(again->delivered()[0].mids == std::vector<Mid> { midOf(1) });
}

void ReceiptsTest::tellsNobodyWithoutReceipt()
{
    TestServer server;
    Pair pair(server);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    pair.recipient->acknowledge({ 1 }, { 1 }, false);
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 0u);
    QVERIFY(pair.sender->delivered().empty());
    QCOMPARE(server.queueOf(pair.mei.device()).last.value, 0u);
}

void ReceiptsTest::tellsNoStranger()
{
    TestServer server;
    Pair pair(server);
    for (const auto relation : { Relation::none, Relation::blocked }) {
        server.relate(pair.bob, pair.mei, Relation::none);
        const auto mid = midOf(relation == Relation::none ? 1 : 2);
        QVERIFY(pair.sender->ask<wire::Accepted>(message(mid, { &pair.bob })));
        server.relate(pair.bob, pair.mei, relation);
        pair.recipient->acknowledge({ 1 }, { 9 }, true); // the client says yes, the server does not believe it
        QCOMPARE(server.queueOf(pair.bob.device()).messages, 0u);
        QVERIFY(pair.sender->delivered().empty());
    }
}

void ReceiptsTest::tellsNobodyOfOwnCopies()
{
    TestServer server;
    auto mei = server.account("mei");
    auto first = server.joins(mei);
    mei.addDevice(2);
    QVERIFY(first->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    auto second = server.returns(mei, 2);
    wire::SendMessage send { midOf(1), { { mei.id(), 2, { { 2, wire::CiphertextType::message, "x" } } } }, 1 };
    QVERIFY(first->ask<wire::Accepted>(send));
    second->acknowledge({ 1 }, { 1 }, true);
    QCOMPARE(server.queueOf(mei.device(2)).messages, 0u);
    QVERIFY(first->delivered().empty());
}

void ReceiptsTest::redeliversAfterLostAck()
{
    TestServer server;
    Pair pair(server);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    QCOMPARE(pair.recipient->envelopes().size(), 1u);
    pair.recipient->channel().faults().silent = true; // stored and acknowledged, but the ack never arrives
    pair.recipient->acknowledge({ 1 }, { 1 }, true);
    auto again = server.returns(pair.bob);
    QCOMPARE(again->envelopes().size(), 1u);
    QVERIFY(again->envelopes()[0] == pair.recipient->envelopes()[0]);
    again->acknowledge({ 1 }, { 1 }, true);
    QCOMPARE(pair.sender->delivered().size(), 1u);
    QVERIFY(server.returns(pair.bob)->envelopes().empty());
}

void ReceiptsTest::settlesAgainAfterACrashBetweenEffectAndDelete()
{
    TestServer::Options options;
    options.queues.weak = true;
    TestServer server(options);
    Pair pair(server);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    server.queues.crashAfter(1); // the event is queued, the row is still there
    pair.recipient->acknowledge({ 1 }, { 1 }, true);
    QCOMPARE(server.queues.crashes(), 1);
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 1u);
    server.time.advance(milliseconds { 2'000 });
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 0u);
    QVERIFY(!pair.sender->delivered().empty()); // perhaps twice: the status is monotone (ST18)
    for (const auto &event : pair.sender->delivered())
        QVERIFY(event.mids == std::vector<Mid> { midOf(1) });
}

void ReceiptsTest::retriesWhenTheStoreIsDown()
{
    TestServer server;
    Pair pair(server);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    server.store.settling = Error { ErrorCode::io, "down" };
    pair.recipient->acknowledge({ 1 }, { 1 }, true);
    server.time.advance(milliseconds { 5'000 });
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 1u);
    server.store.settling.reset();
    server.time.advance(milliseconds { 1'000 });
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 0u);
    QCOMPARE(pair.sender->delivered().size(), 1u);
}

void ReceiptsTest::settlesWhatWasAcknowledgedBeforeTheEnd()
{
    TestServer server;
    Pair pair(server);
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    server.store.settling = Error { ErrorCode::io, "down" };
    pair.recipient->acknowledge({ 1 }, { 1 }, true);
    server.store.settling.reset();
    pair.recipient->channel().abort(); // before the retry is due
    server.time.runUntilIdle();
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 0u);
    QCOMPARE(pair.sender->delivered().size(), 1u);
}

void ReceiptsTest::ignoresRowsThatWereNotPushed()
{
    TestServer server;
    Pair pair(server);
    pair.recipient->acknowledge({ 1 }, { 100 }, true); // ahead of everything
    QVERIFY(pair.sender->ask<wire::Accepted>(message(midOf(1), { &pair.bob })));
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 1u);
    pair.sender->acknowledge({ 1 }, { 1 }, true); // another device's row
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 1u);
    QCOMPARE(server.store.settles, 0);
}

void ReceiptsTest::relaysTypingToContactsOnly()
{
    TestServer server;
    Pair pair(server);
    const auto eve = server.account("eve");
    auto stranger = server.joins(eve);
    stranger->sendUnanswered(wire::Ephemeral { pair.bob.id(), 0, "typing" });
    QVERIFY(pair.recipient->heard<wire::Ephemeral>().empty());
    pair.sender->sendUnanswered(wire::Ephemeral { pair.bob.id(), 0, "typing" });
    const auto heard = pair.recipient->heard<wire::Ephemeral>();
    QCOMPARE(heard.size(), 1u);
    QVERIFY(heard[0] == (wire::Ephemeral { pair.mei.id(), 1, "typing" }));
    QCOMPARE(server.queueOf(pair.bob.device()).last.value, 0u); // never stored
}

void ReceiptsTest::relaysTypingOncePerFiveSeconds()
{
    TestServer server({ .rateFactor = 1 });
    Pair pair(server);
    for (int second = 0; second < 10; ++second) {
        pair.sender->sendUnanswered(wire::Ephemeral { pair.bob.id(), 0, "typing" });
        server.time.advance(milliseconds { 1'000 });
    }
    QCOMPARE(pair.recipient->heard<wire::Ephemeral>().size(), 2u);
}

QTEST_GUILESS_MAIN(ReceiptsTest)
#include "tst_receipts.moc"
