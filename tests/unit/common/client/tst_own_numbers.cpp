// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ID8 (sending)
#include "common/base/hash.h"
#include "common/client/numbers.h"
#include "tests/unit/common/client_store/test_store.h"

#include <QtTest>

namespace kith::client {

class TestOwnNumbers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsAtOneAndNamesWhatCameBefore()
    {
        const auto first = numbers().next(mei);
        QVERIFY(first);
        QCOMPARE(first->n, std::uint64_t { 1 });
        QVERIFY(!first->previous);
        const auto hash = sha256(viewOf(std::string_view("the first content")));
        QVERIFY(numbers().use(mei, 1, hash));
        const auto second = numbers().next(mei);
        QCOMPARE(second->n, std::uint64_t { 2 });
        QVERIFY(second->previous == hash);
    }

    void asksTwiceGetsTheSameUntilUsed()
    {
        QCOMPARE(numbers().next(mei)->n, std::uint64_t { 1 });
        QCOMPARE(numbers().next(mei)->n, std::uint64_t { 1 });
    }

    void chatsCountApart()
    {
        QVERIFY(numbers().use(mei, 41, {}));
        QCOMPARE(numbers().next(mei)->n, std::uint64_t { 42 });
        QCOMPARE(numbers().next(TestStore::id<AccountId>(3))->n, std::uint64_t { 1 });
    }

    void survivesARestart()
    {
        QVERIFY(numbers().use(mei, 7, {}));
        store_->reopen();
        QCOMPARE(numbers().next(mei)->n, std::uint64_t { 8 });
    }

    void namesTheLatestVoidNumbersAndForgetsARetriedOne()
    {
        QVERIFY(numbers().use(mei, 100, {}));
        for (std::uint64_t n = 1; n <= 70; ++n)
            QVERIFY(store_->database->counters().addVoid(mei, n));
        auto voided = numbers().next(mei)->voided;
        QCOMPARE(voided.size(), std::size_t { 64 });
        QVERIFY(std::ranges::count(voided, std::uint64_t { 70 }) == 1);
        QVERIFY(std::ranges::count(voided, std::uint64_t { 6 }) == 0);
        QVERIFY(store_->database->counters().removeVoid(mei, 70));
        voided = numbers().next(mei)->voided;
        QVERIFY(std::ranges::count(voided, std::uint64_t { 70 }) == 0);
    }

    void init() { store_ = std::make_unique<TestStore>(); }

private:
    Numbers numbers() { return Numbers(store_->database->counters()); }

    const AccountId mei = TestStore::id<AccountId>(2);
    std::unique_ptr<TestStore> store_;
};

} // namespace kith::client

QTEST_GUILESS_MAIN(kith::client::TestOwnNumbers)
#include "tst_own_numbers.moc"
