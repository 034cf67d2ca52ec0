// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ST0, ST2, ST3, ST10, ST11, c2, c4
#include "common/wire/codec.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;

class OfflineThenRedelivered : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waitsInTheQueueOfWhoIsAway()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const auto bobsDevice = bob.device();
        bob.leaves();
        for (int i = 0; i < 100; ++i)
            alice.says(bob, std::to_string(i));
        QVERIFY(town.until([&] { return alice.engine->outbox().isEmpty(); }));
        QCOMPARE(town.server.queueOf(bobsDevice).messages, std::uint64_t { 100 });
        bob.comes();
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 100; }));
        QCOMPARE(bob.reads(alice).back(), std::string("99"));
        QVERIFY(town.until([&] { return town.server.queueOf(bobsDevice).messages == 0; }));
    }

    void queuesWithoutConnectionAndSendsLater()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.network->refuse({ ErrorCode::network, "the cable is out" });
        alice.network->cut();
        QVERIFY(town.until([&] { return !alice.engine->connection().isOnline(); }));
        const auto mid = alice.says(bob, "later");
        QCOMPARE(alice.message(mid).state, client::MessageState::queued);
        town.pass(milliseconds { 60'000 });
        alice.network->allow();
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; },
                           milliseconds { 180'000 }));
        QCOMPARE(bob.reads(alice), (std::vector<std::string> { "later" }));
    }

    void restartKeepsWhatWasQueued()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.network->refuse({ ErrorCode::network, "the cable is out" });
        alice.network->cut();
        QVERIFY(town.until([&] { return !alice.engine->connection().isOnline(); }));
        const auto mid = alice.says(bob, "kept");
        alice.leaves();
        alice.network->allow();
        alice.comes();
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; }));
        QCOMPARE(bob.reads(alice), (std::vector<std::string> { "kept" }));
        alice.leaves();
        alice.comes();
        QCOMPARE(alice.reads(bob), (std::vector<std::string> { "kept" }));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::OfflineThenRedelivered)
#include "tst_offline_then_redelivered.moc"
