// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: performance P12; product F9
#include "common/client/search.h"
#include "tests/unit/common/client_store/test_store.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace kith;
using namespace kith::client;

/// Search in a profile with KITH_BENCH_MESSAGES (100,000) messages of ten words in 50 chats. Words are as frequent as
/// in a language: the n-th about 1/n as often as the first.
class BenchSearch : public QObject {
    Q_OBJECT

    static constexpr int words = 20'000, chats = 50, rounds = 21, perTransaction = 5'000;

    TestStore store_;
    std::uint64_t random_ = 1;

    double uniform()
    {
        random_ = random_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
        return static_cast<double>(random_ >> 11U) / 9'007'199'254'740'992.0;
    }
    /// Zipf by inversion: rank = words^u.
    std::string word() { return "w" + std::to_string(static_cast<int>(std::pow(words, uniform()))); }

    store::MessageRow message(int number)
    {
        auto row = TestStore::message(1, number, {});
        for (int i = 0; i < 10; ++i)
            row.text += (i > 0 ? " " : "") + word();
        row.chat = TestStore::id<AccountId>(static_cast<std::uint8_t>(1 + number % chats));
        row.sender.account = row.chat;
        for (int i = 0; i < 4; ++i)
            row.mid.octets[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(number >> (8 * i));
        row.sid = Sid { static_cast<std::uint64_t>(number) + 1 };
        return row;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const int count = qEnvironmentVariableIsSet("KITH_BENCH_MESSAGES")
            ? qEnvironmentVariableIntValue("KITH_BENCH_MESSAGES")
            : 100'000;
        QElapsedTimer watch;
        watch.start();
        for (int first = 0; first < count; first += perTransaction) {
            auto transaction = store_.database->transaction();
            QVERIFY(transaction);
            for (int i = first; i < std::min(count, first + perTransaction); ++i)
                QVERIFY(store_.database->messages().insert(message(i)));
            QVERIFY(transaction->commit());
        }
        QVERIFY(store_.database->checkpoint());
        const auto size = QFileInfo(store_.folder.filePath("kith.db")).size();
        qInfo("%d messages written in %lld ms, %lld MiB", count, watch.elapsed(), size >> 20);
        store_.reopen(); // a cold cache of pages
    }

    void takesLessThanTwoHundredMilliseconds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("inChat");
        QTest::newRow("a frequent word") << "w1" << false;
        QTest::newRow("a rare word") << "w15000" << false;
        QTest::newRow("two frequent words") << "w1 w2" << false;
        QTest::newRow("a beginning of many words") << "w1 w9" << false;
        QTest::newRow("a frequent word in one chat") << "w2" << true;
        QTest::newRow("nothing") << "nowhere" << false;
    }
    void takesLessThanTwoHundredMilliseconds()
    {
        QFETCH(QString, query);
        QFETCH(bool, inChat);
        const auto chat = inChat ? std::optional(TestStore::id<AccountId>(7)) : std::nullopt;
        std::vector<qint64> times;
        std::size_t hits = 0;
        for (int i = 0; i < rounds; ++i) {
            QElapsedTimer watch;
            watch.start();
            const auto page = Search(*store_.database).find(query, chat, {}, 50);
            times.push_back(watch.nsecsElapsed() / 1'000);
            QVERIFY(page);
            hits = page->hits.size();
        }
        const qint64 first = times.front();
        std::ranges::sort(times);
        qInfo("%zu hits, first %lld us, median %lld us, worst %lld us", hits, first, times[rounds / 2], times.back());
        QVERIFY(times.back() < 200'000);
    }
};

QTEST_GUILESS_MAIN(BenchSearch)
#include "bench_search.moc"
