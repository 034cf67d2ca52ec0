// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: cli 7.2 (chats)
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using client::ChatChange;
using support::Citizen;
using support::Town;

class ChatsAreKeptInOrder : public QObject {
    Q_OBJECT

    static std::vector<std::string> listOf(Citizen &citizen)
    {
        std::vector<std::string> names;
        const auto chats = citizen.engine->conversations().list();
        for (const auto &chat : *chats)
            names.push_back(chat.name);
        return names;
    }
    static client::ChatSettings settings(Citizen &citizen, Citizen &peer)
    {
        return citizen.engine->conversations().chat(peer.id())->settings;
    }
    static ChatChange archive()
    {
        ChatChange change;
        change.archived = true;
        return change;
    }

private Q_SLOTS:
    void pinnedComeFirstThenTheLastActive()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        auto &dave = town.citizen("dave");
        for (auto *friendOfAlice : { &bob, &carol, &dave })
            town.introduce(alice, *friendOfAlice);
        for (auto *writer : { &bob, &carol }) {
            writer->says(alice, "hello");
            QVERIFY(town.until([&] { return alice.reads(*writer).size() == 1; }));
            town.pass(milliseconds { 1'000 });
        }
        QCOMPARE(listOf(alice), (std::vector<std::string> { "carol", "bob" }));
        ChatChange pin;
        pin.pinned = true;
        QVERIFY(alice.engine->conversations().set(bob.id(), pin));
        QCOMPARE(listOf(alice), (std::vector<std::string> { "bob", "carol" }));
        QVERIFY(alice.engine->conversations().set(dave.id(), pin)); // a pinned chat may be empty
        QCOMPARE(listOf(alice), (std::vector<std::string> { "bob", "dave", "carol" }));
        alice.leaves();
        alice.comes();
        QCOMPARE(listOf(alice), (std::vector<std::string> { "bob", "dave", "carol" }));
        QVERIFY(alice.engine->conversations().set(bob.id(), archive()));
        QCOMPARE(settings(alice, bob), (client::ChatSettings { false, true, false, {} }));
        QVERIFY(alice.engine->conversations().set(bob.id(), pin));
        QCOMPARE(settings(alice, bob), (client::ChatSettings { true, false, false, {} }));
    }

    void aMessageBringsAChatBackFromTheArchive()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        QVERIFY(alice.engine->conversations().set(bob.id(), archive()));
        const int before = alice.events("chat.updated");
        bob.says(alice, "are you there?");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 1; }));
        QVERIFY(!settings(alice, bob).archived);
        QCOMPARE(alice.events("chat.updated"), before + 1);
        QVERIFY(alice.engine->conversations().set(bob.id(), archive()));
        alice.says(bob, "I am");
        QVERIFY(!settings(alice, bob).archived);
    }

    void aMutedChatStaysInTheArchiveUntilItIsNotMuted()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        ChatChange change = archive();
        change.mutedUntil = alice.clock.now() + milliseconds { 3'600'000 };
        QVERIFY(alice.engine->conversations().set(bob.id(), change));
        bob.says(alice, "one");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 1; }));
        QVERIFY(settings(alice, bob).archived);
        QVERIFY(settings(alice, bob).mutedUntil);
        town.pass(milliseconds { 3'600'000 });
        QVERIFY(!settings(alice, bob).mutedUntil);
        bob.says(alice, "two");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
        QVERIFY(!settings(alice, bob).archived);
    }

    void readingTakesTheMarkAway()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        ChatChange mark;
        mark.markedUnread = true;
        const auto marked = alice.engine->conversations().set(bob.id(), mark);
        QVERIFY(marked && marked->settings.markedUnread);
        QCOMPARE(marked->unread, std::uint64_t { 0 });
        const int before = alice.events("chat.updated");
        QVERIFY(alice.engine->conversations().set(bob.id(), mark)); // no change, no event
        QCOMPARE(alice.events("chat.updated"), before);
        QVERIFY(alice.engine->conversations().markRead(bob.id(), {}));
        QVERIFY(!settings(alice, bob).markedUnread);
        QCOMPARE(alice.events("chat.updated"), before + 1);
    }

    void sendingRemovesTheDraft()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        QVERIFY(alice.engine->conversations().setDraft(bob.id(), "hel", {}));
        alice.leaves();
        alice.comes();
        QCOMPARE(alice.engine->conversations().chat(bob.id())->draft->text, std::string("hel"));
        alice.says(bob, "something else"); // a script's message leaves it alone
        QVERIFY(alice.engine->conversations().chat(bob.id())->draft);
        client::Draft draft { { bob.address() }, "hello", {}, {} };
        draft.clearDraft = true;
        QVERIFY(get(town, alice.engine->outbox().send(draft)));
        QVERIFY(!alice.engine->conversations().chat(bob.id())->draft);
    }

    void nothingIsKeptForAChatThatDoesNotExist()
    {
        Town town;
        auto &alice = town.citizen("alice");
        AccountId nobody;
        nobody.octets.fill(9);
        const auto set = alice.engine->conversations().set(nobody, archive());
        QVERIFY(!set);
        QCOMPARE(set.error().code, client::FailureCode::notFound);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::ChatsAreKeptInOrder)
#include "tst_chats_are_kept_in_order.moc"
