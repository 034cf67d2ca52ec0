// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/row_cache.h"

#include <QTest>

#include <thread>

using kith::server::embedded::RowCache;

namespace {

constexpr std::size_t roomy = 1024 * 1024;

RowCache::Value at(RowCache &cache, std::string_view key)
{
    auto found = cache.find(key);
    return found.value ? *found.value : RowCache::Value("unknown");
}

} // namespace

class TestRowCache final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsWhatIsThereAndWhatIsNot()
    {
        RowCache cache(roomy);
        const auto first = cache.find("a");
        QVERIFY(!first.value);
        cache.keep("a", "1", first.generation);
        cache.keep("b", std::nullopt, cache.find("b").generation);
        QCOMPARE(at(cache, "a"), RowCache::Value("1"));
        QCOMPARE(at(cache, "b"), RowCache::Value());
        cache.set("a", std::nullopt);
        cache.set("b", "2");
        QCOMPARE(at(cache, "a"), RowCache::Value());
        QCOMPARE(at(cache, "b"), RowCache::Value("2"));
    }

    void whatWasReadBeforeACommitIsNotKept()
    {
        RowCache cache(roomy);
        const auto asked = cache.find("a"); // the database says "old"
        cache.set("a", "new"); // the commit
        cache.keep("a", "old", asked.generation);
        QCOMPARE(at(cache, "a"), RowCache::Value("new"));
        const auto again = cache.find("c");
        cache.clear(); // the files were opened anew
        cache.keep("c", "old", again.generation);
        QCOMPARE(at(cache, "c"), RowCache::Value("unknown"));
    }

    void isBoundedAndKeepsWhatIsAskedFor()
    {
        RowCache cache(64 * 1024);
        cache.set("hot", "1");
        int known = 0;
        for (int i = 0; i < 10'000; ++i) {
            cache.set("key " + std::to_string(i), std::string(100, 'x'));
            QCOMPARE(at(cache, "hot"), RowCache::Value("1"));
        }
        for (int i = 0; i < 10'000; ++i)
            known += cache.find("key " + std::to_string(i)).value ? 1 : 0;
        QVERIFY(known > 0);
        QVERIFY2(known * 200 < 64 * 1024, qPrintable(QString::number(known)));
    }

    void readersNeverKeepWhatIsOlderThanTheCommit()
    {
        RowCache cache(roomy);
        std::atomic<int> stored { 0 }; // the database: changed first, then told
        std::atomic<bool> over { false };
        std::vector<std::thread> readers;
        for (int i = 0; i < 3; ++i) {
            readers.emplace_back([&] {
                while (!over) {
                    const auto found = cache.find("row");
                    if (!found.value)
                        cache.keep("row", std::to_string(stored), found.generation);
                }
            });
        }
        for (int i = 1; i <= 20'000; ++i) {
            stored = i;
            cache.set("row", std::to_string(i));
            if (i % 3 == 0)
                cache.clear();
            const auto seen = at(cache, "row");
            if (*seen != "unknown" && *seen != std::to_string(i))
                QFAIL(seen->c_str());
        }
        over = true;
        for (auto &reader : readers)
            reader.join();
    }
};

QTEST_GUILESS_MAIN(TestRowCache)
#include "tst_row_cache.moc"
