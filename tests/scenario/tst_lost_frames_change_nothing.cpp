// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ST3, ST4, ST13, c4, c9, FI4, ID1
#include "common/wire/codec.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;

class LostFramesChangeNothing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lostAckIsDeduplicated()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        int lost = 0;
        bob.network->toServer().copies = [&](const QByteArray &frame) {
            const auto decoded = wire::decodeClientFrame(frame);
            const bool ack = decoded && std::holds_alternative<wire::Ack>(decoded->body);
            lost += ack ? 1 : 0;
            return ack ? 0 : 1;
        };
        const auto mid = alice.says(bob, "once");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1 && lost > 0; }));
        bob.network->toServer().copies = {};
        bob.network->cut();
        // The first time's receipt flag goes out with the second acknowledgement.
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; }));
        QCOMPARE(bob.reads(alice).size(), std::size_t { 1 });
        QCOMPARE(bob.events("message.received"), 1);
    }

    void lostAcceptedIsSentAgainUnderTheSameSid()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        int lost = 0;
        alice.network->toClient().copies = [&](const QByteArray &frame) {
            const auto decoded = wire::decodeServerFrame(frame);
            const bool accepted = decoded && std::holds_alternative<wire::Accepted>(decoded->body);
            lost += accepted ? 1 : 0;
            return accepted && lost == 1 ? 0 : 1;
        };
        const auto mid = alice.says(bob, "once");
        QVERIFY(town.until([&] { return alice.engine->outbox().isEmpty(); }, milliseconds { 120'000 }));
        QVERIFY(lost >= 2);
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        QVERIFY(alice.message(mid).sid == bob.message(mid).sid);
        QCOMPARE(bob.events("message.received"), 1);
    }

    void doubledFramesAreShownOnce()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        bob.network->toClient().copies = [](const QByteArray &) { return 2; };
        for (int i = 0; i < 10; ++i)
            alice.says(bob, std::to_string(i));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 10; }));
        town.pass(milliseconds { 5'000 });
        QCOMPARE(bob.events("message.received"), 10);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::LostFramesChangeNothing)
#include "tst_lost_frames_change_nothing.moc"
