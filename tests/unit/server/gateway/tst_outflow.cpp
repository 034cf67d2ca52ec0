// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ST10, ST11, ACK3, ACK10, AT7, ID3, security S7, LIM8, delivery FI8
#include "tests/support/gateway/test_server.h"

#include <QtTest>

using namespace kith;
using namespace kith::support;

class OutflowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drainsInOrderThenSaysSo();
    void saysDrainedOfAnEmptyQueue();
    void pushesAtMostAWindow();
    void pushesAtMostAMebibyte();
    void stopsForASocketThatDoesNotDrain();
    void closesWithoutProgress();
    void staysWithSlowProgress();
    void pushesRowsBeyondTheFirstPage();
    void readsAGap();
    void healsALostHint();
    void ignoresAnOldHint();
    void redeliversWhatWasNotAcknowledged();
    void skipsAcknowledgedHoles();
    void triesAgainWhenReadingFails();
    void deliversWhatArrivesWhileDraining();

private:
    struct Pair {
        explicit Pair(TestServer &server)
            : mei(server.account("mei"))
            , bob(server.account("bob"))
            , sender(server.joins(mei))
        {
            server.joins(bob)->channel().abort();
            server.time.runUntilIdle();
            server.relate(bob, mei, wire::Relation::accepted);
            sender->acknowledgeAlways(false);
        }
        void send(int first, int last, const QByteArray &content = "x") const
        {
            for (int i = first; i <= last; ++i)
                QVERIFY(sender->ask<wire::Accepted>(message(midOf(i), { &bob }, content)));
        }
        TestAccount mei, bob;
        std::unique_ptr<WireClient> sender;
    };
    static std::vector<std::uint64_t> rowsOf(const WireClient &client)
    {
        std::vector<std::uint64_t> rows;
        for (const auto &row : client.heard<wire::Deliver>())
            rows.push_back(row.qseq.value);
        return rows;
    }
    static std::vector<std::uint64_t> upTo(std::uint64_t last, std::uint64_t first = 1)
    {
        std::vector<std::uint64_t> rows;
        for (auto i = first; i <= last; ++i)
            rows.push_back(i);
        return rows;
    }
};

void OutflowTest::drainsInOrderThenSaysSo()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 5);
    auto client = server.returns(pair.bob);
    QVERIFY(rowsOf(*client) == upTo(5));
    const auto drained = client->heard<wire::Drained>();
    QCOMPARE(drained.size(), 1u);
    QCOMPARE(drained[0].qseq.value, 5u);
    QVERIFY(std::holds_alternative<wire::Drained>(client->frames.back().body));
}

void OutflowTest::saysDrainedOfAnEmptyQueue()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 3);
    server.returns(pair.bob)->acknowledge({ 1 }, { 3 }, true);
    auto client = server.returns(pair.bob);
    QVERIFY(rowsOf(*client).empty());
    QCOMPARE(client->heard<wire::Drained>().at(0).qseq.value, 3u);
    const int reads = server.store.ranges;
    pair.send(4, 4);
    QVERIFY(rowsOf(*client) == upTo(4, 4));
    QCOMPARE(server.store.ranges, reads + 0); // it follows the head: pushed without reading
}

void OutflowTest::pushesAtMostAWindow()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 100);
    auto client = server.returns(pair.bob);
    QVERIFY(rowsOf(*client) == upTo(64));
    QVERIFY(client->heard<wire::Drained>().empty());
    client->acknowledge({ 1 }, { 10 }, true);
    QVERIFY(rowsOf(*client) == upTo(74));
    pair.send(101, 101); // new rows wait behind
    QVERIFY(rowsOf(*client) == upTo(74));
    client->acknowledge({ 11 }, { 74 }, true);
    QVERIFY(rowsOf(*client) == upTo(101));
    QCOMPARE(client->heard<wire::Drained>().size(), 1u);
    QVERIFY(server.metrics.value("kith_ws_backpressure_total") >= 1);
}

void OutflowTest::pushesAtMostAMebibyte()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 20, QByteArray(90 * 1024, 'x'));
    auto client = server.returns(pair.bob);
    QVERIFY(rowsOf(*client) == upTo(12)); // 12 x 90 KiB is the first sum over 1 MiB
    client->acknowledge({ 1 }, { 1 }, true);
    QVERIFY(rowsOf(*client) == upTo(13));
}

void OutflowTest::stopsForASocketThatDoesNotDrain()
{
    TestServer::Options options;
    options.session.windowBytes = 64 * 1024 * 1024; // so that the socket is what stops it
    TestServer server(options);
    Pair pair(server);
    auto client = server.returns(pair.bob);
    auto other = server.joins(server.account("cat"));
    client->serverEnd->faults().stalled = true;
    pair.send(1, 30, QByteArray(90 * 1024, 'x'));
    QVERIFY(client->serverEnd->bytesToWrite() < 1024 * 1024 + 100 * 1024);
    QVERIFY(rowsOf(*client).empty());
    QVERIFY(other->ask<wire::Done>(wire::Heartbeat {})); // nobody else waits
    client->serverEnd->resume();
    server.time.runUntilIdle();
    QVERIFY(rowsOf(*client) == upTo(30));
}

