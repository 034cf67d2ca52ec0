// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery FC1-FC5, ST21; security C30
#include "common/wire/codec.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;

class FirstContactRequest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strangerIsARequestAndLearnsNothing()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        const auto mid = alice.says(bob, "do you know me?");
        QVERIFY(town.until([&] { return bob.events("request.received") == 1; }));
        town.pass(milliseconds { 30'000 });
        QCOMPARE(alice.message(mid).state, client::MessageState::accepted);
        QVERIFY(bob.engine->outbox().isEmpty());
        const auto requests = bob.engine->contacts().requests();
        QVERIFY(requests && requests->size() == 1);
        QCOMPARE(requests->front().text, std::string("do you know me?"));
    }

    /// Until the server has heard of it, it would swallow the receipts of whoever was accepted here (security S11).
    void acceptedHereAndNotYetThereIsToldAllTheSame()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        alice.says(bob, "do you know me?");
        QVERIFY(town.until([&] { return bob.events("request.received") == 1; }));
        bob.network->toServer().copies = [](const QByteArray &frame) {
            const auto decoded = wire::decodeClientFrame(frame);
            return decoded && std::holds_alternative<wire::SetRelation>(decoded->body) ? 0 : 1;
        };
        QVERIFY(bob.engine->contacts().accept(alice.address()));
        const auto mid = alice.says(bob, "now you do");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        bob.network->toServer().copies = {};
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; },
                           milliseconds { 180'000 }));
    }

    void aFirstMessageIsReadableOnceAllIsTakenIn()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        bob.leaves();
        const auto mid = alice.says(bob, "do you know me?");
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::accepted; }));
        bob.opens();
        bob.network->toServer().delay = milliseconds { 200 }; // alice's list is asked for before she can be read
        QVERIFY(town.until([&] { return bob.engine->isCaughtUp(); }));
        QCOMPARE(bob.reads(alice), std::vector<std::string> { "do you know me?" });
    }

    void acceptingSendsWhatWasHeldBack()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        const auto mid = alice.says(bob, "do you know me?");
        QVERIFY(town.until([&] { return bob.events("request.received") == 1; }));
        QVERIFY(bob.engine->contacts().accept(alice.address()));
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; }));
    }

    void refusingDeletesAndBlockingIsSilent()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        alice.says(bob, "buy this");
        QVERIFY(town.until([&] { return bob.events("request.received") == 1; }));
        QVERIFY(bob.engine->contacts().refuse(alice.address(), true));
        QVERIFY(bob.reads(alice).empty());
        town.pass(milliseconds { 2'000 });
        const auto again = alice.says(bob, "buy this too");
        QVERIFY(town.until([&] { return alice.message(again).failedReason.has_value(); }));
        QCOMPARE(*alice.message(again).failedReason, std::string("notFound")); // as if there were nobody
        QVERIFY(bob.reads(alice).empty());
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::FirstContactRequest)
#include "tst_first_contact_request.moc"
