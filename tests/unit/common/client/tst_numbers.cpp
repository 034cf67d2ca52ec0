// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ID8, ACK7; security C17
#include "common/base/hash.h"
#include "common/client/numbers.h"
#include "tests/unit/common/client_store/test_store.h"

#include <QtTest>

namespace kith::client {

class NumbersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstOneSeenIsTheBaseline()
    {
        Desk desk;
        QVERIFY(!desk.arrives(41).chainBroken);
        QVERIFY(desk.missing().empty());
        QCOMPARE(desk.through(), std::uint64_t { 41 });
        QVERIFY(!desk.arrives(12).chainBroken); // older than the baseline: neither missing nor counted
        QCOMPARE(desk.through(), std::uint64_t { 41 });
    }

    void holeIsAGapUntilItIsFilled()
    {
        Desk desk;
        desk.arrives(1);
        desk.arrives(4);
        QCOMPARE(desk.missing(), (std::vector<std::uint64_t> { 2, 3 }));
        QCOMPARE(desk.through(), std::uint64_t { 1 });
        QVERIFY(!desk.arrives(3).filledShown); // nobody had been told yet
        QCOMPARE(desk.through(), std::uint64_t { 1 });
        desk.arrives(2);
        QVERIFY(desk.missing().empty());
        QCOMPARE(desk.through(), std::uint64_t { 4 });
    }

    void overdueGapsAreTakenOnceAsRanges()
    {
        Desk desk;
        desk.arrives(1);
        desk.arrives(4);
        desk.arrives(8);
        QVERIFY(desk.overdue(milliseconds { 9'999 }).empty());
        const auto gaps = desk.overdue(milliseconds { 10'000 });
        QCOMPARE(gaps.size(), std::size_t { 2 });
        QCOMPARE(gaps.front().from, std::uint64_t { 2 });
        QCOMPARE(gaps.front().to, std::uint64_t { 3 });
        QCOMPARE(gaps.back().from, std::uint64_t { 5 });
        QCOMPARE(gaps.back().to, std::uint64_t { 7 });
        QVERIFY(desk.overdue(milliseconds { 60'000 }).empty());
        QVERIFY(desk.arrives(6).filledShown);
    }

    void voidNumbersAreNotMissed()
    {
        Desk desk;
        desk.arrives(1);
        desk.arrives(5, { 2, 4 });
        QCOMPARE(desk.missing(), (std::vector<std::uint64_t> { 3 }));
        QVERIFY(!*desk.numbers.excuse(desk.chat, desk.sender, { 3, 77 }));
        QVERIFY(desk.missing().empty());
        QCOMPARE(desk.through(), std::uint64_t { 5 });
    }

    void farJumpMissesTheNewestThousand()
    {
        Desk desk;
        desk.arrives(1);
        desk.arrives(5'000);
        const auto missing = desk.missing();
        QCOMPARE(missing.size(), std::size_t { 1'000 });
        QCOMPARE(missing.front(), std::uint64_t { 4'000 });
        QCOMPARE(desk.overdue(milliseconds { 20'000 }).size(), std::size_t { 1 }); // one marker
    }

    void chainIsComparedWithTheContentBefore()
    {
        Desk desk;
        desk.arrives(1);
        QVERIFY(!desk.arrives(2).chainBroken);
        QVERIFY(desk.arrives(3, {}, sha256(viewOf(QByteArray("another")))).chainBroken);
        QVERIFY(!desk.arrives(4).chainBroken);
        QVERIFY(!desk.arrives(7, {}, sha256(viewOf(QByteArray("unknown")))).chainBroken); // nothing to compare with
        auto header = desk.header(8);
        header.previous.reset();
        QVERIFY(desk.numbers.arrive(desk.chat, header, Desk::hash(8), desk.store.time.now())->chainBroken);
    }

    void ownNumbersNeverRepeat()
    {
        Desk desk;
        const auto first = *desk.numbers.next(desk.chat);
        QCOMPARE(first.n, std::uint64_t { 1 });
        QVERIFY(!first.previous);
        QVERIFY(desk.numbers.use(desk.chat, 1, Desk::hash(1)));
        QVERIFY(desk.store.database->counters().addVoid(desk.chat, 1));
        const auto second = *desk.numbers.next(desk.chat);
        QCOMPARE(second.n, std::uint64_t { 2 });
        QVERIFY(second.previous == Desk::hash(1));
        QCOMPARE(second.voided, (std::vector<std::uint64_t> { 1 }));
    }

private:
    struct Desk {
        static Sha256 hash(std::uint64_t n) { return sha256(viewOf(QByteArray::number(static_cast<qulonglong>(n)))); }
        wire::ContentHeader header(std::uint64_t n) const
        {
            wire::ContentHeader result;
            result.sender = sender;
            result.n = n;
            result.previous = hash(n - 1);
            return result;
        }
        Numbers::Arrival arrives(std::uint64_t n, std::vector<std::uint64_t> voided = {},
                                 std::optional<Sha256> previous = {})
        {
            auto one = header(n);
            one.voided = std::move(voided);
            one.previous = previous.value_or(hash(n - 1));
            return *numbers.arrive(chat, one, hash(n), store.time.now());
        }
        std::vector<std::uint64_t> missing()
        {
            std::vector<std::uint64_t> result;
            for (const auto &gap : *store.database->counters().gaps(chat))
                result.push_back(gap.n);
            return result;
        }
        std::uint64_t through() { return numbers.through(chat)->front().n; }
        std::vector<Numbers::Gap> overdue(milliseconds later)
        {
            const auto now = store.time.now() + later;
            return *numbers.takeOverdue(now - milliseconds { 10'000 }, now);
        }

        TestStore store;
        const DeviceId sender = TestStore::device(2);
        const AccountId chat = sender.account;
        Numbers numbers { store.database->counters() };
    };
};

} // namespace kith::client

QTEST_GUILESS_MAIN(kith::client::NumbersTest)
#include "tst_numbers.moc"