void OutflowTest::closesWithoutProgress()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 2);
    auto client = server.returns(pair.bob);
    for (int i = 0; i < 2; ++i) { // alive, but it acknowledges nothing
        server.time.advance(milliseconds { 29'000 });
        QVERIFY(client->ask<wire::Done>(wire::Heartbeat {}));
    }
    server.time.advance(milliseconds { 3'000 });
    QCOMPARE(client->closeCode, 1013);
    QCOMPARE(server.metrics.value("kith_slow_consumers_closed_total"), 1.0);
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 2u);
}

void OutflowTest::staysWithSlowProgress()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 5);
    auto client = server.returns(pair.bob);
    for (std::uint64_t i = 1; i <= 5; ++i) {
        server.time.advance(milliseconds { 25'000 });
        client->send(wire::Heartbeat {});
        server.time.advance(milliseconds { 25'000 });
        client->acknowledge({ i }, { i }, true);
    }
    server.time.advance(milliseconds { 20'000 });
    QVERIFY(!client->closeCode);
    pair.send(6, 6); // the wait starts anew with the next row
    client->send(wire::Heartbeat {});
    server.time.advance(milliseconds { 40'000 });
    QVERIFY(!client->closeCode);
}

void OutflowTest::pushesRowsBeyondTheFirstPage()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 300);
    auto client = server.connects();
    client->acknowledgeAlways(true);
    QVERIFY(client->logsIn(pair.bob));
    QVERIFY(rowsOf(*client) == upTo(300));
    QCOMPARE(client->heard<wire::Drained>().at(0).qseq.value, 300u);
    QCOMPARE(server.queueOf(pair.bob.device()).messages, 0u);
}

void OutflowTest::readsAGap()
{
    TestServer server;
    Pair pair(server);
    auto client = server.returns(pair.bob);
    // Two rows of which nobody told us, then one whose hint comes.
    server::AcceptRequest silent {
        pair.mei.device(), midOf(1), 1, { { pair.bob.device(), wire::CiphertextType::message, "a" } }
    };
    QVERIFY(valueOf(server.queues.accept(silent)));
    silent.mid = midOf(2);
    QVERIFY(valueOf(server.queues.accept(silent)));
    QVERIFY(rowsOf(*client).empty());
    pair.send(3, 3);
    QVERIFY(rowsOf(*client) == upTo(3));
}

void OutflowTest::healsALostHint()
{
    TestServer server;
    Pair pair(server);
    auto client = server.returns(pair.bob);
    const server::AcceptRequest silent {
        pair.mei.device(), midOf(1), 1, { { pair.bob.device(), wire::CiphertextType::message, "a" } }
    };
    QVERIFY(valueOf(server.queues.accept(silent)));
    server.time.advance(milliseconds { 25'000 });
    client->send(wire::Heartbeat {});
    server.time.advance(milliseconds { 25'000 });
    QVERIFY(rowsOf(*client) == upTo(1));
}

void OutflowTest::ignoresAnOldHint()
{
    TestServer server;
    Pair pair(server);
    auto client = server.returns(pair.bob);
    pair.send(1, 2);
    pair.send(1, 1); // a repeat: its hint names row 1 again
    server.deliveryRoom.hint({ pair.bob.device() });
    server.time.runUntilIdle();
    QVERIFY(rowsOf(*client) == upTo(2));
}

void OutflowTest::redeliversWhatWasNotAcknowledged()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 5);
    auto first = server.returns(pair.bob);
    first->acknowledge({ 2 }, { 3 }, true);
    first->channel().abort();
    server.time.runUntilIdle();
    QCOMPARE(server.metrics.value("kith_redelivered_total"), 3.0);
    auto second = server.returns(pair.bob);
    QVERIFY(rowsOf(*second) == (std::vector<std::uint64_t> { 1, 4, 5 }));
    QVERIFY(second->envelopes()[0] == first->envelopes()[0]);
}

void OutflowTest::skipsAcknowledgedHoles()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 4);
    auto first = server.returns(pair.bob);
    first->acknowledge({ 4 }, { 4 }, true);
    auto second = server.returns(pair.bob);
    QVERIFY(rowsOf(*second) == upTo(3));
    QCOMPARE(second->heard<wire::Drained>().at(0).qseq.value, 4u);
    pair.send(5, 5);
    QCOMPARE(rowsOf(*second).back(), 5u);
}

void OutflowTest::triesAgainWhenReadingFails()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 2);
    server.store.reading = Error { ErrorCode::io, "down" };
    auto client = server.returns(pair.bob);
    server.time.advance(milliseconds { 3'000 });
    QVERIFY(rowsOf(*client).empty());
    QVERIFY(client->heard<wire::Drained>().empty()); // nobody knows yet
    server.store.reading.reset();
    server.time.advance(milliseconds { 1'000 });
    QVERIFY(rowsOf(*client) == upTo(2));
    QCOMPARE(client->heard<wire::Drained>().size(), 1u);
}

void OutflowTest::deliversWhatArrivesWhileDraining()
{
    TestServer server;
    Pair pair(server);
    pair.send(1, 70);
    auto client = server.returns(pair.bob);
    pair.send(71, 72);
    client->acknowledgeAlways(true);
    client->acknowledge({ 1 }, { 64 }, true);
    QVERIFY(rowsOf(*client) == upTo(72));
    QCOMPARE(client->heard<wire::Drained>().size(), 1u);
    QVERIFY(client->heard<wire::Drained>()[0].qseq.value >= 70);
}

QTEST_GUILESS_MAIN(OutflowTest)
#include "tst_outflow.moc"
