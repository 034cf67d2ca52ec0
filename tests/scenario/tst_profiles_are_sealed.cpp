// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C29, C22; delivery FC5
#include "common/crypto/profile_seal.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::KeyHolder;
using support::lie;
using support::Town;
using support::valueOf;

namespace {

/// What the server keeps of somebody.
wire::Profile kept(Town &town, Citizen &whose)
{
    return valueOf(town.server.accounts.byId(whose.id()))->profile;
}

/// Sets the name and waits until the server has it.
wire::Profile publish(Town &town, Citizen &who, const std::string &name)
{
    const auto before = kept(town, who).version;
    if (!who.engine->account().set(name, "about " + name)
        || !town.until([&] { return kept(town, who).version > before; }))
        qFatal("no profile is published");
    return kept(town, who);
}

std::string shown(Citizen &reader, Citizen &whose)
{
    return reader.engine->contacts().find(whose.address())->displayName;
}

bool opens(Citizen &reader, Citizen &whose, const wire::Profile &profile)
{
    const auto row = reader.database().contacts().find(whose.id());
    const auto key = row && *row ? (*row)->profileKey : std::nullopt;
    return key && crypto::openProfile(viewOf(*key), whose.id(), profile.version, profile.sealed).ok();
}

} // namespace

class ProfilesAreSealed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void serverHoldsNoMarkerAndLearnsNoLength()
    {
        Town town;
        auto &alice = town.citizen("alice");
        const auto profile = publish(town, alice, "Marker-7f3a");
        QVERIFY(!profile.sealed.contains("Marker"));
        QVERIFY(!profile.sealed.contains("about"));
        QCOMPARE(publish(town, alice, "M").sealed.size(), profile.sealed.size());
    }

    void onlyWhoWasGivenTheKeyReadsIt()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        publish(town, alice, "Alice Liddell");
        town.introduce(alice, bob);
        alice.says(bob, "it is me");
        QVERIFY(town.until([&] { return shown(bob, alice) == "Alice Liddell"; }));
        QVERIFY(get(town, carol.engine->contacts().resolve(alice.address())));
        town.pass(milliseconds { 10'000 });
        QCOMPARE(shown(carol, alice), std::string());
    }

    void whoeverIsBlockedOrRemovedCannotReadTheNextVersion_data()
    {
        QTest::addColumn<bool>("blocked");
        QTest::newRow("blocked") << true;
        QTest::newRow("removed") << false;
    }
    void whoeverIsBlockedOrRemovedCannotReadTheNextVersion()
    {
        QFETCH(bool, blocked);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        publish(town, alice, "Alice");
        for (auto *friendly : { &bob, &carol }) {
            town.introduce(alice, *friendly);
            alice.says(*friendly, "it is me");
            QVERIFY(town.until([&] { return shown(*friendly, alice) == "Alice"; }));
        }
        QVERIFY(opens(bob, alice, kept(town, alice)));
        if (blocked)
            QVERIFY(get(town, alice.engine->contacts().block(bob.address())));
        else
            QVERIFY(alice.engine->contacts().remove(bob.address()));
        const auto next = publish(town, alice, "Alice after Bob");
        QVERIFY(!opens(bob, alice, next)); // not even with the blob in his hands
        QVERIFY(!opens(carol, alice, next)); // until she hears from Alice
        alice.says(carol, "still me");
        QVERIFY(town.until([&] { return shown(carol, alice) == "Alice after Bob"; }));
        QVERIFY(opens(carol, alice, next));
        town.pass(milliseconds { 60'000 });
        QCOMPARE(shown(bob, alice), std::string("Alice"));
    }

    /// A server that passes an older profile off as the newest, or another account's as this one's.
    void oldVersionUnderANewNumberIsNotShown()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        const auto old = publish(town, alice, "Old");
        publish(town, alice, "New");
        town.introduce(alice, bob);
        lie(bob, [&](wire::ServerBody &body) {
            if (auto *profile = std::get_if<wire::Profile>(&body))
                profile->sealed = old.sealed;
        });
        alice.says(bob, "it is me");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        town.pass(milliseconds { 10'000 });
        QCOMPARE(shown(bob, alice), std::string());
        lie(bob, {});
        bob.leaves();
        bob.comes();
        publish(town, alice, "Newest");
        alice.says(bob, "still me");
        QVERIFY(town.until([&] { return shown(bob, alice) == "Newest"; }));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::ProfilesAreSealed)
#include "tst_profiles_are_sealed.moc"
