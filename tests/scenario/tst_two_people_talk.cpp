// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ST1-ST5, ST17-ST20, FC2, ACK1-ACK8; security C5, C18
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;

class TwoPeopleTalk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textsArriveOnceAndInOrder()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        std::vector<std::string> expected;
        for (int i = 0; i < 20; ++i) {
            expected.push_back("text " + std::to_string(i));
            alice.says(bob, expected.back());
        }
        QVERIFY(town.until([&] { return bob.reads(alice).size() == expected.size(); }));
        QCOMPARE(bob.reads(alice), expected);
        QCOMPARE(bob.events("message.received"), 20);
    }

    void ticksRiseToRead()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const auto mid = alice.says(bob, "hello");
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; }));
        const auto unread = bob.engine->conversations().markRead(alice.id(), {});
        QVERIFY(unread);
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::read; }));
        QVERIFY(alice.message(mid).sid == bob.message(mid).sid);
        QVERIFY(alice.engine->outbox().isEmpty());
    }

    void theOldestUnreadMessageIsNamed()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        std::vector<Mid> mids;
        for (const char *text : { "one", "two", "three" })
            mids.push_back(alice.says(bob, text));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }));
        const auto chat = [&] { return *bob.engine->conversations().chat(alice.id()); };
        QCOMPARE(chat().firstUnread, std::optional(mids[0]));
        QVERIFY(bob.engine->conversations().markRead(alice.id(), mids[1]));
        QCOMPARE(chat().firstUnread, std::optional(mids[2]));
        QVERIFY(bob.engine->conversations().markRead(alice.id(), {}));
        QVERIFY(!chat().firstUnread);
        QVERIFY(!alice.engine->conversations().chat(bob.id())->firstUnread);
    }

    void noReadReceiptWhenSwitchedOff()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        QVERIFY(bob.engine->account().setReadReceipts(false));
        const auto mid = alice.says(bob, "hello");
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; }));
        QVERIFY(bob.engine->conversations().markRead(alice.id(), {}));
        town.pass(milliseconds { 10'000 });
        QCOMPARE(alice.message(mid).state, client::MessageState::delivered);
    }

    void bothWaysInterleaved()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        for (int i = 0; i < 10; ++i) {
            alice.says(bob, "a" + std::to_string(i));
            bob.says(alice, "b" + std::to_string(i));
            town.pass(milliseconds { 300 });
        }
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 20 && bob.reads(alice).size() == 20; }));
        QCOMPARE(alice.reads(bob), bob.reads(alice));
    }

    void waitsForDelivery()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const auto mid = alice.says(bob, "hello");
        const auto waited =
            get(town, alice.engine->outbox().wait(mid, client::MessageState::delivered, milliseconds { 30'000 }));
        QVERIFY(waited && waited->reached);
        QCOMPARE(waited->devices, 1);
    }

    void sameKeySendsOnce()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        const client::Draft draft { { bob.address() }, "once", {}, "key-1" };
        const auto first = get(town, alice.engine->outbox().send(draft));
        const auto second = get(town, alice.engine->outbox().send(draft));
        QVERIFY(first && second);
        QCOMPARE(first->front().mid, second->front().mid);
        auto other = draft;
        other.text = "twice";
        const auto refused = get(town, alice.engine->outbox().send(other));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, client::FailureCode::keyReused);
        QCOMPARE(alice.reads(bob).size(), std::size_t { 1 });
    }

    void refusesWhatIsTooLong()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        const auto sent = get(town, alice.engine->outbox().send({ { bob.address() }, std::string(8193, 'x'), {}, {} }));
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, client::FailureCode::tooLarge);
        const auto nobody = get(town, alice.engine->outbox().send({ { "@nobody" }, "x", {}, {} }));
        QVERIFY(!nobody);
        QCOMPARE(nobody.error().code, client::FailureCode::notFound);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::TwoPeopleTalk)
#include "tst_two_people_talk.moc"
