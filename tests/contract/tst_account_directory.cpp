// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery FC2, FC4; security LIM6, LIM20
#include "common/wire/limits.h"
#include "tests/contract/store_fixture.h"
#include "tests/support/server/await.h"

#include <QTest>

using namespace kith;
using namespace kith::server;
using contract::accountOf;
using contract::midOf;
using std::chrono::hours;
using support::await;

class TestAccountDirectory : public QObject {
    Q_OBJECT

    std::unique_ptr<contract::StoreFixture> store_;

    AccountDirectory &accounts() { return store_->accounts(); }
    WallTime now() { return store_->time().now(); }
    static wire::SignedDeviceList listOf(const char *text)
    {
        wire::SignedDeviceList list { text, {} };
        list.signature.octets.fill(7);
        return list;
    }
    Account make(int number, const std::string &name)
    {
        Account account;
        account.id = accountOf(number);
        account.name = name;
        account.accountKey.octets.fill(static_cast<std::uint8_t>(number));
        account.devices = listOf("list");
        account.listVersion = 1;
        account.created = now();
        return account;
    }
    Result<void> create(int number, const std::string &name, std::optional<std::string> invite = {})
    {
        return await(accounts().create(make(number, name), invite, now()));
    }
    ErrorCode refused(int number, const std::string &name, std::optional<std::string> invite = {})
    {
        const auto created = create(number, name, std::move(invite));
        return created ? ErrorCode::internal : created.error().code;
    }
    using Standing = AccountDirectory::Standing;
    bool admits(AccountId account, AccountId stranger, int mid)
    {
        return await(accounts().admitStranger(account, stranger, midOf(mid), {})).value();
    }
    void offer(const std::string &token, std::uint32_t uses)
    {
        if (!await(accounts().putInvite({ token, uses, 0, now() + hours { 1 }, false })))
            qFatal("the invite was refused");
    }

private Q_SLOTS:
    void initTestCase_data() { contract::StoreFixture::addRows(); }
    void init()
    {
        QFETCH_GLOBAL(QString, store);
        store_ = contract::StoreFixture::make(store.toStdString());
    }
    void cleanup() { store_.reset(); }

    void creatingTwiceIsOnce()
    {
        QVERIFY(create(1, "alice").ok());
        QVERIFY(create(1, "alice").ok());
        store_->restart();
        const auto found = await(accounts().byName("alice"));
        QCOMPARE(found->id, accountOf(1));
        QCOMPARE(found->devices.list, QByteArray("list"));
        QCOMPARE(await(accounts().byId(accountOf(1)))->name, std::string("alice"));
        QCOMPARE(await(accounts().byName("alic")).error().code, ErrorCode::notFound);
    }

    void namesAndIdsBelongToOne()
    {
        QVERIFY(create(1, "alice").ok());
        QCOMPARE(refused(2, "alice"), ErrorCode::exists);
        QCOMPARE(refused(1, "alicia"), ErrorCode::exists);
        QCOMPARE(await(accounts().byName("alicia")).error().code, ErrorCode::notFound);
    }

    void aRemovedNameStaysTaken()
    {
        QVERIFY(create(1, "alice").ok());
        QCOMPARE(await(accounts().remove(accountOf(2))).error().code, ErrorCode::notFound);
        QVERIFY(await(accounts().setRelation(accountOf(1), accountOf(2), wire::Relation::blocked)).ok());
        QVERIFY(await(accounts().remove(accountOf(1))).ok());
        QVERIFY(await(accounts().remove(accountOf(1))).ok());
        store_->restart();
        QCOMPARE(await(accounts().byId(accountOf(1))).error().code, ErrorCode::notFound);
        QCOMPARE(await(accounts().byName("alice")).error().code, ErrorCode::notFound);
        QCOMPARE(refused(2, "alice"), ErrorCode::exists);
        QCOMPARE(refused(1, "other"), ErrorCode::exists);
        QCOMPARE(await(accounts().standing(accountOf(1), accountOf(2)))->relation, wire::Relation::none);
        QVERIFY(await(accounts().list({}, 10))->empty());
    }

