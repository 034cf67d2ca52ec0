// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ID2, ID3, ID7, AT2, AT3, ST4, ST10, ST11, ST17, ST22, ST23; security S6, S16, LIM8
#include "server/ports/snowflake.h"
#include "tests/contract/store_fixture.h"
#include "tests/support/server/await.h"

#include <QTest>
#include <QThread>

#include <set>

using namespace kith;
using namespace kith::server;
using contract::deviceOf;
using contract::midOf;
using std::chrono::hours;
using support::await;

class TestMessageQueue : public QObject {
    Q_OBJECT

    const DeviceId alice_ = deviceOf(1), bob_ = deviceOf(2), bobs_ = deviceOf(2, 2), ours_ = deviceOf(1, 2);
    std::unique_ptr<contract::StoreFixture> store_;

    MessageQueue &queue() { return store_->queue(); }
    void useLimits(QueueLimits limits)
    {
        QFETCH_GLOBAL(QString, store);
        store_ = contract::StoreFixture::make(store.toStdString(), limits);
    }
    Result<AcceptResult> send(int mid, const std::vector<DeviceId> &to, const QByteArray &content = "sealed",
                              std::uint64_t counter = 0)
    {
        AcceptRequest request { alice_, midOf(mid), counter, {} };
        for (const auto &device : to)
            request.appends.push_back({ device, wire::CiphertextType::message, content });
        return await(queue().accept(std::move(request)));
    }
    /// For a send that only prepares what is tested.
    void sent(int mid, const std::vector<DeviceId> &to, const QByteArray &content = "sealed", std::uint64_t counter = 0)
    {
        if (!send(mid, to, content, counter))
            qFatal("a send failed");
    }
    std::vector<QueueRow> rows(const DeviceId &device, Qseq after = {})
    {
        auto page = await(queue().range(device, after, 200));
        return page ? page->rows : std::vector<QueueRow> {};
    }
    Settled settle(const DeviceId &device, std::vector<std::uint64_t> qseqs, bool receipt)
    {
        std::vector<Settle> acks;
        for (const auto qseq : qseqs)
            acks.push_back({ device, { qseq }, receipt });
        auto settled = await(queue().settle(acks));
        return settled ? *settled : Settled {};
    }
    QueueState state(const DeviceId &device) { return *await(queue().state(device)); }
    std::vector<DeviceId> sweep(int limit = 1000) { return *await(queue().sweep(store_->time().now(), limit)); }

private Q_SLOTS:
    void initTestCase_data() { contract::StoreFixture::addRows(); }
    void init() { useLimits({}); }
    void cleanup() { store_.reset(); }

