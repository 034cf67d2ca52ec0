// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C4, C8, C15, EV13, EV18, TR1, TR9; delivery ST14, ID8, PK5, PK8
#include "common/crypto/identity_key.h"
#include "tests/support/client/wiretap.h"
#include "tests/support/crypto/forged_message.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;
using support::valueOf;
using support::Wiretap;

class DamagedMessagesHeal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lostSessionHealsInOneRoundTrip()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        bob.says(alice, "two"); // acknowledges the session: no prekey part any more
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
        town.pass(milliseconds { 5'000 });
        QVERIFY(bob.database().crypto().sessions.removeAll(alice.id()));
        alice.says(bob, "three");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }));
        QCOMPARE(bob.reads(alice).back(), std::string("three"));
        alice.says(bob, "four");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 4; }));
    }

    void missingNumberIsShownAndSentAgain()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        const auto bobsDevice = bob.device();
        QVERIFY(town.until([&] { return town.server.queueOf(bobsDevice).messages == 0; }));
        bob.leaves();
        alice.says(bob, "two");
        QVERIFY(town.until([&] { return town.server.queueOf(bobsDevice).messages == 1; }));
        const auto last = town.server.queueOf(bobsDevice).last;
        QVERIFY(valueOf(town.server.queues.settle({ { bobsDevice, last, false } }))); // swallowed
        alice.says(bob, "three");
        bob.comes();
        QVERIFY(town.until([&] { return bob.events("messages.missing") == 1; }));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }));
        QVERIFY(shownGaps(bob, alice).empty()); // it came: the marker is gone
    }

    void messageWhosePreKeyIsGoneComesInANewSession()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        Wiretap tap(town, bob);
        tap.swallows = true;
        const auto mid = alice.says(bob, "one");
        QVERIFY(town.until([&] { return !tap.envelopes.empty(); }));
        // Whoever was given the same key wrote first, or Bob's store is an older copy.
        QVERIFY(bob.database().connection().run("DELETE FROM prekey"));
        tap.swallows = false;
        tap.deliver(tap.recorded(mid));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }, milliseconds { 5'000 }));
        QCOMPARE(tap.envelopes.size(), std::size_t { 2 }); // it did not open, and came once again
        QCOMPARE(bob.message(mid).text, std::string("one")); // same mid, a new ratchet step
        QCOMPARE(bob.events("message.received"), 1);
        bob.says(alice, "two");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
    }

    void forgedPreKeyMessageLeavesNoTrace_data()
    {
        QTest::addColumn<bool>("attackersIdentity");
        QTest::newRow("right identity, broken MAC") << false;
        QTest::newRow("attacker's identity") << true;
    }

    void forgedPreKeyMessageLeavesNoTrace()
    {
        QFETCH(bool, attackersIdentity);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        Wiretap tap(town, bob);
        tap.swallows = true;
        const auto mid = alice.says(bob, "one");
        QVERIFY(town.until([&] { return !tap.envelopes.empty(); }));
        const auto honest = tap.recorded(mid);
        QCOMPARE(honest.type, wire::CiphertextType::preKey); // X3DH with a one-time key of Bob's
        const auto before = keyTables(bob);
        QVERIFY(before.contains("prekey"));

        const crypto::Ciphertext original { crypto::CiphertextType::preKey, honest.content };
        SystemRandom random;
        const auto attacker = *crypto::generateIdentityKeyPair(random);
        auto forged = honest;
        forged.mid = support::midOf(1);
        forged.content = crypto::withBrokenMac(original).bytes;
        if (attackersIdentity)
            forged.content = crypto::withInner(original, crypto::innerOf(original), attacker.publicKey).bytes;
        tap.deliver(forged);
        town.pass(milliseconds { 1'000 });
        QCOMPARE(keyTables(bob), before);
        QVERIFY(bob.reads(alice).empty());
        QCOMPARE(bob.history(alice).size(), std::size_t { 1 }); // a placeholder, or a warning
        QCOMPARE(bob.history(alice).front().kind,
                 attackersIdentity ? client::MessageKind::system : client::MessageKind::undecryptable);

        tap.swallows = false; // the honest message that used the same prekey opens, and only now the prekey goes (C15)
        const auto keys = bob.database().crypto().preKeys.count();
        bob.network->cut();
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        QCOMPARE(*bob.database().crypto().preKeys.count(), *keys - 1);
    }

private:
    static std::vector<std::pair<std::uint64_t, std::uint64_t>> shownGaps(Citizen &citizen, Citizen &peer)
    {
        const auto chat = citizen.engine->conversations().chat(peer.id());
        return chat ? chat->missing : std::vector<std::pair<std::uint64_t, std::uint64_t>> {};
    }

    /// Every row that a forged message must not touch, as text.
    static QByteArray keyTables(Citizen &citizen)
    {
        QByteArray all;
        for (const std::string table : { "identity", "prekey", "signed_prekey", "session", "sender_key" }) {
            const auto columns = citizen.database().connection().all(
                "PRAGMA table_info(" + table + ")", [](const sql::Row &row) { return "quote(" + row.text(1) + ")"; });
            std::string query;
            for (const auto &column : *columns)
                query += (query.empty() ? "SELECT " : " || ',' || ") + column;
            const auto rows = citizen.database().connection().all(query + " FROM " + table + " ORDER BY 1",
                                                                  [](const sql::Row &row) { return row.text(0); });
            for (const auto &row : *rows)
                all += QByteArray::fromStdString(table + " " + row + "\n");
        }
        return all;
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::DamagedMessagesHeal)
#include "tst_damaged_messages_heal.moc"
