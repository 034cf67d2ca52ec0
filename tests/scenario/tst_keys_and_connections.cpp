// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C12, C13, S4; delivery PK3, PK6, ST16
#include "common/crypto/pre_keys.h"
#include "common/wire/codec.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;
using support::valueOf;

class KeysAndConnections : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stockIsFilledAgain()
    {
        Town town;
        auto &alice = town.citizen("alice");
        const auto device = alice.device();
        for (int i = 0; i < 80; ++i)
            QVERIFY(valueOf(town.server.keys.take(device, 0)));
        alice.network->cut();
        QVERIFY(town.until([&] { return valueOf(town.server.keys.stock(device))->oneTime == 100; },
                           milliseconds { 180'000 }));
    }

    void whatWasMadeBeforeACrashIsTheRefill()
    {
        Town town;
        auto &alice = town.citizen("alice");
        const auto device = alice.device();
        for (int i = 0; i < 76; ++i)
            QVERIFY(valueOf(town.server.keys.take(device, 0)));
        auto &database = alice.database(); // as the crash leaves it: committed, not uploaded
        const auto first = (*database.account().load())->nextPreKeyId;
        SeededRandom random(1);
        const auto made = crypto::generateOneTimePreKeys(first, 76, random);
        for (const auto &key : *made)
            QVERIFY(database.crypto().preKeys.store(key.id, key.record));
        QVERIFY(database.account().setNextPreKeyId(first + 76));
        alice.leaves();
        alice.comes();
        QVERIFY(town.until([&] { return valueOf(town.server.keys.stock(device))->oneTime == 100; },
                           milliseconds { 180'000 }));
        town.pass(milliseconds { 180'000 });
        QCOMPARE(valueOf(town.server.keys.stock(device))->oneTime, std::uint32_t { 100 });
    }

    void signedPreKeyIsRotatedAtConnect()
    {
        Town town;
        auto &alice = town.citizen("alice");
        const auto device = alice.device();
        const auto before = valueOf(town.server.keys.stock(device))->signedPreKeyId;
        alice.leaves();
        town.server.time.jumpWall(milliseconds { 3LL * 24 * 3600 * 1000 });
        alice.comes();
        QVERIFY(town.until([&] { return valueOf(town.server.keys.stock(device))->signedPreKeyId != before; }));
    }

    void storeThatFailsAcknowledgesNothing()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const auto device = bob.device();
        QVERIFY(bob.database().connection().run("PRAGMA query_only = 1"));
        alice.says(bob, "not yet");
        town.pass(milliseconds { 10'000 });
        QCOMPARE(town.server.queueOf(device).messages, std::uint64_t { 1 });
        QVERIFY(bob.database().connection().run("PRAGMA query_only = 0"));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        QVERIFY(town.until([&] { return town.server.queueOf(device).messages == 0; }));
    }

    void oneProfileHasOneAccount()
    {
        Town town;
        auto &alice = town.citizen("alice");
        QVERIFY(alice.engine->account().show());
        auto &bob = town.citizen("bob");
        const auto server = net::ServerAddress::parse("ws://127.0.0.1:8480");
        const auto again = get(town, bob.engine->account().registerAccount({ "carol", *server, {}, {} }));
        QVERIFY(!again);
        QCOMPARE(again.error().code, client::FailureCode::refused);
        QCOMPARE(bob.engine->account().show()->name, std::string("bob"));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::KeysAndConnections)
#include "tst_keys_and_connections.moc"
