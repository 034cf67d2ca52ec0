// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S8, S17, LIM12
#include "common/net/backoff.h"
#include "common/net/liveness.h"
#include "tests/support/net/memory_channel.h"
#include "tests/support/net/virtual_time.h"

#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace std::chrono_literals;
using support::MemoryChannel;
using support::VirtualTime;

class TestLiveness final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silentPeerIsClosedAfter45Seconds()
    {
        VirtualTime time;
        auto ends = MemoryChannel::makePair(time);
        net::Liveness liveness(*ends.client, time, time);
        ends.server->faults().silent = true;
        QSignalSpy closed(ends.client.get(), &net::Channel::closed);
        time.advance(44'999ms);
        QCOMPARE(closed.size(), 0);
        time.advance(1ms);
        QCOMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1001);
    }

    void answeredPingKeepsTheChannel()
    {
        VirtualTime time;
        auto ends = MemoryChannel::makePair(time);
        net::Liveness liveness(*ends.client, time, time);
        QSignalSpy heard(ends.client.get(), &net::Channel::heard);
        time.advance(600s);
        QVERIFY(ends.client->isOpen());
        QVERIFY2(heard.size() >= 10, "a ping each time that 30 s were quiet");
    }

    void framesPostponeThePing()
    {
        VirtualTime time;
        auto ends = MemoryChannel::makePair(time);
        net::Liveness liveness(*ends.client, time, time);
        QSignalSpy heard(ends.client.get(), &net::Channel::heard);
        for (int i = 0; i < 10; ++i) {
            time.advance(29s);
            ends.server->send("x");
            time.runUntilIdle();
        }
        QCOMPARE(heard.size(), 10);
        ends.server->faults().silent = true;
        time.advance(44s);
        QVERIFY(ends.client->isOpen());
        time.advance(1s);
        QVERIFY(!ends.client->isOpen());
    }

    void fullBufferIsCut()
    {
        VirtualTime time;
        auto ends = MemoryChannel::makePair(time);
        net::Liveness liveness(*ends.client, time, time);
        ends.server->faults().silent = true;
        ends.client->faults().stalled = true;
        ends.client->send("stuck");
        QSignalSpy closed(ends.client.get(), &net::Channel::closed);
        time.advance(45s);
        QCOMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 1006);
    }

    void backoffSpreadsOverTheWholeSpan()
    {
        constexpr std::uint64_t seed = 20'26;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        VirtualTime time;
        SeededRandom random(seed);
        for (int k = 0; k < 9; ++k) {
            const std::int64_t bound = std::min<std::int64_t>(60'000, 1'000LL << k);
            std::array<int, 10> tenths {};
            for (int client = 0; client < 5'000; ++client) {
                net::Backoff backoff(time, random);
                for (int failed = 0; failed < k; ++failed)
                    (void)backoff.next();
                const auto wait = backoff.next().count();
                QVERIFY(wait >= 0 && wait <= bound);
                ++tenths[static_cast<std::size_t>(std::min<std::int64_t>(9, wait * 10 / bound))];
            }
            for (const int count : tenths)
                QVERIFY2(count > 400 && count < 600, "5,000 waits fall evenly into ten parts");
        }
    }

    void backoffStartsOverAfterThirtySeconds()
    {
        VirtualTime time;
        SeededRandom random(7);
        net::Backoff backoff(time, random);
        const auto longest = [&backoff] { // of many draws from copies
            milliseconds most { 0 };
            for (int i = 0; i < 200; ++i)
                most = std::max(most, net::Backoff(backoff).next());
            return most;
        };
        for (int i = 0; i < 20; ++i)
            (void)backoff.next();
        backoff.connected();
        time.advance(29s);
        QVERIFY(longest() > 30s);
        time.advance(1s);
        QVERIFY(longest() <= 1s);
    }

    void hintIsTheLowerBound()
    {
        VirtualTime time;
        SeededRandom random(7);
        for (int i = 0; i < 100; ++i) {
            net::Backoff backoff(time, random);
            const auto wait = backoff.next(10s);
            QVERIFY(wait >= 10s && wait <= 11s);
        }
    }
};

QTEST_GUILESS_MAIN(TestLiveness)
#include "tst_liveness.moc"
