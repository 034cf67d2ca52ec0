// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S5, server-ops 2 (limits.rate_factor)
#include "common/base/token_buckets.h"

#include <QtTest>

using namespace kith;

namespace {

class HandClock final : public Clock {
public:
    WallTime now() const override { return fromMs(0); }
    MonoTime monotonic() const override { return time; }
    MonoTime time { milliseconds { 1'000'000 } };
};

} // namespace

class TokenBucketsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void admitsABurstThenTheRate();
    void keepsKeysApart();
    void tellsTheWait();
    void countsAmounts();
    void multipliesByTheFactor();
    void hasNoLimitAtFactorZero();
    void refusesOrAdmitsInACrowdAsDeclared();
    void forgetsFullBuckets();
};

void TokenBucketsTest::admitsABurstThenTheRate()
{
    HandClock clock;
    TokenBuckets buckets(clock, { 6, 2 }, 1, TokenBuckets::WhenCrowded::admit);
    for (int i = 0; i < 6; ++i)
        QVERIFY(!buckets.take("a"));
    QVERIFY(buckets.take("a"));
    clock.time += milliseconds { 1'000 };
    QVERIFY(!buckets.take("a"));
    QVERIFY(!buckets.take("a"));
    QVERIFY(buckets.take("a"));
}

void TokenBucketsTest::keepsKeysApart()
{
    HandClock clock;
    TokenBuckets buckets(clock, { 1, 1 }, 1, TokenBuckets::WhenCrowded::admit);
    QVERIFY(!buckets.take("a"));
    QVERIFY(!buckets.take("b"));
    QVERIFY(buckets.take("a"));
}

void TokenBucketsTest::tellsTheWait()
{
    HandClock clock;
    TokenBuckets buckets(clock, { 1, 0.1 }, 1, TokenBuckets::WhenCrowded::admit);
    QVERIFY(!buckets.take("a"));
    const auto wait = buckets.take("a");
    QVERIFY(wait);
    QVERIFY(*wait >= milliseconds { 10'000 } && *wait <= milliseconds { 10'010 });
    clock.time += *wait - milliseconds { 100 };
    QVERIFY(buckets.take("a"));
    clock.time += milliseconds { 100 };
    QVERIFY(!buckets.take("a"));
}

void TokenBucketsTest::countsAmounts()
{
    HandClock clock;
    TokenBuckets buckets(clock, { 100, 10 }, 1, TokenBuckets::WhenCrowded::admit);
    QVERIFY(!buckets.take("a", 60));
    QVERIFY(buckets.take("a", 60));
    QVERIFY(!buckets.take("a", 40));
}

void TokenBucketsTest::multipliesByTheFactor()
{
    HandClock clock;
    TokenBuckets buckets(clock, { 2, 1 }, 3, TokenBuckets::WhenCrowded::admit);
    for (int i = 0; i < 6; ++i)
        QVERIFY(!buckets.take("a"));
    QVERIFY(buckets.take("a"));
}

void TokenBucketsTest::hasNoLimitAtFactorZero()
{
    HandClock clock;
    TokenBuckets buckets(clock, { 1, 1 }, 0, TokenBuckets::WhenCrowded::refuse, 1);
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(!buckets.take("key " + std::to_string(i % 50)));
}

void TokenBucketsTest::refusesOrAdmitsInACrowdAsDeclared()
{
    HandClock clock;
    TokenBuckets open(clock, { 2, 0.001 }, 1, TokenBuckets::WhenCrowded::admit, 160);
    TokenBuckets closed(clock, { 2, 0.001 }, 1, TokenBuckets::WhenCrowded::refuse, 160);
    int refused = 0;
    for (int i = 0; i < 10'000; ++i) {
        QVERIFY(!open.take(std::to_string(i)));
        refused += closed.take(std::to_string(i)) ? 1 : 0;
    }
    QCOMPARE(refused, 10'000 - 160);
}

void TokenBucketsTest::forgetsFullBuckets()
{
    HandClock clock;
    TokenBuckets buckets(clock, { 1, 1 }, 1, TokenBuckets::WhenCrowded::refuse, 160);
    for (int round = 0; round < 10; ++round) {
        int admitted = 0;
        for (int i = 0; i < 1'000; ++i)
            admitted += buckets.take(std::to_string(round) + '/' + std::to_string(i)) ? 0 : 1;
        QCOMPARE(admitted, 160);
        clock.time += milliseconds { 2'000 };
    }
}

QTEST_GUILESS_MAIN(TokenBucketsTest)
#include "tst_token_buckets.moc"
