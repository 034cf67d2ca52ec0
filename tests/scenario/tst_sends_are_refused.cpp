// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ST2, ST8, ST9, I2; security C5, S17, ERR1, ERR3, ERR4, ERR7, ERR8, ERR9, ERR13, ERR14
#include "tests/support/client/key_holder.h"
#include "tests/support/client/refusing_server.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::recordSends;
using support::refuse;
using support::refuseNothing;
using support::Town;

namespace {

constexpr milliseconds second { 1'000 };

std::function<bool(const wire::ClientBody &)> sendsTo(Citizen &recipient)
{
    return [id = recipient.id()](const wire::ClientBody &body) {
        const auto *send = std::get_if<wire::SendMessage>(&body);
        return send && send->targets.front().account == id;
    };
}

/// Two people with a session, so that nothing but the send itself is on the way.
void acquaint(Town &town, Citizen &a, Citizen &b)
{
    town.introduce(a, b);
    a.says(b, "before");
    if (!town.until([&] { return b.reads(a).size() == 1 && a.engine->outbox().isEmpty(); }))
        qFatal("%s and %s cannot talk", a.name.c_str(), b.name.c_str());
}

} // namespace

class SendsAreRefused : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waitsAsLongAsTheServerSays_data()
    {
        QTest::addColumn<wire::ErrorCode>("code");
        QTest::newRow("ERR7") << wire::ErrorCode::rate;
        QTest::newRow("ERR8") << wire::ErrorCode::queueFull;
        QTest::newRow("ERR13") << wire::ErrorCode::unavailable;
        QTest::newRow("ERR14") << wire::ErrorCode::internal;
    }
    void waitsAsLongAsTheServerSays()
    {
        QFETCH(wire::ErrorCode, code);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        acquaint(town, alice, bob);
        refuse(alice, sendsTo(bob), { code, "", 20 * second });
        const auto sends = recordSends(alice);
        const auto first = alice.says(bob, "first");
        town.pass(second);
        alice.says(bob, "second");
        town.pass(18 * second);
        QCOMPARE(std::ranges::count(*sends, first, &wire::SendMessage::mid), 1);
        QVERIFY(!alice.message(first).failedReason);
        refuseNothing(alice);
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }, 60 * second));
        QCOMPARE(bob.reads(alice), (std::vector<std::string> { "before", "first", "second" }));
        std::vector<wire::SendMessage> firsts;
        std::ranges::copy_if(*sends, std::back_inserter(firsts), [&](const auto &one) { return one.mid == first; });
        QVERIFY(firsts.size() == 2 && firsts.front().targets == firsts.back().targets);
    }

    void backsOffWhenTheServerSaysNothing()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        acquaint(town, alice, bob);
        refuse(alice, sendsTo(bob), { wire::ErrorCode::unavailable, "", {} });
        const auto sends = recordSends(alice);
        alice.says(bob, "patience");
        town.pass(600 * second);
        QVERIFY(sends->size() > 5); // at most a minute apart
        const auto early = sends->size();
        QVERIFY2(early < 60, "the pause does not grow");
        town.pass(600 * second);
        QVERIFY2(sends->size() - early < 40, "the pause does not stay long");
        refuseNothing(alice);
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }, 70 * second));
    }

    void tooOftenStopsThatChatOnly()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        acquaint(town, alice, bob);
        acquaint(town, alice, carol);
        refuse(alice, sendsTo(bob), { wire::ErrorCode::rate, "", 60 * second });
        alice.says(bob, "too much");
        town.pass(second);
        const auto sends = recordSends(alice);
        alice.says(bob, "more");
        alice.says(carol, "calm");
        QVERIFY(town.until([&] { return carol.reads(alice).size() == 2; }, second));
        town.pass(30 * second);
        QCOMPARE(sends->size(), std::size_t { 1 }); // to carol
        refuseNothing(alice);
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }, 60 * second));
    }

    void definiteRefusalEndsTheMessageAndThePersonHearsWhy_data()
    {
        QTest::addColumn<wire::ErrorCode>("code");
        QTest::addColumn<std::string>("reason");
        QTest::newRow("ERR1") << wire::ErrorCode::invalid << std::string("invalid");
        QTest::newRow("ERR3") << wire::ErrorCode::forbidden << std::string("refused");
        QTest::newRow("ERR4") << wire::ErrorCode::notFound << std::string("notFound");
        QTest::newRow("ERR9") << wire::ErrorCode::tooLarge << std::string("tooLarge");
    }
    void definiteRefusalEndsTheMessageAndThePersonHearsWhy()
    {
        QFETCH(wire::ErrorCode, code);
        QFETCH(std::string, reason);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        acquaint(town, alice, bob);
        refuse(alice, sendsTo(bob), { code, "", {} });
        const auto told = alice.events("message.status");
        const auto mid = alice.says(bob, "unwanted");
        const auto waited = get(town, alice.engine->outbox().wait(mid, client::MessageState::accepted, 30 * second));
        QVERIFY(waited && !waited->reached);
        QCOMPARE(waited->failedReason.value_or(""), reason);
        QCOMPARE(alice.message(mid).failedReason.value_or(""), reason);
        QCOMPARE(alice.events("message.status"), told + 1);
        QVERIFY(alice.engine->outbox().isEmpty());

        refuseNothing(alice);
        const auto sends = recordSends(alice);
        alice.leaves();
        alice.comes();
        town.pass(60 * second);
        QVERIFY(sends->empty());
        alice.says(bob, "after");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        town.pass(second);
        QCOMPARE(bob.events("messages.missing"), 0); // the refused one's number is named as void
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::SendsAreRefused)
#include "tst_sends_are_refused.moc"
