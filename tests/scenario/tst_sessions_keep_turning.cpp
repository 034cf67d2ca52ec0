// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C8, C9, C10, C11, EV14, TR4, TR5, TR17; delivery ST14, ID8, PK5, PK8
#include "common/wire/codec.h"
#include "tests/support/client/insider.h"
#include "tests/support/client/wiretap.h"

#include <QtTest>

#include <set>

namespace kith {

using support::Citizen;
using support::Insider;
using support::Town;
using support::valueOf;
using support::Wiretap;

class SessionsKeepTurning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void corruptedSideRecoversWithinOneRoundTrip_data()
    {
        QTest::addColumn<bool>("recipient");
        QTest::addColumn<bool>("garbage");
        QTest::newRow("recipient lost it") << true << false;
        QTest::newRow("recipient's is garbage") << true << true;
        QTest::newRow("sender lost it") << false << false;
        QTest::newRow("sender's is garbage") << false << true;
    }

    void corruptedSideRecoversWithinOneRoundTrip()
    {
        QFETCH(bool, recipient);
        QFETCH(bool, garbage);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        auto &broken = recipient ? bob : alice;
        auto &other = recipient ? alice : bob;
        if (garbage)
            QVERIFY(broken.database().crypto().sessions.store(other.device(), QByteArray(300, '\x7f')));
        else
            QVERIFY(broken.database().crypto().sessions.removeAll(other.id()));
        Wiretap toAlice(town, alice);
        Wiretap toBob(town, bob);
        alice.says(bob, "three");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }, milliseconds { 5'000 }));
        QVERIFY2(toBob.envelopes.size() <= 2, "the message, and at most once again");
        QVERIFY2(toAlice.envelopes.size() <= 2, "at most one request and one keep-alive");
        alice.says(bob, "four");
        bob.says(alice, "five");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 5 && alice.reads(bob).size() == 5; }));
        QCOMPARE(bob.events("message.received"), 3);
    }

    void twoWedgedPeersMakeTwoResetsAtMost()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        Resets resets(town, alice, bob);
        // Both fall back to nothing at the same moment, and both write before either hears of the other.
        QVERIFY(alice.database().crypto().sessions.store(bob.device(), QByteArray(300, '\x7f')));
        QVERIFY(bob.database().crypto().sessions.store(alice.device(), QByteArray(300, '\x7f')));
        alice.network->toServer().delay = milliseconds { 500 };
        bob.network->toServer().delay = milliseconds { 500 };
        for (int i = 0; i < 5; ++i) {
            alice.says(bob, "a" + std::to_string(i));
            bob.says(alice, "b" + std::to_string(i));
        }
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 12 && alice.reads(bob).size() == 12; }));
        town.pass(milliseconds { 60'000 });
        QVERIFY2(resets.count() <= 2, qPrintable(QString::number(resets.count())));
        QCOMPARE(alice.events("message.received"), 6);
        QCOMPARE(bob.events("message.received"), 6);
    }

    void resetsAtMostOnceAnHour()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        Resets resets(town, alice, bob);
        Wiretap tap(town, bob);
        const auto damaged = [&](int number) {
            Insider insider(alice, bob);
            auto envelope = insider.seal(insider.text("damaged"));
            envelope.content.back() = static_cast<char>(envelope.content.back() ^ 1);
            envelope.mid = support::midOf(number);
            tap.deliver(envelope);
        };
        for (int i = 0; i < 2; ++i)
            damaged(i);
        QCOMPARE(resets.count(), 0); // not before the third in a row
        for (int i = 2; i < 30; ++i) {
            damaged(i);
            town.pass(milliseconds { 110'000 }); // 51 minutes in all
        }
        QCOMPARE(resets.count(), 1);
        town.pass(milliseconds { 10 * 60'000 });
        damaged(30);
        town.pass(milliseconds { 1'000 });
        QCOMPARE(resets.count(), 2);
    }

    void holeLargerThanTheLibrarysJumpHeals()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        const auto bobsDevice = bob.device();
        const auto peer = alice.id();
        bob.leaves();
        constexpr int lost = 520; // beyond the jump of 500 that is allowed within a chain
        for (int i = 0; i < lost; ++i)
            alice.says(bob, "lost " + std::to_string(i));
        QVERIFY(town.until([&] { return alice.engine->outbox().isEmpty(); }, milliseconds { 600'000 }));
        swallow(town, bobsDevice);
        for (int i = 0; i < 3; ++i)
            alice.says(bob, "kept " + std::to_string(i));
        bob.comes();
        QVERIFY(town.until([&] { return *bob.database().messages().count(peer) == 2 + 3 + lost; },
                           milliseconds { 600'000 }));
        QVERIFY(town.until([&] { return bob.database().counters().gaps(peer)->empty(); }));
        QCOMPARE(bob.reads(alice).back(), std::string("kept 2"));
        QVERIFY(bob.events("messages.missing") >= 1); // it was shown before it healed
        alice.says(bob, "and on");
        QVERIFY(town.until([&] { return bob.reads(alice).back() == "and on"; }));
    }

    void oneWayTalkKeepsChainsShort()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        Insider insider(alice, bob);
        constexpr int sent = 300; // the row says 10,000: every chain is like the next
        std::uint32_t longest = 0;
        for (int i = 0; i < sent; ++i) {
            alice.says(bob, std::to_string(i));
            longest = std::max(longest, insider.session().sendingCounter);
            if (i % 10 == 9)
                town.pass(milliseconds { 50 });
        }
        QVERIFY(town.until([&] { return bob.engine->conversations().get(lastOf(alice, bob)).ok(); }));
        QVERIFY2(longest <= 100, qPrintable(QString::number(longest)));
        QVERIFY2(longest >= 53, "the limit was never reached: nothing was shown");
        QVERIFY(!insider.session().unacknowledged);
    }

    void firstMessageOfASessionIsAnsweredOnce()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        Wiretap tap(town, alice);
        alice.says(bob, "one");
        town.pass(milliseconds { 60'000 });
        QCOMPARE(tap.envelopes.size(), std::size_t { 1 }); // one empty message
        QVERIFY(!Insider(alice, bob).session().unacknowledged);
        QVERIFY(alice.reads(bob).size() == 1);
        Wiretap toBob(town, bob);
        town.pass(milliseconds { 600'000 });
        QVERIFY(toBob.envelopes.empty()); // which is never answered
    }

    void oldStatesAndSkippedKeysGoAfterThirtyDays()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        const auto bobsDevice = bob.device();
        bob.leaves();
        alice.says(bob, "lost");
        QVERIFY(town.until([&] { return alice.engine->outbox().isEmpty(); }));
        swallow(town, bobsDevice);
        alice.says(bob, "kept");
        bob.comes();
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 4; })); // the hole was healed, its key is still here
        QVERIFY(alice.database().crypto().sessions.removeAll(bob.id()));
        alice.says(bob, "in a new session");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 5; }));
        town.pass(milliseconds { 5'000 });
        const auto kept = [&] {
            const auto info = Insider(bob, alice).session();
            return std::pair(info.archivedStates, info.skippedKeys);
        };
        const auto comesAfter = [&](int days) {
            bob.leaves();
            town.server.time.jumpWall(milliseconds { days * 24LL * 3600 * 1000 });
            bob.comes();
        };
        QCOMPARE(kept(), std::pair(std::size_t { 1 }, std::size_t { 1 }));
        comesAfter(0); // seen for the first time
        comesAfter(29);
        QCOMPARE(kept(), std::pair(std::size_t { 1 }, std::size_t { 1 }));
        comesAfter(2);
        QCOMPARE(kept(), std::pair(std::size_t { 0 }, std::size_t { 0 }));
        alice.says(bob, "and on");
        QVERIFY(town.until([&] { return bob.reads(alice).back() == "and on"; }));
    }

private:
    /// How often either side began a new session because of trouble.
    class Resets {
    public:
        Resets(Town &town, Citizen &alice, Citizen &bob) : town_(town), alice_(alice), bob_(bob) { look(); }
        int count()
        {
            look();
            return static_cast<int>(times_.size());
        }

    private:
        void look()
        {
            note(0, alice_, bob_);
            note(1, bob_, alice_);
            timer_ = town_.server.time.after(milliseconds { 1'000 }, [this] { look(); });
        }
        void note(int who, Citizen &citizen, Citizen &peer)
        {
            const auto row = *citizen.database().contacts().find(peer.id());
            if (row && row->lastReset != WallTime {})
                times_.insert({ who, row->lastReset });
        }
        Town &town_;
        Citizen &alice_, &bob_;
        std::set<std::pair<int, WallTime>> times_;
        Timer timer_;
    };

    static void talk(Town &town, Citizen &alice, Citizen &bob)
    {
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        bob.says(alice, "two");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
        town.pass(milliseconds { 5'000 });
    }

    /// What waits for a device is gone, as if it had never come.
    static void swallow(Town &town, const DeviceId &device)
    {
        while (town.server.queueOf(device).messages > 0) {
            const auto page = valueOf(town.server.queues.range(device, Qseq {}, 200));
            for (const auto &row : page->rows)
                QVERIFY(valueOf(town.server.queues.settle({ { device, row.qseq, false } })));
        }
    }

    static Mid lastOf(Citizen &alice, Citizen &bob) { return alice.history(bob).back().mid; }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::SessionsKeepTurning)
#include "tst_sessions_keep_turning.moc"
