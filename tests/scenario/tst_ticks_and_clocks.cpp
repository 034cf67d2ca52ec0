// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C28, S4, LIM16, ADV-R; delivery ID5, ID6, ST13, ST18, ST19, ST20, I5, I6
#include "common/client/receipts.h"
#include "common/client/typing.h"
#include "common/wire/codec.h"
#include "tests/support/client/insider.h"
#include "tests/support/client/wiretap.h"

#include <QFile>
#include <QSignalSpy>
#include <QtTest>

#include <set>

namespace kith {

using client::MessageState;
using support::Citizen;
using support::Insider;
using support::Town;
using support::Wiretap;

class TicksAndClocks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readReceiptLeavesAfterARandomDelay()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        std::set<std::int64_t> delays;
        for (int i = 0; i < 10; ++i) {
            const auto mid = alice.says(bob, std::to_string(i));
            QVERIFY(town.until([&] { return alice.message(mid).state == MessageState::delivered; }));
            town.pass(milliseconds { 5'000 });
            Wiretap tap(town, alice);
            const auto looked = town.server.time.monotonic();
            QVERIFY(bob.engine->conversations().markRead(alice.id(), {}));
            while (tap.envelopes.empty() && town.server.time.monotonic() - looked < milliseconds { 2'000 })
                town.pass(milliseconds { 10 });
            delays.insert((town.server.time.monotonic() - looked).count());
            QVERIFY(alice.message(mid).state == MessageState::read);
        }
        QVERIFY2(*delays.begin() >= 100, qPrintable(QString::number(*delays.begin())));
        QVERIFY2(*delays.rbegin() <= 1'050, qPrintable(QString::number(*delays.rbegin())));
        QVERIFY2(delays.size() > 3, "not one and the same delay");
    }

    void textDoesNotWaitForTheReceiptBeforeIt()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        const auto mid = alice.says(bob, "question");
        QVERIFY(town.until([&] { return alice.message(mid).state == MessageState::delivered; }));
        QVERIFY(bob.engine->conversations().markRead(alice.id(), {}));
        const auto before = alice.reads(bob).size();
        bob.says(alice, "answer");
        town.pass(milliseconds { 50 });
        QCOMPARE(alice.reads(bob).size(), before + 1);
        QCOMPARE(alice.message(mid).state, MessageState::delivered);
        QVERIFY(town.until([&] { return alice.message(mid).state == MessageState::read; }, milliseconds { 1'100 }));
    }

    void readReceiptSurvivesARestart()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        const auto mid = alice.says(bob, "question");
        QVERIFY(town.until([&] { return alice.message(mid).state == MessageState::delivered; }));
        QVERIFY(bob.engine->conversations().markRead(alice.id(), {}));
        bob.leaves();
        town.pass(milliseconds { 5'000 });
        QCOMPARE(alice.message(mid).state, MessageState::delivered);
        bob.comes();
        QVERIFY(town.until([&] { return alice.message(mid).state == MessageState::read; }));
    }

    /// LIM16: what is acknowledged together is told together; what is read together is one receipt.
    void catchingUpCostsFewReceipts()
    {
        constexpr int messages = 500;
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        bob.leaves();
        for (int i = 0; i < messages; ++i)
            alice.says(bob, std::to_string(i));
        QVERIFY(town.until([&] { return alice.engine->outbox().isEmpty(); }, milliseconds { 120'000 }));
        int told = 0;
        std::size_t mids = 0;
        alice.network->toClient().copies = [&](const QByteArray &bytes) {
            const auto frame = wire::decodeServerFrame(bytes);
            const auto *deliver = frame ? std::get_if<wire::Deliver>(&frame->body) : nullptr;
            if (const auto *delivered = deliver ? std::get_if<wire::Delivered>(&deliver->item) : nullptr) {
                ++told;
                mids += delivered->mids.size();
            }
            return 1;
        };
        bob.comes();
        QVERIFY(town.until([&] { return mids >= messages; }));
        QVERIFY2(told <= 60, qPrintable(QString::number(told)));

        Wiretap tap(town, alice);
        QVERIFY(bob.engine->conversations().markRead(alice.id(), {}));
        town.pass(milliseconds { 5'000 });
        QCOMPARE(tap.envelopes.size(), std::size_t { 2 }); // 256 a content
    }

    void ticksNeverGoBack()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        Wiretap tap(town, alice);
        const auto mid = alice.says(bob, "question");
        QVERIFY(town.until([&] { return alice.message(mid).state == MessageState::delivered; }));
        QVERIFY(bob.engine->conversations().markRead(alice.id(), {}));
        QVERIFY(town.until([&] { return alice.message(mid).state == MessageState::read; }));
        const int events = alice.events("message.status");
        Insider insider(bob, alice);
        auto late = insider.text("x"); // an authentic delivered receipt that took its time
        late.header.n.reset();
        late.header.previous.reset();
        late.body = wire::Receipt { wire::ReceiptKind::delivered, { { mid, {}, {} } } };
        tap.deliver(insider.seal(late));
        tap.deliver(wire::QueueItem { wire::Delivered { bob.id(), { mid } } });
        tap.deliver(wire::QueueItem { wire::ExpiredAtRecipient { bob.id(), { mid } } });
        QCOMPARE(alice.message(mid).state, MessageState::read);
        QVERIFY(!alice.message(mid).failedReason);
        QCOMPARE(alice.events("message.status"), events);
    }

    void receiptCountsOnlyInItsOwnChat()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        talk(town, alice, bob);
        talk(town, alice, carol);
        const auto mid = alice.says(bob, "for Bob");
        QVERIFY(town.until([&] { return alice.message(mid).state == MessageState::delivered; }));
        Wiretap tap(town, alice);
        Insider insider(carol, alice);
        auto claim = insider.text("x");
        claim.header.n.reset();
        claim.header.previous.reset();
        claim.body = wire::Receipt { wire::ReceiptKind::read, { { mid, {}, {} } } };
        tap.deliver(insider.seal(claim));
        QCOMPARE(alice.message(mid).state, MessageState::delivered);
    }

    void wrongClockKeepsTheOrderOfTheTalk_data()
    {
        QTest::addColumn<int>("hours");
        QTest::newRow("3 days ahead") << 72;
        QTest::newRow("3 days behind") << -72;
        QTest::newRow("right") << 0;
    }

    void wrongClockKeepsTheOrderOfTheTalk()
    {
        QFETCH(int, hours);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.clock.skew = milliseconds { hours * 3'600'000LL };
        std::vector<std::string> expected;
        for (int i = 0; i < 12; ++i) {
            auto &from = i % 2 == 0 ? alice : bob;
            auto &to = i % 2 == 0 ? bob : alice;
            expected.push_back(std::to_string(i));
            const auto mid = from.says(to, expected.back());
            QVERIFY(town.until([&] { return to.reads(from).size() == expected.size(); }));
            QVERIFY(town.until([&] { return from.message(mid).serverTime.has_value(); }));
            const auto message = to.message(mid);
            constexpr milliseconds reach { 5 * 60'000 };
            QVERIFY(message.effectiveTime <= *message.serverTime + reach);
            QVERIFY(message.effectiveTime >= *message.serverTime - reach);
            QVERIFY(message.effectiveTime == from.message(mid).effectiveTime);
            town.pass(milliseconds { 7'000 });
        }
        QCOMPARE(alice.reads(bob), expected);
        QCOMPARE(bob.reads(alice), expected);
    }

    void staleOrUnknownTypingLeavesNoTrace()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        std::vector<wire::Ephemeral> notices;
        bob.network->toClient().copies = [&](const QByteArray &frame) {
            const auto decoded = wire::decodeServerFrame(frame);
            if (const auto *notice = decoded ? std::get_if<wire::Ephemeral>(&decoded->body) : nullptr)
                notices.push_back(*notice);
            return 1;
        };
        QSignalSpy shown(&bob.engine->typing(), &client::Typing::typing);
        QVERIFY(alice.engine->typing().set(bob.address(), true));
        town.pass(milliseconds { 1'000 });
        QCOMPARE(shown.size(), 1);
        QCOMPARE(notices.size(), std::size_t { 1 });
        QVERIFY(alice.engine->typing().set(bob.address(), true)); // once per 5 s
        town.pass(milliseconds { 1'000 });
        QCOMPARE(notices.size(), std::size_t { 1 });

        const auto before = sessionOf(bob, alice);
        town.pass(milliseconds { 9'000 });
        for (int i = 0; i < 10'000; ++i) // older than 10 s
            bob.engine->typing().receive(notices.front());
        QVERIFY(alice.engine->typing().set(bob.address(), true));
        QVERIFY(bob.database().contacts().setEphemeralKey(alice.id(), QByteArray(32, 'x')));
        town.pass(milliseconds { 1'000 });
        QCOMPARE(notices.size(), std::size_t { 2 });
        for (int i = 0; i < 10'000; ++i) // another key
            bob.engine->typing().receive(notices.back());
        auto moved = notices.back();
        moved.device = 2;
        bob.engine->typing().receive(moved);
        QCOMPARE(shown.size(), 1);
        QCOMPARE(sessionOf(bob, alice), before);
    }

    void newerConnectionOfADeviceReplacesTheOlder()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        const auto bobsDevice = bob.device();
        QVERIFY(bob.database().checkpoint());
        QVERIFY(QFile::copy(town.folder.filePath("bob.db"), town.folder.filePath("twin.db")));
        Citizen twin(town, "twin", 5);
        QSignalSpy replaced(&bob.engine->connection(), &client::Connection::replaced);
        twin.comes();
        QVERIFY(town.until([&] { return replaced.size() == 1; }));
        QVERIFY(!bob.engine->connection().isOnline());
        QVERIFY(*bob.engine->connection().retryIn() >= milliseconds { 50'000 }); // no fight over the device
        alice.says(bob, "three");
        QVERIFY(town.until([&] { return twin.reads(alice).size() == 3; }, milliseconds { 30'000 }));
        QVERIFY(town.until([&] { return town.server.queueOf(bobsDevice).messages == 0; }, milliseconds { 5'000 }));
        QCOMPARE(bob.reads(alice).size(), std::size_t { 2 });
    }

private:
    static void talk(Town &town, Citizen &alice, Citizen &bob)
    {
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        bob.says(alice, "two");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
        town.pass(milliseconds { 5'000 });
    }

    static QByteArray sessionOf(Citizen &citizen, Citizen &peer)
    {
        return (*citizen.database().crypto().sessions.load(peer.device())).value_or(QByteArray());
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::TicksAndClocks)
#include "tst_ticks_and_clocks.moc"
