// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery FC2
#include "common/wire/codec.h"
#include "tests/support/client/refusing_server.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::refuse;
using support::refuseNothing;
using support::Town;
using support::valueOf;

namespace {

/// How many decisions a person sends from now on; those that do not arrive are lost on the way.
std::shared_ptr<int> countDecisions(Citizen &person, bool arrive = true)
{
    auto sent = std::make_shared<int>(0); // shared: with the network, which outlives the test
    person.network->toServer().copies = [sent, arrive](const QByteArray &bytes) {
        const auto frame = wire::decodeClientFrame(bytes);
        const bool decision = frame && std::holds_alternative<wire::SetRelation>(frame->body);
        *sent += decision ? 1 : 0;
        return decision && !arrive ? 0 : 1;
    };
    return sent;
}

bool isDecision(const wire::ClientBody &body)
{
    return std::holds_alternative<wire::SetRelation>(body);
}

wire::Relation atTheServer(Town &town, Citizen &who, Citizen &about)
{
    return valueOf(town.server.accounts.standing(who.id(), about.id()))->relation;
}

bool isConfirmed(Citizen &who)
{
    const auto pending = who.database().contacts().relationPending();
    return pending && pending->empty();
}

} // namespace

class DecisionsReachTheServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void askedAgainWhenTheConnectionGoesBeforeTheAnswer_data()
    {
        QTest::addColumn<bool>("arrives");
        QTest::newRow("the request is lost") << false;
        QTest::newRow("the answer is lost") << true;
    }
    void askedAgainWhenTheConnectionGoesBeforeTheAnswer()
    {
        QFETCH(bool, arrives);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const auto sent = countDecisions(alice, arrives);
        alice.network->toClient().silent = true;
        QVERIFY(get(town, alice.engine->contacts().block(bob.address())));
        town.pass(milliseconds { 1'000 });
        QCOMPARE(*sent, 1);
        QVERIFY(!isConfirmed(alice));
        alice.network->cut();
        alice.network->toClient().silent = false;
        alice.network->toServer().copies = {};
        QVERIFY(town.until([&] { return isConfirmed(alice); }));
        QCOMPARE(atTheServer(town, alice, bob), wire::Relation::blocked);
    }

    void madeOfflineSurvivesRestarts()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.network->refuse({ ErrorCode::network, "the cable is out" });
        alice.network->cut();
        QVERIFY(town.until([&] { return !alice.engine->connection().isOnline(); }));
        QVERIFY(get(town, alice.engine->contacts().block(bob.address())));
        alice.leaves();
        alice.opens();
        town.pass(milliseconds { 60'000 });
        QCOMPARE(atTheServer(town, alice, bob), wire::Relation::accepted);
        alice.leaves();
        alice.network->allow();
        alice.comes();
        QVERIFY(town.until([&] { return isConfirmed(alice); }));
        QCOMPARE(atTheServer(town, alice, bob), wire::Relation::blocked);
    }

    /// The person changes his mind while the first decision is on its way: the last one stands.
    void lastDecisionStands()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.network->toServer().delay = milliseconds { 500 };
        QVERIFY(get(town, alice.engine->contacts().block(bob.address())));
        QVERIFY(alice.engine->contacts().unblock(bob.address()));
        QVERIFY(town.until([&] { return isConfirmed(alice); }));
        QCOMPARE(atTheServer(town, alice, bob), wire::Relation::none);
    }

    void refusedForAWhileArrivesOnTheSameConnection_data()
    {
        QTest::addColumn<wire::Fault>("fault");
        QTest::newRow("too often") << wire::Fault { wire::ErrorCode::rate, "", milliseconds { 8'000 } };
        QTest::newRow("unavailable") << wire::Fault { wire::ErrorCode::unavailable, "", {} };
        QTest::newRow("internal") << wire::Fault { wire::ErrorCode::internal, "", {} };
    }
    void refusedForAWhileArrivesOnTheSameConnection()
    {
        QFETCH(wire::Fault, fault);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        refuse(alice, isDecision, fault);
        const auto sent = countDecisions(alice);
        const int dials = alice.network->dials();
        QVERIFY(get(town, alice.engine->contacts().block(bob.address())));
        town.pass(milliseconds { 5'000 });
        QCOMPARE(*sent, 1); // no hammering
        town.pass(milliseconds { 60'000 });
        QVERIFY(*sent > 1 && *sent < 10);
        QVERIFY(!isConfirmed(alice));
        refuseNothing(alice);
        QVERIFY(town.until([&] { return isConfirmed(alice); }, milliseconds { 120'000 }));
        QCOMPARE(atTheServer(town, alice, bob), wire::Relation::blocked);
        QCOMPARE(alice.network->dials(), dials);
    }

    void oneThatTheServerNeverTakesHoldsUpNoOther()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        town.introduce(alice, bob);
        town.introduce(alice, carol);
        const bool bobFirst = bob.id() < carol.id(); // the order in which they are asked
        auto &refused = bobFirst ? bob : carol;
        auto &taken = bobFirst ? carol : bob;
        const auto pick = [id = refused.id()](const wire::ClientBody &body) {
            const auto *decision = std::get_if<wire::SetRelation>(&body);
            return decision && decision->account == id;
        };
        refuse(alice, pick, { wire::ErrorCode::tooLarge, "", {} });
        const auto sent = countDecisions(alice);
        QVERIFY(get(town, alice.engine->contacts().block(refused.address())));
        QVERIFY(get(town, alice.engine->contacts().block(taken.address())));
        QVERIFY(town.until([&] { return atTheServer(town, alice, taken) == wire::Relation::blocked; }));
        town.pass(milliseconds { 600'000 });
        QCOMPARE(*sent, 2);
        QVERIFY(!isConfirmed(alice)); // the next login tries it again
        refuseNothing(alice);
        alice.network->cut();
        QVERIFY(town.until([&] { return isConfirmed(alice); }));
        QCOMPARE(atTheServer(town, alice, refused), wire::Relation::blocked);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::DecisionsReachTheServer)
#include "tst_decisions_reach_the_server.moc"