    void aRemovedAccountIsForgottenByAll()
    {
        const auto alice = accountOf(1), bob = accountOf(2), eve = accountOf(3), mallory = accountOf(4);
        QVERIFY(create(1, "alice").ok());
        QVERIFY(await(accounts().setRelation(bob, alice, wire::Relation::accepted)).ok());
        QVERIFY(await(accounts().setRelation(bob, eve, wire::Relation::blocked)).ok());
        QVERIFY(admits(eve, alice, 1));
        QVERIFY(admits(eve, mallory, 1));
        QVERIFY(await(accounts().remove(alice)).ok());
        store_->restart();
        QCOMPARE(await(accounts().standing(bob, alice)).value(), (Standing { wire::Relation::none, 0, 0 }));
        QCOMPARE(await(accounts().standing(bob, eve))->relation, wire::Relation::blocked);
        QCOMPARE(await(accounts().standing(eve, alice)).value(), (Standing { wire::Relation::none, 0, 1 }));
        QCOMPARE(await(accounts().standing(eve, mallory)).value(), (Standing { wire::Relation::none, 1, 1 }));
    }

    void anInviteCountsAccounts()
    {
        offer("token", 2);
        QVERIFY(create(1, "alice", "token").ok());
        QVERIFY(create(1, "alice", "token").ok());
        QCOMPARE(await(accounts().invites())->front().usesLeft, 1U);
        QVERIFY(create(2, "bob", "token").ok());
        QCOMPARE(await(accounts().invites())->front().used, 2U);
        QCOMPARE(refused(3, "carol", "token"), ErrorCode::permission);
        QVERIFY2(create(3, "carol").ok(), "the refused one claimed the name");
    }

    void deadInvitesAdmitNobody()
    {
        offer("old", 1);
        offer("revoked", 1);
        QCOMPARE(await(accounts().revokeInvite("none")).error().code, ErrorCode::notFound);
        QVERIFY(await(accounts().revokeInvite("revoked")).ok());
        QCOMPARE(refused(1, "alice", "revoked"), ErrorCode::permission);
        QCOMPARE(refused(1, "alice", "none"), ErrorCode::permission);
        store_->time().advance(hours { 1 });
        QCOMPARE(refused(1, "alice", "old"), ErrorCode::permission);
        QCOMPARE(await(accounts().invites())->size(), std::size_t { 2 });
    }

    void aTakenNameUsesNoInvite()
    {
        offer("token", 1);
        QVERIFY(create(1, "alice").ok());
        QCOMPARE(refused(2, "alice", "token"), ErrorCode::exists);
        QCOMPARE(await(accounts().invites())->front().usesLeft, 1U);
    }

    void deviceListsAreSwappedByVersion()
    {
        QVERIFY(create(1, "alice").ok());
        const auto second = listOf("second");
        QVERIFY(await(accounts().putDevices(accountOf(1), 1, 2, second)).ok());
        QCOMPARE(await(accounts().putDevices(accountOf(1), 1, 2, second)).error().code, ErrorCode::conflict);
        QCOMPARE(await(accounts().putDevices(accountOf(9), 1, 2, second)).error().code, ErrorCode::notFound);
        QCOMPARE(await(accounts().byId(accountOf(1)))->devices, second);
        QCOMPARE(await(accounts().byId(accountOf(1)))->listVersion, std::uint64_t { 2 });
    }

    void profilesOnlyGrow()
    {
        QVERIFY(create(1, "alice").ok());
        QVERIFY(await(accounts().putProfile(accountOf(1), { 5, "sealed" })).ok());
        QCOMPARE(await(accounts().putProfile(accountOf(1), { 5, "other" })).error().code, ErrorCode::conflict);
        QCOMPARE(await(accounts().putProfile(accountOf(9), { 5, "other" })).error().code, ErrorCode::notFound);
        QCOMPARE(await(accounts().byId(accountOf(1)))->profile, (wire::Profile { 5, "sealed" }));
    }

