// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery AT1, AT2, AT3, AT6, FI11
#include "tests/contract/store_fixture.h"
#include "tests/support/server/await.h"
#include "tests/support/server/faulty_message_queue.h"
#include "tests/support/server/memory_message_queue.h"

#include <QTest>

#include <set>

using namespace kith;
using namespace kith::server;
using contract::deviceOf;
using contract::midOf;
using support::await;
using support::FaultyMessageQueue;
using support::MemoryMessageQueue;

/// What callers must be able to build on a store that promises no more than one partition at a time.
class TestWeakQueue : public QObject {
    Q_OBJECT

    const DeviceId alice_ = deviceOf(1);
    support::VirtualTime time_;

    AcceptRequest request(int mid) const
    {
        AcceptRequest request { alice_, midOf(mid), 0, {} };
        for (std::uint16_t device = 1; device <= 5; ++device)
            request.appends.push_back({ deviceOf(2, device), wire::CiphertextType::message, "sealed" });
        return request;
    }
    static std::vector<QueueRow> rows(MessageQueue &queue, const DeviceId &device)
    {
        return await(queue.range(device, {}, 200))->rows;
    }

private Q_SLOTS:
    void aResendCompletesWhatACrashLeft()
    {
        qInfo("seed 3");
        SeededRandom random(3);
        MemoryMessageQueue queue(time_, random, { {}, true, 4, 1 });
        std::set<std::uint64_t> sids;
        for (int mid = 1; mid <= 100; ++mid) {
            auto accepted = await(queue.accept(request(mid)));
            while (!accepted)
                accepted = await(queue.accept(request(mid)));
            sids.insert(accepted->sid.value);
        }
        QVERIFY(queue.crashes() > 50);
        QCOMPARE(sids.size(), std::size_t { 100 });
        for (std::uint16_t device = 1; device <= 5; ++device) {
            const auto queued = rows(queue, deviceOf(2, device));
            QCOMPARE(queued.size(), std::size_t { 100 });
            for (std::size_t i = 0; i < queued.size(); ++i) {
                QCOMPARE(queued[i].qseq.value, i + 1);
                QVERIFY(sids.contains(std::get<wire::Envelope>(queued[i].item).sid.value));
            }
        }
    }

    void aCrashLeavesTheHomeRowAndSomeOfTheRest()
    {
        qInfo("seed 4");
        SeededRandom random(4);
        MemoryMessageQueue queue(time_, random, { {}, true, 0, 1 });
        queue.crashAfter(2);
        QCOMPARE(await(queue.accept(request(1))).error().code, ErrorCode::io);
        std::size_t there = 0;
        for (std::uint16_t device = 1; device <= 5; ++device)
            there += rows(queue, deviceOf(2, device)).size();
        QCOMPARE(there, std::size_t { 2 });
        QVERIFY(await(queue.accept(request(1)))->duplicate);
    }

    void theSenderIsToldBeforeTheRowGoes()
    {
        qInfo("seed 5");
        SeededRandom random(5);
        for (int steps = 0; steps <= 1; ++steps) {
            MemoryMessageQueue queue(time_, random, { {}, true, 0, 1 });
            QVERIFY(await(queue.accept(request(1))).ok());
            const auto bob = deviceOf(2, 1);
            queue.crashAfter(steps);
            QVERIFY(!await(queue.settle({ { bob, { 1 }, true } })).ok());
            QCOMPARE(rows(queue, bob).size(), std::size_t { 1 });
            QCOMPARE(rows(queue, alice_).size(), std::size_t(steps));
            QCOMPARE(await(queue.settle({ { bob, { 1 }, true } }))->removed, std::uint64_t { 1 });
            QVERIFY(!rows(queue, alice_).empty());
        }
    }

    void anUnknownOutcomeIsRepeatedSafely_data()
    {
        QTest::addColumn<int>("when");
        QTest::newRow("nothing was done") << int(FaultyMessageQueue::When::before);
        QTest::newRow("all was done") << int(FaultyMessageQueue::When::after);
    }
    void anUnknownOutcomeIsRepeatedSafely()
    {
        QFETCH(int, when);
        qInfo("seed 6");
        SeededRandom random(6);
        MemoryMessageQueue inner(time_, random);
        FaultyMessageQueue queue(inner);
        queue.fail(FaultyMessageQueue::Call::accept, 2, FaultyMessageQueue::When(when));
        QVERIFY(await(queue.accept(request(1))).ok());
        QCOMPARE(await(queue.accept(request(2))).error().code, ErrorCode::io);
        QVERIFY(await(queue.accept(request(2))).ok());
        QCOMPARE(queue.fired(), 1);
        QCOMPARE(rows(queue, deviceOf(2, 1)).size(), std::size_t { 2 });
    }
};

QTEST_GUILESS_MAIN(TestWeakQueue)
#include "tst_weak_queue.moc"
