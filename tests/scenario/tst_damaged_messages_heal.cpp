// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C4, C8, EV13, EV18, TR1, TR9; delivery ST14, ID8, PK8
#include "common/wire/codec.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;
using support::valueOf;

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
    }

    void forgedPreKeyMessageLeavesNoTrace()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        const auto tables = [&] {
            QByteArray all;
            for (const auto *sql :
                 { "SELECT quote(public_key) FROM identity", "SELECT quote(record) FROM prekey ORDER BY id",
                   "SELECT quote(record) FROM session" }) {
                const auto rows = bob.database().connection().all(sql, [](const sql::Row &row) { return row.text(0); });
                for (const auto &row : *rows)
                    all += QByteArray::fromStdString(row);
            }
            return all;
        };
        const auto before = tables();
        const auto to = bob.device();
        const auto from = alice.device();
        town.plant(to, from, support::midOf(1), wire::CiphertextType::preKey, QByteArray(146, '\x33'));
        bob.network->cut();
        QVERIFY(town.until([&] { return bob.history(alice).size() == 2; }));
        QCOMPARE(bob.history(alice).back().kind, client::MessageKind::undecryptable);
        QVERIFY(tables() == before);
        alice.says(bob, "two");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::DamagedMessagesHeal)
#include "tst_damaged_messages_heal.moc"