    void givesOneSidAndRowsInOrder()
    {
        for (int mid = 1; mid <= 3; ++mid) {
            const auto accepted = send(mid, { bob_, bobs_ }, QByteArray::number(mid));
            QVERIFY(accepted.ok());
            QCOMPARE(accepted->serverTime, store_->time().now());
            QCOMPARE(accepted->appended.size(), std::size_t { 2 });
            QCOMPARE(accepted->appended[0].device, bob_);
            QCOMPARE(accepted->appended[0].qseq.value, std::uint64_t(mid));
            QVERIFY(!accepted->duplicate);
        }
        const auto queued = rows(bob_);
        QCOMPARE(queued.size(), std::size_t { 3 });
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(queued[i].qseq.value, i + 1);
            const auto &envelope = std::get<wire::Envelope>(queued[i].item);
            QCOMPARE(envelope.sender, alice_);
            QCOMPARE(envelope.mid, midOf(static_cast<int>(i) + 1));
            QCOMPARE(envelope.content, QByteArray::number(static_cast<int>(i) + 1));
            QCOMPARE(envelope.serverTime, Snowflake::timeOf(envelope.sid));
        }
        QCOMPARE(state(bob_).messages, std::uint64_t { 3 });
        QCOMPARE(state(bob_).last.value, std::uint64_t { 3 });
    }

    void repeatAddsNothing()
    {
        const auto first = send(1, { bob_, bobs_ });
        const auto again = send(1, { bob_, bobs_, ours_ });
        QVERIFY(again->duplicate);
        QCOMPARE(again->sid, first->sid);
        QVERIFY(again->appended[0].duplicate && again->appended[1].duplicate);
        QCOMPARE(again->appended[0].qseq, first->appended[0].qseq);
        QVERIFY(!again->appended[2].duplicate);
        QCOMPARE(rows(bob_).size(), std::size_t { 1 });
        QCOMPARE(rows(ours_).size(), std::size_t { 1 });
    }

    void oneDeviceTwiceInOneSendGetsOneRow()
    {
        const auto accepted = send(1, { bob_, bob_ });
        QCOMPARE(int(accepted->appended[0].duplicate) + int(accepted->appended[1].duplicate), 1);
        QCOMPARE(rows(bob_).size(), std::size_t { 1 });
    }

    void remembersAMessageADayAfterItsAcknowledgement()
    {
        const auto first = send(1, { bob_ });
        QCOMPARE(settle(bob_, { 1 }, false).removed, std::uint64_t { 1 });
        store_->time().advance(hours { 23 });
        const auto sameDay = send(1, { bob_ });
        QVERIFY(sameDay->appended[0].duplicate);
        QCOMPARE(sameDay->appended[0].qseq.value, std::uint64_t { 0 });
        QVERIFY(rows(bob_).empty());
        store_->time().advance(hours { 2 });
        const auto later = send(1, { bob_ });
        QVERIFY(!later->appended[0].duplicate);
        QCOMPARE(later->sid, first->sid);
        QCOMPARE(rows(bob_).size(), std::size_t { 1 });
    }

    void forgetsTheFirstSidAfterEightDays()
    {
        const auto first = send(1, { bob_ });
        store_->time().advance(hours { 8 * 24 - 1 });
        sweep();
        QCOMPARE(send(1, { bob_ })->sid, first->sid);
        store_->time().advance(hours { 2 });
        sweep();
        const auto later = send(1, { bob_ });
        QVERIFY(!later->duplicate);
        QVERIFY(later->sid > first->sid);
    }

    void acknowledgesOnceAndOnlyWhatIsThere()
    {
        sent(1, { bob_, bobs_ });
        QCOMPARE(settle(bob_, { 1, 1, 7 }, false).removed, std::uint64_t { 1 });
        QCOMPARE(settle(bob_, { 1 }, true).removed, std::uint64_t { 0 });
        QCOMPARE(rows(bobs_).size(), std::size_t { 1 });
        QVERIFY(rows(alice_).empty());
        QCOMPARE(state(bob_).messages, std::uint64_t { 0 });
        QCOMPARE(state(bob_).bytes, std::uint64_t { 0 });
    }

    void tellsTheSenderOnlyWithReceipt()
    {
        sent(1, { bob_ });
        sent(2, { bob_ });
        QVERIFY(settle(bob_, { 1 }, false).told.empty());
        QCOMPARE(settle(bob_, { 2 }, true).told, std::vector { alice_ });
        const auto told = rows(alice_);
        QCOMPARE(told.size(), std::size_t { 1 });
        QCOMPARE(std::get<wire::Delivered>(told[0].item), (wire::Delivered { bob_.account, { midOf(2) } }));
        QCOMPARE(settle(alice_, { told[0].qseq.value }, true).removed, std::uint64_t { 1 });
        QVERIFY(rows(alice_).empty());
    }

    void eventsOfOneCommitShareRows()
    {
        std::vector<std::uint64_t> all;
        for (int mid = 1; mid <= 70; ++mid) {
            sent(mid, { bob_ });
            all.push_back(std::uint64_t(mid));
        }
        settle(bob_, all, true);
        const auto told = rows(alice_);
        QCOMPARE(told.size(), std::size_t { 2 });
        QCOMPARE(std::get<wire::Delivered>(told[0].item).mids.size(), midsPerEvent);
        QCOMPARE(std::get<wire::Delivered>(told[1].item).mids.size(), std::size_t { 6 });
    }

    void refusesWhenNoDeviceOfTheRecipientHasRoom()
    {
        useLimits({ .messages = 2 });
        sent(1, { bob_, bobs_ });
        sent(2, { bob_, bobs_ });
        const auto refused = send(3, { bob_, bobs_, ours_ });
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error(), (Error { ErrorCode::full, "queue" }));
        QVERIFY(rows(ours_).empty());
        settle(bob_, { 1 }, false);
        const auto now = send(3, { bob_, bobs_, ours_ });
        QVERIFY2(now.ok() && !now->duplicate, "the refused one left a home row");
    }

    void countsWhatOneFullDeviceMisses()
    {
        useLimits({ .messages = 1 });
        sent(1, { bob_ });
        for (int mid = 2; mid <= 4; ++mid) {
            const auto accepted = send(mid, { bob_, deviceOf(2, std::uint16_t(mid)) });
            QVERIFY(accepted->appended[0].missed);
            QCOMPARE(accepted->appended[0].qseq.value, std::uint64_t { 0 });
            QVERIFY(!accepted->appended[1].missed);
        }
        QVERIFY(send(4, { bob_ })->appended[0].duplicate);
        const auto queued = rows(bob_);
        QCOMPARE(queued.size(), std::size_t { 2 });
        QCOMPARE(std::get<wire::Missed>(queued[1].item).count, std::uint64_t { 3 });
        QCOMPARE(state(bob_).messages, std::uint64_t { 1 });
    }

    void aMissedRowThatWasReadCountsNoFurther()
    {
        useLimits({ .messages = 1 });
        sent(1, { bob_ });
        sent(2, { bob_, deviceOf(2, 3) });
        QCOMPARE(rows(bob_).size(), std::size_t { 2 });
        sent(3, { bob_, deviceOf(2, 4) });
        store_->restart();
        sent(4, { bob_, deviceOf(2, 5) });
        const auto queued = rows(bob_);
        QCOMPARE(queued.size(), std::size_t { 4 });
        for (std::size_t i = 1; i < 4; ++i)
            QCOMPARE(std::get<wire::Missed>(queued[i].item).count, std::uint64_t { 1 });
        QCOMPARE(settle(bob_, { 1, 2, 3, 4 }, true).removed, std::uint64_t { 4 });
    }

    void ownFullDeviceMissesAndBlocksNobody()
    {
        useLimits({ .messages = 1 });
        sent(1, { ours_ });
        QVERIFY(send(2, { ours_, bob_ })->appended[0].missed);
        QCOMPARE(send(3, { ours_ }).error().code, ErrorCode::full);
    }

    void countsBytes()
    {
        useLimits({ .bytes = 10 });
        QVERIFY(send(1, { bob_ }, "123456").ok());
        QCOMPARE(send(2, { bob_ }, "12345").error().code, ErrorCode::full);
        QVERIFY(send(3, { bob_ }, "1234").ok());
        QCOMPARE(state(bob_).bytes, std::uint64_t { 10 });
    }

    void eventsTakeNoRoomAndAreBounded()
    {
        useLimits({ .messages = 1, .events = 2 });
        for (int mid = 1; mid <= 4; ++mid) {
            sent(mid, { bob_ });
            QCOMPARE(settle(bob_, { std::uint64_t(mid) }, true).told.size(), std::size_t(mid <= 2 ? 1 : 0));
        }
        QCOMPARE(rows(alice_).size(), std::size_t { 2 });
        AcceptRequest back { bob_, midOf(9), 0, { { alice_, wire::CiphertextType::message, "hello" } } };
        QVERIFY(await(queue().accept(back))->appended[0].qseq.value > 0);
    }

    void aClosedQueueTakesNothing()
    {
        sent(1, { bob_, bobs_ });
        const auto before = state(bob_);
        QVERIFY(await(queue().close(bob_)).ok());
        QVERIFY(await(queue().close(bob_)).ok());
        QVERIFY(rows(bob_).empty());
        const auto accepted = send(2, { bob_, bobs_ });
        QVERIFY(accepted->appended[0].closed);
        QVERIFY(!accepted->appended[1].closed);
        QVERIFY(rows(bob_).empty());
        store_->restart();
        QVERIFY(state(bob_).closed);
        QCOMPARE(state(bob_).qepoch, before.qepoch);
        QCOMPARE(state(bob_).messages, std::uint64_t { 0 });
    }

    void aClosedSenderIsNotTold()
    {
        sent(1, { bob_ });
        await(queue().close(alice_)).ok();
        QVERIFY(settle(bob_, { 1 }, true).told.empty());
        QVERIFY(rows(alice_).empty());
    }

    void everyQueueHasItsOwnLastingEpoch()
    {
        const auto first = state(bob_).qepoch;
        QVERIFY(first != state(bobs_).qepoch);
        store_->restart();
        QCOMPARE(state(bob_).qepoch, first);
    }

    void keepsTheHighestSendCounter()
    {
        sent(1, { bob_ }, "a", 7);
        sent(2, { bob_ }, "b", 5);
        QCOMPARE(state(alice_).sendCounter, std::uint64_t { 7 });
        sent(2, { bob_ }, "b", 9);
        QCOMPARE(state(alice_).sendCounter, std::uint64_t { 9 });
    }

    void readsInPages()
    {
        for (int mid = 1; mid <= 5; ++mid)
            sent(mid, { bob_ }, QByteArray(300 * 1024 / 4, 'x'));
        auto page = await(queue().range(bob_, { 1 }, 2));
        QCOMPARE(page->rows.size(), std::size_t { 2 });
        QCOMPARE(page->rows[0].qseq.value, std::uint64_t { 2 });
        QVERIFY(page->more);
        page = await(queue().range(bob_, { 3 }, 2));
        QCOMPARE(page->rows.size(), std::size_t { 2 });
        QVERIFY(!page->more);
        QVERIFY(await(queue().range(bob_, { 5 }, 2))->rows.empty());
    }

    void aPageHoldsAboutAMegabyte()
    {
        for (int mid = 1; mid <= 14; ++mid)
            sent(mid, { bob_ }, QByteArray(90 * 1024, 'x'));
        const auto page = await(queue().range(bob_, {}, 200));
        QVERIFY(page->more);
        QVERIFY(page->rows.size() >= 10 && page->rows.size() <= 12);
    }

    void survivesARestart()
    {
        const auto before = send(1, { bob_ });
        sent(2, { bob_ });
        settle(bob_, { 1 }, true);
        store_->restart();
        QCOMPARE(send(1, { bob_ })->sid, before->sid);
        const auto after = send(3, { bob_ });
        QCOMPARE(after->appended[0].qseq.value, std::uint64_t { 3 });
        QVERIFY(after->sid > before->sid);
        QCOMPARE(rows(bob_).size(), std::size_t { 2 });
        QCOMPARE(rows(alice_).size(), std::size_t { 1 });
    }

    void sidsGrowWhateverTheClockDoes()
    {
        Sid last;
        int mid = 0;
        for (const auto jump : { hours { 0 }, hours { -1 }, hours { 0 }, hours { 24 }, hours { -24 }, hours { 1 } }) {
            store_->time().jumpWall(jump);
            store_->restart();
            for (int i = 0; i < 5; ++i) {
                const auto accepted = send(++mid, { bob_ });
                QVERIFY(accepted.ok());
                QVERIFY(accepted->sid > last);
                last = accepted->sid;
            }
        }
    }

    void sidsStayUniqueUnderTrafficWhileTheClockJumps()
    {
        std::set<std::uint64_t> sids;
        int mid = 0;
        Sid last;
        for (const auto jump : { hours { 1 }, hours { -1 }, hours { -1 }, hours { 1 } }) {
            for (int i = 0; i < 50; ++i) {
                if (i == 25)
                    store_->time().jumpWall(jump); // between two messages of the same process
                const auto accepted = send(++mid, { bob_ });
                QVERIFY(accepted.ok());
                QVERIFY(accepted->sid > last);
                last = accepted->sid;
                sids.insert(last.value);
            }
        }
        QCOMPARE(sids.size(), std::size_t { 200 });
    }

    void totalsCountWhatWaits()
    {
        QCOMPARE(await(queue().totals())->messages, std::uint64_t { 0 });
        QVERIFY(!await(queue().totals())->oldest);
        QVERIFY(send(1, { bob_ }, "12345").ok());
        const auto first = store_->time().now();
        store_->time().advance(hours { 1 });
        QVERIFY(send(2, { bob_, bobs_ }, "123").ok());
        auto totals = await(queue().totals()).value();
        QCOMPARE(totals.messages, std::uint64_t { 3 });
        QCOMPARE(totals.bytes, std::uint64_t { 11 });
        QCOMPARE(totals.oldest, std::optional { first });
        QVERIFY(await(queue().settle({ { bob_, { 1 }, false } })).ok());
        totals = await(queue().totals()).value();
        QCOMPARE(totals.messages, std::uint64_t { 2 });
        QCOMPARE(totals.oldest, std::optional { first + hours { 1 } });
    }

    void roomChangesForWhatComes()
    {
        QVERIFY(send(1, { bob_ }).ok());
        queue().setRoom(1, 1'000'000);
        QCOMPARE(send(2, { bob_ }).error().code, ErrorCode::full);
        queue().setRoom(2, 1'000'000);
        QVERIFY(send(2, { bob_ }).ok());
    }

    void expiredRowsLeaveATombstoneAndTellTheirSenders()
    {
        sent(1, { bob_, ours_ });
        sent(2, { bob_ });
        store_->time().advance(hours { 24 });
        sent(3, { bob_ });
        settle(bob_, { 1 }, false);
        store_->time().advance(hours { 29 * 24 });
        QCOMPARE(sweep().size(), std::size_t { 3 });
        const auto queued = rows(bob_);
        QCOMPARE(queued.size(), std::size_t { 2 });
        QCOMPARE(std::get<wire::Envelope>(queued[0].item).mid, midOf(3));
        QCOMPARE(std::get<wire::ExpiredRange>(queued[1].item), (wire::ExpiredRange { { 2 }, { 2 }, 1 }));
        const auto told = rows(alice_);
        QCOMPARE(told.size(), std::size_t { 1 });
        QCOMPARE(std::get<wire::ExpiredAtRecipient>(told[0].item),
                 (wire::ExpiredAtRecipient { bob_.account, { midOf(2) } }));
        QCOMPARE(std::get<wire::ExpiredRange>(rows(ours_)[0].item).count, std::uint64_t { 1 });
        QVERIFY(sweep().empty());
        QCOMPARE(state(bob_).messages, std::uint64_t { 1 });
    }

    void sweepsALittleAtATime()
    {
        for (int mid = 1; mid <= 10; ++mid)
            sent(mid, { bob_ });
        store_->time().advance(hours { 30 * 24 });
        std::uint64_t count = 0;
        for (int turn = 0; turn < 20; ++turn)
            sweep(3);
        for (const auto &row : rows(bob_))
            count += std::get<wire::ExpiredRange>(row.item).count;
        QCOMPARE(count, std::uint64_t { 10 });
    }

    void whatWasMissedExpiresCounted()
    {
        useLimits({ .messages = 1 });
        sent(1, { bob_ });
        sent(2, { bob_, deviceOf(2, 3) });
        sent(3, { bob_, deviceOf(2, 4) });
        store_->time().advance(hours { 30 * 24 });
        sweep();
        store_->time().advance(hours { 30 * 24 });
        sweep();
        const auto queued = rows(bob_);
        QCOMPARE(queued.size(), std::size_t { 2 });
        QCOMPARE(std::get<wire::ExpiredRange>(queued[0].item), (wire::ExpiredRange { { 1 }, { 1 }, 1 }));
        QCOMPARE(std::get<wire::Missed>(queued[1].item).count, std::uint64_t { 2 });
    }

    void fourThreadsLeaveNoGapAndNoDouble()
    {
        constexpr int perThread = 50;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back(QThread::create([this, t] {
                for (int i = 0; i < perThread; ++i) {
                    const int mid = i % 5 == 0 ? 10'000 + i : t * 1'000 + i; // every fifth is sent by all four
                    AcceptRequest request { alice_, midOf(mid), 0, { { bob_, wire::CiphertextType::message, "x" } } };
                    if (!await(queue().accept(request)).ok())
                        qFatal("an accept failed");
                    if (i % 10 == 0)
                        await(queue().range(bob_, {}, 10)).ok();
                }
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(60'000));
        std::set<std::uint64_t> sids;
        std::uint64_t expected = 0;
        for (auto page = rows(bob_); !page.empty(); page = rows(bob_, page.back().qseq)) {
            for (const auto &row : page) {
                QCOMPARE(row.qseq.value, ++expected);
                sids.insert(std::get<wire::Envelope>(row.item).sid.value);
            }
        }
        QCOMPARE(expected, std::uint64_t { 4 * 40 + 10 });
        QCOMPARE(sids.size(), std::size_t { 170 });
    }
};

QTEST_GUILESS_MAIN(TestMessageQueue)
#include "tst_message_queue.moc"
