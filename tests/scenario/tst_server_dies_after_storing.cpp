// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery AT2, AT4, AT6, ST4, ST22, s3, ACK11, I1, I3
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Town;

class ServerDiesAfterStoring : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Stored, and then neither the sender nor the recipient's connection heard of it.
    void storedAndNeverRoutedArrivesOnce()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const int before = town.server.store.accepts;
        town.server.store.losesAnswers = true;
        const auto mid = alice.says(bob, "kept");
        QVERIFY(town.until([&] { return town.server.store.accepts > before; }));
        QVERIFY(bob.reads(alice).empty());
        QCOMPARE(alice.message(mid).state, client::MessageState::queued); // nobody said that it was accepted
        alice.network->cut();
        bob.network->cut();
        town.server.store.losesAnswers = false;
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; },
                           milliseconds { 120'000 }));
        QCOMPARE(bob.reads(alice), std::vector<std::string> { "kept" });
        QCOMPARE(bob.events("message.received"), 1);
        QVERIFY(alice.message(mid).sid == bob.message(mid).sid);
    }

    /// Too long in the queue of somebody who does not come: he is told what he missed, and the sender that it was. Here
    /// after an hour in place of 30 days.
    void whatExpiredIsShownAtBothEnds()
    {
        support::TestServer::Options options;
        options.queues.limits.expiry = milliseconds { 3'600'000 };
        Town town(options);
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        bob.leaves();
        std::vector<Mid> mids;
        for (int i = 0; i < 3; ++i)
            mids.push_back(alice.says(bob, std::to_string(i)));
        QVERIFY(town.until([&] { return alice.engine->outbox().isEmpty(); }));
        town.pass(milliseconds { 3'700'000 });
        QVERIFY(support::valueOf(town.server.queues.sweep(town.server.time.now(), 1'000)));
        alice.network->cut(); // the row for her waits in her queue
        QVERIFY(
            town.until([&] { return alice.message(mids.back()).failedReason.has_value(); }, milliseconds { 120'000 }));
        for (const auto &mid : mids)
            QCOMPARE(alice.message(mid).failedReason, std::optional<std::string> { "expired" });
        bob.comes();
        QVERIFY(town.until([&] { return bob.events("messages.missing") == 1; }));
        QVERIFY(bob.reads(alice).empty());
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::ServerDiesAfterStoring)
#include "tst_server_dies_after_storing.moc"
