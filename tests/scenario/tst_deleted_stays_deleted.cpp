// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C16; cli 7.2 (delete, clear)
#include "common/client/deletion.h"
#include "tests/support/client/insider.h"
#include "tests/support/client/wiretap.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Insider;
using support::Town;
using support::Wiretap;

class DeletedStaysDeleted : public QObject {
    Q_OBJECT

    static bool isInLog(Citizen &citizen, const std::string &text)
    {
        const auto page = citizen.engine->events().read(0, {}, 1'000);
        return std::ranges::any_of(
            page->events, [&](const client::Event &event) { return event.json.find(text) != std::string::npos; });
    }

private Q_SLOTS:
    void aRedeliveryBringsNothingBack()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        Wiretap tap(town, bob);
        alice.says(bob, "stays");
        const auto mid = alice.says(bob, "secret text");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        Insider insider(alice, bob);
        const auto content = *(*alice.database().messages().find(alice.id(), mid))->content;
        QVERIFY(isInLog(bob, "secret text"));

        const auto removed = bob.engine->deletion().remove({ mid, support::midOf(77) });
        QVERIFY(removed);
        QCOMPARE(*removed, std::vector<Mid> { mid });
        QCOMPARE(bob.events("message.deleted"), 1);
        const std::vector<std::string> left { "stays" };
        QCOMPARE(bob.reads(alice), left);
        QVERIFY(!isInLog(bob, "secret text"));
        QVERIFY(isInLog(bob, "stays"));

        tap.deliver(tap.recorded(mid));
        tap.deliver(insider.seal(content, mid)); // a new ratchet step with the same content
        QCOMPARE(bob.reads(alice), left);
        bob.leaves();
        bob.comes();
        tap.deliver(tap.recorded(mid));
        QCOMPARE(bob.reads(alice), left);
        QCOMPARE(alice.reads(bob).size(), std::size_t { 2 }); // nobody else hears of it
    }

    void deletionCountsFromItsOwnDay()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const auto mid = alice.says(bob, "old");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        bob.leaves();
        town.server.time.jumpWall(milliseconds { 50LL * 24 * 3600 * 1000 });
        bob.comes();
        QVERIFY(bob.engine->deletion().remove({ mid }));
        bob.leaves();
        town.server.time.jumpWall(milliseconds { 50LL * 24 * 3600 * 1000 });
        bob.comes(); // sweeps
        QVERIFY(*bob.database().seen().find(alice.id(), mid));
    }

    void anOwnMessageThatHasNotLeftIsTakenBack()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.network->refuse({ ErrorCode::network, "the cable is out" });
        alice.network->cut();
        QVERIFY(town.until([&] { return !alice.engine->connection().isOnline(); }));
        const auto mid = alice.says(bob, "too early");
        QVERIFY(alice.engine->deletion().remove({ mid }));
        QVERIFY(alice.engine->outbox().isEmpty());
        alice.network->allow();
        const auto next = alice.says(bob, "now");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        QCOMPARE(bob.reads(alice), std::vector<std::string> { "now" });
        town.pass(milliseconds { 60'000 });
        QCOMPARE(bob.events("messages.missing"), 0);
        QVERIFY(bob.message(next).text == "now");
    }

    void aClearedChatStaysAndADeletedOneIsGone()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        Wiretap tap(town, bob);
        for (const char *text : { "one", "two", "three" })
            alice.says(bob, text);
        bob.says(alice, "four");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 4 && alice.reads(bob).size() == 4; }));
        const auto recorded = tap.envelopes;
        client::ChatChange pin;
        pin.pinned = true;
        QVERIFY(bob.engine->conversations().set(alice.id(), pin));
        QCOMPARE(bob.engine->deletion().clearChat(alice.id()).value(), std::uint64_t { 4 });
        QVERIFY(bob.reads(alice).empty() && !isInLog(bob, "three"));
        QCOMPARE(bob.engine->conversations().list()->size(), std::size_t { 1 });
        QCOMPARE(bob.engine->conversations().list()->front().unread, std::uint64_t { 0 });
        tap.deliver(recorded);
        QVERIFY(bob.reads(alice).empty());
        QVERIFY(bob.engine->conversations().setDraft(alice.id(), "typed", {}));
        QVERIFY(bob.engine->deletion().removeChat(alice.id()));
        QVERIFY(bob.engine->conversations().list()->empty());
        tap.deliver(recorded);
        QVERIFY(bob.engine->conversations().list()->empty());
        alice.says(bob, "five"); // new things come
        QVERIFY(town.until([&] { return bob.reads(alice) == std::vector<std::string> { "five" }; }));
        QVERIFY(!bob.engine->conversations().list()->front().settings.pinned);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::DeletedStaysDeleted)
#include "tst_deleted_stays_deleted.moc"
