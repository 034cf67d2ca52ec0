// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S10
#include "server/embedded/store.h"
#include "tests/support/gateway/test_server.h"
#include "tests/support/server/await.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace kith;
using namespace kith::server;
using support::await;
using support::TestAccount;

/// What the time of a look-up tells about its answer: 10,000 of each kind, in turn, on a store with 2,000 accounts.
class BenchLookupTiming : public QObject {
    Q_OBJECT

    using Times = std::vector<double>; // microseconds

    static double medianOf(Times times)
    {
        std::ranges::sort(times);
        return times[times.size() / 2];
    }
    /// How often a guess by the time alone is right: 0.5 is chance.
    static double guessing(const Times &one, Times other)
    {
        std::ranges::sort(other);
        double below = 0;
        for (const auto time : one)
            below += static_cast<double>(std::ranges::lower_bound(other, time) - other.begin());
        const double share = below / (static_cast<double>(one.size()) * static_cast<double>(other.size()));
        return std::max(share, 1 - share);
    }
    static double timed(const std::function<void()> &f)
    {
        QElapsedTimer timer;
        timer.start();
        f();
        return static_cast<double>(timer.nsecsElapsed()) / 1'000;
    }

private Q_SLOTS:
    void hitMissAndBlocked()
    {
        constexpr int people = 2'000, rounds = 10'000;
        QTemporaryDir folder;
        SystemClock clock;
        SeededRandom random(3);
        auto store = embedded::Store::open(folder.filePath("store").toStdString(), clock, random, {}).value();
        accounts::Accounts room(store->accounts(), store->keys(), store->queue(), clock, { .rateFactor = 0 });
        const TestAccount model("model", random, clock.now());
        const auto asker = *random.id<AccountId>();
        for (int i = 0; i < people; ++i) {
            const Account row { *random.id<AccountId>(),
                                "user" + std::to_string(i),
                                model.accountKey(),
                                model.signedList(),
                                1,
                                {},
                                clock.now() };
            QVERIFY(await(store->accounts().create(row, {}, clock.now())).ok());
            if (i % 2 == 1)
                QVERIFY(await(store->accounts().setRelation(row.id, asker, wire::Relation::blocked)).ok());
        }
        QVERIFY(store->compact().ok()); // from files, as on a server that has run for a while
        Times hit, miss, blocked;
        for (int i = 0; i < rounds; ++i) {
            const int n = static_cast<int>(random.below(people / 2)) * 2;
            const auto time = [&](Times &times, const std::string &name) {
                times.push_back(timed([&] { (void)await(room.lookup(asker, name)); }));
            };
            time(hit, "user" + std::to_string(n));
            time(miss, "nobody" + std::to_string(n));
            time(blocked, "user" + std::to_string(n + 1));
        }
        std::printf("hit %.1f us, miss %.1f us, blocked %.1f us (medians of %d)\n", medianOf(hit), medianOf(miss),
                    medianOf(blocked), rounds);
        std::printf("a guess by time: hit or miss %.3f, blocked or miss %.3f (0.5: chance)\n", guessing(hit, miss),
                    guessing(blocked, miss));
        QVERIFY2(std::abs(medianOf(blocked) - medianOf(miss)) < 100, "far more than a network hides");
        QVERIFY(std::abs(medianOf(hit) - medianOf(miss)) < 100);
    }
};

QTEST_GUILESS_MAIN(BenchLookupTiming)
#include "bench_lookup_timing.moc"
