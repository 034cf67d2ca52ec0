// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ID2, ID4; security S16
#include "server/ports/snowflake.h"

#include <QTest>

using namespace kith;
using namespace kith::server;

class TestSnowflake : public QObject {
    Q_OBJECT

    const WallTime start_ = fromMs(1'767'225'600'000);

private Q_SLOTS:
    void carriesTimeAndNode()
    {
        Snowflake numbers(513, 0);
        const auto sid = *numbers.next(start_);
        QCOMPARE(Snowflake::timeOf(sid), start_);
        QCOMPARE(sid.value >> 12 & 1023, std::uint64_t { 513 });
        QVERIFY(sid.value >> 63 == 0);
    }

    void continuesWhenTheClockStepsBack()
    {
        Snowflake numbers(1, 0);
        auto last = *numbers.next(start_);
        for (int i = 0; i < 10'000; ++i) {
            const auto next = *numbers.next(start_ - std::chrono::hours { 1 });
            QVERIFY(next > last);
            last = next;
        }
    }

    void refusesToRunMoreThanTenSecondsAhead()
    {
        Snowflake numbers(1, 0);
        int given = 0;
        Result<Sid> next = numbers.next(start_);
        for (; next && given < 50'000'000; ++given)
            next = numbers.next(start_);
        QCOMPARE(next.error().code, ErrorCode::busy);
        QCOMPARE(given, 10'001 * 4096);
        QVERIFY(numbers.next(start_ + milliseconds { 1 }).ok());
    }

    void staysAboveAnotherNodesNumber()
    {
        Snowflake other(1000, 0), numbers(1, 0);
        const auto theirs = *other.next(start_ + milliseconds { 3 });
        const auto ours = *numbers.next(start_, theirs);
        QVERIFY(ours > theirs);
        QVERIFY(!numbers.next(start_, *other.next(start_ + std::chrono::seconds { 11 })).ok());
        QVERIFY(*numbers.next(start_) > ours);
    }

    void aNewProcessStartsAboveTheStoredMark()
    {
        Snowflake first(1, 0);
        Sid last;
        for (int i = 0; i < 20'000; ++i)
            last = *first.next(start_);
        Snowflake second(1, first.highWater());
        QVERIFY(*second.next(start_) > last);
        QVERIFY(Snowflake::timeOf(last) < fromMs(Snowflake::epochMs + first.highWater()));
    }

    void movesToNowAfterARestore()
    {
        Snowflake numbers(1, 0);
        numbers.moveTo(start_);
        QVERIFY(*numbers.next(start_ - std::chrono::hours { 1 }) > (Sid { 0 }));
        QVERIFY(Snowflake::timeOf(*numbers.next(start_ - std::chrono::hours { 1 })) > start_);
    }
};

QTEST_GUILESS_MAIN(TestSnowflake)
#include "tst_snowflake.moc"
