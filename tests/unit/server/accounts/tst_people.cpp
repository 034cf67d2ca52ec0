// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S10, S3, C29, LIM20, delivery FC2, FC4, server-ops 7 (deletion)
#include "tests/support/gateway/test_server.h"

#include <QtTest>

using namespace kith;
using namespace kith::support;
using Code = wire::ErrorCode;
using wire::Relation;

class PeopleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersMissAndBlockAlike();
    void cutsOffEnumeration();
    void keepsOneProfileVersionAfterAnother();
    void hidesTheProfileFromTheBlocked();
    void refusesARelationToNobodyAndOneself();
    void takesADecisionBackAfterTheOtherIsGone();
    void deletesEverythingButTheName();
    void deletesAgainAfterACrash();
};

void PeopleTest::answersMissAndBlockAlike()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto meiClient = server.joins(mei);
    auto client = server.joins(bob);
    QVERIFY(client->ask<wire::AccountInfo>(wire::LookupAccount { mei.id() }));
    QVERIFY(meiClient->ask<wire::Done>(wire::SetRelation { bob.id(), Relation::blocked }));

    const auto unknown = client->ask<wire::Fault>(wire::Lookup { "nobody" });
    QVERIFY(unknown);
    QCOMPARE(unknown->code, Code::notFound);
    const std::vector<wire::ClientBody> blocked { wire::Lookup { "mei" }, wire::LookupAccount { mei.id() },
                                                  wire::FetchProfile { mei.id() } };
    for (const auto &request : blocked)
        QVERIFY(client->ask<wire::Fault>(request) == unknown);
    const auto bundles = client->ask<wire::Bundles>(wire::FetchBundles { { { mei.id(), {} } } });
    QVERIFY(bundles && bundles->accounts.empty());
}

void PeopleTest::cutsOffEnumeration()
{
    TestServer server({ .rateFactor = 1 });
    auto client = server.joins(server.account("mei"));
    int answered = 0;
    for (int i = 0; i < 100; ++i) {
        server.time.advance(std::chrono::milliseconds { 100 });
        answered += client->refusal(wire::Lookup { "user" + std::to_string(i) }) == Code::notFound ? 1 : 0;
    }
    QVERIFY2(answered >= 60 && answered <= 63, qPrintable(QString::number(answered)));
}

void PeopleTest::keepsOneProfileVersionAfterAnother()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto client = server.joins(mei);
    auto reader = server.joins(server.account("bob"));
    QCOMPARE(reader->refusal(wire::FetchProfile { mei.id() }), Code::notFound);
    QVERIFY(client->ask<wire::Done>(wire::SetProfile { 2, "sealed 2" }));
    QCOMPARE(client->refusal(wire::SetProfile { 2, "other" }), Code::conflict);
    QCOMPARE(client->refusal(wire::SetProfile { 1, "older" }), Code::conflict);
    const auto profile = reader->ask<wire::Profile>(wire::FetchProfile { mei.id() });
    QVERIFY(profile);
    QCOMPARE(profile->sealed, QByteArray("sealed 2"));
    QCOMPARE(reader->ask<wire::AccountInfo>(wire::Lookup { "mei" })->profileVersion, 2u);
}

void PeopleTest::hidesTheProfileFromTheBlocked()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto client = server.joins(mei);
    auto reader = server.joins(bob);
    QVERIFY(client->ask<wire::Done>(wire::SetProfile { 1, "sealed" }));
    QVERIFY(reader->ask<wire::Profile>(wire::FetchProfile { mei.id() }));
    server.relate(mei, bob, Relation::blocked);
    QCOMPARE(reader->refusal(wire::FetchProfile { mei.id() }), Code::notFound);
}

void PeopleTest::refusesARelationToNobodyAndOneself()
{
    TestServer server;
    const auto mei = server.account("mei"), ghost = server.account("ghost");
    auto client = server.joins(mei);
    QCOMPARE(client->refusal(wire::SetRelation { ghost.id(), Relation::accepted }), Code::notFound);
    QCOMPARE(client->refusal(wire::SetRelation { mei.id(), Relation::accepted }), Code::invalid);
}

void PeopleTest::takesADecisionBackAfterTheOtherIsGone()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto client = server.joins(mei);
    auto other = server.joins(bob);
    QVERIFY(client->ask<wire::Done>(wire::SetRelation { bob.id(), Relation::accepted }));
    QVERIFY(other->ask<wire::Done>(wire::DeleteAccount {}));
    QVERIFY(client->ask<wire::Done>(wire::SetRelation { bob.id(), Relation::none }));
}

void PeopleTest::deletesEverythingButTheName()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto client = server.joins(mei);
    auto other = server.joins(bob);
    QVERIFY(other->ask<wire::Accepted>(message(midOf(1), { &mei })));
    QVERIFY(client->ask<wire::Done>(wire::DeleteAccount {}));
    QCOMPARE(client->closeCode, 4401);

    QCOMPARE(other->refusal(wire::Lookup { "mei" }), Code::notFound);
    QCOMPARE(other->refusal(message(midOf(2), { &mei })), Code::notFound);
    QCOMPARE(valueOf(server.keys.stock(mei.device()))->oneTime, 0u);
    QVERIFY(server.queueOf(mei.device()).closed);
    QCOMPARE(server.queueOf(mei.device()).messages, 0u);

    auto again = server.connects();
    again->hello();
    again->send(mei.login(again->serverId, again->challenge));
    QCOMPARE(again->closeCode, 4401);
}

void PeopleTest::deletesAgainAfterACrash()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto client = server.joins(mei);
    // What a crash in the midst leaves: the keys are gone, the account and its own queue are there.
    QVERIFY(valueOf(server.keys.remove(mei.device())));
    client = server.returns(mei);
    QVERIFY(client->ask<wire::Done>(wire::DeleteAccount {}));
    QVERIFY(!valueOf(server.accounts.byId(mei.id())));
}

QTEST_GUILESS_MAIN(PeopleTest)
#include "tst_people.moc"
