// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C7, C21, EV1, EV4
#include "common/wire/codec.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;

class IdentityChangedHoldsSend : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingLeavesBeforeThePersonAccepts()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        // Alice pinned another key than the one that the server shows now: to her, Bob's key changed.
        auto row = **alice.database().contacts().find(bob.id());
        row.accountKey = QByteArray(32, 'x');
        row.list.clear();
        row.listVersion = 0;
        QVERIFY(alice.database().contacts().save(row));
        const auto mid = alice.says(bob, "secret");
        QVERIFY(town.until([&] { return alice.events("identity.changed") == 1; }));
        town.pass(milliseconds { 60'000 });
        QVERIFY(bob.reads(alice).empty());
        QCOMPARE(alice.message(mid).state, client::MessageState::queued);
        QVERIFY(!alice.engine->safety().verify(bob.address(), {}));
        const auto held = get(town, alice.engine->outbox().send({ { bob.address() }, "held", {}, {} }));
        QVERIFY(held);
        QCOMPARE(*held->front().failedReason, std::string("untrustedIdentity"));

        QVERIFY(alice.engine->safety().reset(bob.address()));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
    }

    void safetyNumbersAgreeAndVerify()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        const auto hers = get(town, alice.engine->safety().show(bob.address()));
        const auto his = get(town, bob.engine->safety().show(alice.address()));
        QVERIFY(hers && his);
        QCOMPARE(hers->digits, his->digits);
        const auto fits = alice.engine->safety().compare(bob.address(), his->scannable);
        QVERIFY(fits && *fits);
        QVERIFY(!alice.engine->safety().verify(bob.address(), std::string(60, '0')));
        QVERIFY(alice.engine->safety().verify(bob.address(), his->digits));
        QCOMPARE(get(town, alice.engine->safety().show(bob.address()))->state, client::Trust::verified);
    }

    void strictModeHoldsUntilVerified()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        QVERIFY(alice.engine->account().setStrictTrust(true));
        alice.says(bob, "only after comparing");
        town.pass(milliseconds { 30'000 });
        QVERIFY(bob.reads(alice).empty());
        const auto number = get(town, alice.engine->safety().show(bob.address()));
        QVERIFY(alice.engine->safety().verify(bob.address(), number->digits));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::IdentityChangedHoldsSend)
#include "tst_identity_changed_holds_send.moc"
