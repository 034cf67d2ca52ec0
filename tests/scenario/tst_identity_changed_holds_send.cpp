// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C7, C21, C22, EV1, EV4, SQ-k
#include "common/wire/codec.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::KeyHolder;
using support::recordSends;
using support::Town;

namespace {

/// Strict, with a verified contact.
void trustStrictly(Town &town, Citizen &who, Citizen &whom)
{
    town.introduce(who, whom);
    if (!who.engine->account().setStrictTrust(true) || !who.engine->safety().verify(whom.address(), {}))
        qFatal("%s cannot trust %s", who.name.c_str(), whom.name.c_str());
}

void goOffline(Town &town, Citizen &who)
{
    who.network->refuse({ ErrorCode::network, "the cable is out" });
    who.network->cut();
    if (!town.until([&] { return !who.engine->connection().isOnline(); }))
        qFatal("%s stays online", who.name.c_str());
}

} // namespace

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
        const auto waited =
            get(town, alice.engine->outbox().wait(mid, client::MessageState::accepted, milliseconds { 30'000 }));
        QVERIFY(waited && !waited->reached);
        QCOMPARE(waited->failedReason.value_or("time is over"), std::string("untrustedIdentity"));
        QVERIFY(town.until([&] { return alice.events("identity.changed") == 1; }));
        town.pass(milliseconds { 60'000 });
        QVERIFY(bob.reads(alice).empty());
        QCOMPARE(alice.message(mid).state, client::MessageState::queued);
        QVERIFY(!alice.engine->safety().verify(bob.address(), {}));
        const auto held = get(town, alice.engine->outbox().send({ { bob.address() }, "held", {}, {} }));
        QVERIFY(held);
        QCOMPARE(*held->front().failedReason, std::string("untrustedIdentity"));

        QVERIFY(alice.engine->safety().reset(bob.address()));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }, milliseconds { 5'000 }));
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

    void strictModeHoldsANewDeviceUntilVerifiedAgain()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        trustStrictly(town, alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        KeyHolder bobs(town, bob);
        bobs.addDevice(2);
        bobs.publish(bob.id());
        const auto sends = recordSends(alice);
        const auto first = alice.says(bob, "learns of it"); // the server refuses: a device is missing
        QVERIFY(town.until([&] { return alice.events("devices.changed") == 1; }));
        const auto second = get(town, alice.engine->outbox().send({ { bob.address() }, "knows it", {}, {} }));
        QVERIFY(second);
        QCOMPARE(second->front().failedReason.value_or(""), std::string("untrustedIdentity"));
        town.pass(milliseconds { 60'000 });
        alice.leaves();
        alice.comes();
        town.pass(milliseconds { 60'000 });
        QCOMPARE(bob.reads(alice).size(), std::size_t { 1 });
        QCOMPARE(sends->size(), std::size_t { 1 });
        QCOMPARE(sends->front().targets.front().ciphertexts.size(), std::size_t { 1 }); // made before it was known
        QCOMPARE(alice.message(first).state, client::MessageState::queued);
        QCOMPARE(alice.engine->contacts().find(bob.address())->trust, client::Trust::tofu);

        const auto number = get(town, alice.engine->safety().show(bob.address()));
        QVERIFY(alice.engine->safety().verify(bob.address(), number->digits));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }));
        QCOMPARE(bob.reads(alice), (std::vector<std::string> { "before", "learns of it", "knows it" }));
        const DeviceId added { bob.id(), 2 };
        QCOMPARE(town.server.queueOf(added).messages, std::uint64_t { 2 });
    }

    void newDeviceIsUsedAtOnceOutsideStrictMode()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        trustStrictly(town, alice, bob);
        QVERIFY(alice.engine->account().setStrictTrust(false));
        const auto number = get(town, alice.engine->safety().show(bob.address()))->digits;
        KeyHolder bobs(town, bob);
        bobs.addDevice(2);
        bobs.publish(bob.id());
        alice.says(bob, "to both");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        QCOMPARE(alice.engine->contacts().find(bob.address())->trust, client::Trust::verified);
        const DeviceId added { bob.id(), 2 };
        QCOMPARE(town.server.queueOf(added).messages, std::uint64_t { 1 });
        QCOMPARE(get(town, alice.engine->safety().show(bob.address()))->digits, number); // of accounts, not devices
    }

    /// What was encrypted on first use and has not left yet.
    void strictModeHoldsWhatWaitsAlreadyAndLetsItGo()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        goOffline(town, alice);
        alice.says(bob, "waits");
        QVERIFY(alice.engine->account().setStrictTrust(true));
        alice.network->allow();
        QVERIFY(town.until([&] { return alice.engine->connection().isOnline(); }));
        town.pass(milliseconds { 30'000 });
        QCOMPARE(bob.reads(alice).size(), std::size_t { 1 });
        QVERIFY(alice.engine->account().setStrictTrust(false));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
    }

    void takingAVerificationBackHoldsInStrictMode()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        trustStrictly(town, alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        goOffline(town, alice);
        alice.says(bob, "waits");
        QVERIFY(alice.engine->safety().reset(bob.address()));
        alice.network->allow();
        QVERIFY(town.until([&] { return alice.engine->connection().isOnline(); }));
        town.pass(milliseconds { 30'000 });
        QCOMPARE(bob.reads(alice).size(), std::size_t { 1 });
        QVERIFY(alice.engine->safety().verify(bob.address(), {}));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::IdentityChangedHoldsSend)
#include "tst_identity_changed_holds_send.moc"
