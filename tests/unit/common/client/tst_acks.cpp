// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ACK4, ACK5, SQ6; security ADV-R
#include "common/client/acks.h"
#include "common/wire/limits.h"
#include "tests/support/net/virtual_time.h"

#include <QtTest>

#include <set>

namespace kith::client {

class AcksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quietOnesLeaveWithTheTurn()
    {
        Desk desk;
        desk.acks.add(Qseq { 5 }, false);
        desk.acks.add(Qseq { 4 }, false);
        QVERIFY(desk.sent.empty());
        desk.acks.flush();
        QCOMPARE(desk.ranges(), (std::vector<wire::AckRange> { { Qseq { 4 }, Qseq { 5 }, false } }));
    }

    void tellingOnesWaitARandomTime()
    {
        std::set<std::int64_t> delays;
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            Desk desk(seed);
            desk.acks.add(Qseq { 1 }, true);
            desk.acks.flush();
            std::int64_t waited = 0;
            for (; desk.sent.empty() && waited < 2'000; ++waited)
                desk.time.advance(milliseconds { 1 });
            delays.insert(waited);
            QCOMPARE(desk.ranges(), (std::vector<wire::AckRange> { { Qseq { 1 }, Qseq { 1 }, true } }));
        }
        QVERIFY(*delays.begin() >= Acks::shortestDelay.count());
        QVERIFY(*delays.rbegin() <= Acks::longestDelay.count());
        QVERIFY(delays.size() > 25);
    }

    void laterOnesRideWithTheFirst()
    {
        Desk desk;
        desk.acks.add(Qseq { 1 }, true);
        desk.acks.flush();
        desk.time.advance(milliseconds { 50 });
        desk.acks.add(Qseq { 2 }, true);
        desk.acks.flush();
        desk.time.advance(milliseconds { 1'000 });
        QCOMPARE(desk.sent.size(), std::size_t { 1 });
        QCOMPARE(desk.ranges(), (std::vector<wire::AckRange> { { Qseq { 1 }, Qseq { 2 }, true } }));
    }

    void backlogDoesNotWait()
    {
        Desk desk;
        for (std::uint64_t i = 1; i <= Acks::atOnce; ++i)
            desk.acks.add(Qseq { i }, true);
        desk.acks.flush();
        QCOMPARE(desk.ranges(), (std::vector<wire::AckRange> { { Qseq { 1 }, Qseq { Acks::atOnce }, true } }));
        desk.time.advance(milliseconds { 2'000 });
        QCOMPARE(desk.sent.size(), std::size_t { 1 });
    }

    void lostConnectionForgetsAll()
    {
        Desk desk;
        desk.acks.add(Qseq { 1 }, true);
        desk.acks.add(Qseq { 2 }, false);
        desk.acks.flush();
        desk.sent.clear();
        desk.acks.clear();
        desk.time.advance(milliseconds { 2'000 });
        desk.acks.flush();
        QVERIFY(desk.sent.empty());
    }

    void frameHoldsNoMoreRangesThanAllowed()
    {
        Desk desk;
        for (std::uint64_t i = 0; i < wire::limits::ackRanges + 10; ++i)
            desk.acks.add(Qseq { 2 * i + 1 }, false); // a hole after each
        desk.acks.flush();
        QCOMPARE(desk.ranges().size(), std::size_t { wire::limits::ackRanges });
        desk.acks.flush();
        QCOMPARE(desk.sent.size(), std::size_t { 2 });
        QCOMPARE(desk.ranges().size(), std::size_t { 10 });
    }

private:
    struct Desk {
        explicit Desk(std::uint64_t seed = 1) : random(seed) { }
        /// Of the last frame.
        std::vector<wire::AckRange> ranges() const
        {
            return sent.empty() ? decltype(sent.back().ranges) {} : sent.back().ranges;
        }

        support::VirtualTime time;
        SeededRandom random;
        std::vector<wire::Ack> sent;
        Acks acks { time, random, [this](wire::Ack ack) { sent.push_back(std::move(ack)); } };
    };
};

} // namespace kith::client

QTEST_GUILESS_MAIN(kith::client::AcksTest)
#include "tst_acks.moc"
