// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security LIM13, S2, S17
#include "server/gateway/admission.h"
#include "tests/support/net/virtual_time.h"

#include <QTest>

using namespace kith;
using namespace std::chrono_literals;
using server::gateway::Admission;
using server::gateway::AdmissionLimits;

class TestAdmission final : public QObject {
    Q_OBJECT

    static int admitted(Admission &admission, const QString &address, int tries,
                        std::vector<std::shared_ptr<Admission::Seat>> &seats)
    {
        int count = 0;
        for (int i = 0; i < tries; ++i) {
            if (auto verdict = admission.enter(QHostAddress(address)); verdict.seat) {
                seats.push_back(verdict.seat);
                ++count;
            }
        }
        return count;
    }

private Q_SLOTS:
    void perAddressLimitCounts_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<int>("secondGets");
        QTest::newRow("same IPv4") << "192.0.2.1"
                                   << "192.0.2.1" << 0;
        QTest::newRow("other IPv4") << "192.0.2.1"
                                    << "192.0.2.2" << 3;
        QTest::newRow("mapped IPv4 is the same") << "192.0.2.1"
                                                 << "::ffff:192.0.2.1" << 0;
        QTest::newRow("one IPv6 network is one") << "2001:db8::1"
                                                 << "2001:db8::2:3" << 0;
        QTest::newRow("other IPv6 network") << "2001:db8::1"
                                            << "2001:db8:0:1::1" << 3;
    }
    void perAddressLimitCounts()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        support::VirtualTime time;
        Admission admission(time, { .perAddress = 3 });
        std::vector<std::shared_ptr<Admission::Seat>> seats;
        QCOMPARE(admitted(admission, first, 5, seats), 3);
        QTEST(admitted(admission, second, 5, seats), "secondGets");
        seats.clear();
        QCOMPARE(admission.count(), 0);
        QCOMPARE(admitted(admission, first, 5, seats), 3);
    }

    void loopbackIsExempt()
    {
        support::VirtualTime time;
        Admission admission(time, { .perAddress = 3 });
        std::vector<std::shared_ptr<Admission::Seat>> seats;
        QCOMPARE(admitted(admission, "127.0.0.1", 100, seats), 100);
        QCOMPARE(admitted(admission, "::1", 50, seats), 50);
    }

    void totalIsALimitForAll()
    {
        support::VirtualTime time;
        Admission admission(time, { .connections = 10 });
        std::vector<std::shared_ptr<Admission::Seat>> seats;
        QCOMPARE(admitted(admission, "127.0.0.1", 20, seats), 10);
    }

    void budgetRefillsAndTellsWhenToComeBack()
    {
        support::VirtualTime time;
        Admission admission(time, { .acceptsPerSecond = 10 });
        std::vector<std::shared_ptr<Admission::Seat>> seats;
        QCOMPARE(admitted(admission, "127.0.0.1", 30, seats), 10);
        const auto early = admission.enter(QHostAddress::LocalHost);
        for (int i = 0; i < 100; ++i)
            (void)admission.enter(QHostAddress::LocalHost);
        const auto late = admission.enter(QHostAddress::LocalHost);
        QVERIFY(!early.seat && early.retryAfter >= 1s && early.retryAfter < 5s);
        QVERIFY2(late.retryAfter > early.retryAfter + 8s, "who comes last waits longer");
        time.advance(500ms);
        QCOMPARE(admitted(admission, "127.0.0.1", 30, seats), 5);
    }

    void crowdIsInWithinAMinute()
    {
        support::VirtualTime time;
        Admission admission(time, { .connections = 20'000, .acceptsPerSecond = 200 });
        std::vector<std::shared_ptr<Admission::Seat>> seats;
        std::vector<MonoTime> waiting(5'000, time.monotonic());
        for (int second = 0; second < 60 && !waiting.empty(); ++second) {
            std::erase_if(waiting, [&](MonoTime &due) {
                if (due > time.monotonic())
                    return false;
                const auto verdict = admission.enter(QHostAddress::LocalHost);
                due = time.monotonic() + verdict.retryAfter;
                if (verdict.seat)
                    seats.push_back(verdict.seat);
                return verdict.seat != nullptr;
            });
            time.advance(1s);
        }
        QCOMPARE(waiting.size(), std::size_t { 0 });
    }

    void rateZeroIsNoBudget()
    {
        support::VirtualTime time;
        Admission admission(time, { .acceptsPerSecond = 0 });
        std::vector<std::shared_ptr<Admission::Seat>> seats;
        QCOMPARE(admitted(admission, "127.0.0.1", 1'000, seats), 1'000);
    }
};

QTEST_GUILESS_MAIN(TestAdmission)
#include "tst_admission.moc"