    void listsByName()
    {
        int number = 0;
        for (const auto *name : { "dora", "al", "alice", "bob", "carol" })
            QVERIFY(create(++number, name).ok());
        QVERIFY(await(accounts().remove(accountOf(4))).ok());
        std::vector<std::string> names;
        for (std::string after;;) {
            const auto page = await(accounts().list(after, 2));
            if (page->empty())
                break;
            for (const auto &account : *page)
                names.push_back(account.name);
            after = names.back();
        }
        QCOMPARE(names, (std::vector<std::string> { "al", "alice", "carol", "dora" }));
    }

    void strangersAreCountedOncePerMessage()
    {
        const auto alice = accountOf(1), eve = accountOf(2), mallory = accountOf(3);
        QVERIFY(admits(alice, eve, 1));
        QVERIFY(admits(alice, eve, 1));
        QVERIFY(admits(alice, eve, 2));
        QVERIFY(admits(alice, mallory, 1));
        QCOMPARE(await(accounts().standing(alice, eve)).value(), (Standing { wire::Relation::none, 2, 2 }));
        QVERIFY(await(accounts().setRelation(alice, eve, wire::Relation::accepted)).ok());
        store_->restart();
        QCOMPARE(await(accounts().standing(alice, eve)).value(), (Standing { wire::Relation::accepted, 0, 1 }));
        QVERIFY(admits(alice, eve, 9));
        QCOMPARE(await(accounts().standing(alice, eve))->strangerMessages, 0U);
        QVERIFY(await(accounts().setRelation(alice, eve, wire::Relation::none)).ok());
        QVERIFY(admits(alice, eve, 9));
        QCOMPARE(await(accounts().standing(alice, eve))->strangerMessages, 1U);
        QVERIFY(await(accounts().setRelation(alice, eve, wire::Relation::blocked)).ok());
        QVERIFY(!admits(alice, eve, 9));
    }

    void aRefusedStrangerTakesNothingFromTheAdmitted()
    {
        const auto alice = accountOf(1), eve = accountOf(2);
        for (int mid = 1; mid <= 10; ++mid)
            QVERIFY(admits(alice, eve, mid));
        for (int mid = 11; mid <= 30; ++mid)
            QVERIFY(!admits(alice, eve, mid));
        for (int mid = 1; mid <= 10; ++mid)
            QVERIFY(admits(alice, eve, mid));
        for (int other = 3; other < 102; ++other)
            QVERIFY(admits(alice, accountOf(other), 1));
        QVERIFY(!admits(alice, accountOf(102), 1));
        QVERIFY(admits(alice, accountOf(101), 2));
        QCOMPARE(await(accounts().standing(alice, eve)).value(), (Standing { wire::Relation::none, 10, 100 }));
    }

    void relationsAreBounded()
    {
        std::vector<Task<Result<void>>> all;
        for (int other = 0; other < wire::limits::relationsPerAccount; ++other)
            all.push_back(accounts().setRelation(accountOf(1), accountOf(100 + other), wire::Relation::accepted));
        for (auto &each : all)
            QVERIFY(await(std::move(each)).ok());
        const auto set = [&](int other, wire::Relation relation) {
            return await(accounts().setRelation(accountOf(1), accountOf(other), relation));
        };
        QCOMPARE(set(50, wire::Relation::blocked).error().code, ErrorCode::tooLarge);
        QVERIFY(set(100, wire::Relation::blocked).ok());
        QVERIFY(set(101, wire::Relation::none).ok());
        QVERIFY(set(50, wire::Relation::blocked).ok());
    }
};

QTEST_GUILESS_MAIN(TestAccountDirectory)
#include "tst_account_directory.moc"
