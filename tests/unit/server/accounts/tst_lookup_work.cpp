// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S10
#include "common/wire/codec.h"
#include "server/embedded/store.h"
#include "tests/support/gateway/test_server.h"
#include "tests/support/server/await.h"

#include <rocksdb/perf_context.h>
#include <rocksdb/perf_level.h>

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::server;
using support::await;
using support::TestAccount;
using wire::Relation;

/// What a look-up makes the embedded store do, counted by RocksDB itself: reads happen on the asker's thread.
class TestLookupWork : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    support::VirtualTime time_;
    SeededRandom random_ { 5 };
    support::CountingMetrics metrics_;
    TestAccount asker_ { "asker", random_, time_.now() }, friend_ { "friend", random_, time_.now() },
        blocker_ { "blocker", random_, time_.now() }, nobody_ { "nobody", random_, time_.now() },
        gone_ { "gone", random_, time_.now() };
    std::unique_ptr<embedded::Store> store_;
    std::unique_ptr<accounts::Accounts> accounts_;
    std::unique_ptr<delivery::Delivery> delivery_;

    struct Work {
        std::uint64_t reads = 0;
        qsizetype replyBytes = 0;
        bool operator==(const Work &) const = default;
    };
    template <class T>
    static qsizetype sizeOf(const wire::Outcome<T> &answer)
    {
        return wire::encode(wire::ServerFrame { 1, answer ? wire::ServerBody(*answer) : answer.error() }).size();
    }
    static qsizetype sizeOf(const wire::Outcome<delivery::SendAnswer> &answer)
    {
        return answer ? 0 : wire::encode(wire::ServerFrame { 1, answer.error() }).size();
    }
    template <class F>
    static Work workOf(F ask)
    {
        rocksdb::get_perf_context()->Reset();
        const auto answer = await(ask());
        return { rocksdb::get_perf_context()->get_from_memtable_count, sizeOf(answer) };
    }
    Work byName(const TestAccount &whom)
    {
        return workOf([&] { return accounts_->lookup(asker_.id(), whom.name()); });
    }
    Work byId(const TestAccount &whom)
    {
        return workOf([&] { return accounts_->lookup(asker_.id(), whom.id()); });
    }
    Work profile(const TestAccount &whom)
    {
        return workOf([&] { return accounts_->fetchProfile(asker_.id(), whom.id()); });
    }
    Work send(const TestAccount &whom)
    {
        return workOf([&] { return delivery_->send(asker_.device(), support::message(support::midOf(1), { &whom })); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        store_ = embedded::Store::open(folder_.filePath("store").toStdString(), time_, random_, {}).value();
        accounts_ = std::make_unique<accounts::Accounts>(store_->accounts(), store_->keys(), store_->queue(), time_,
                                                         accounts::Settings { .rateFactor = 0 });
        delivery_ = std::make_unique<delivery::Delivery>(store_->queue(), store_->accounts(), time_, metrics_,
                                                         delivery::Settings { .rateFactor = 0 });
        for (const auto *account : { &asker_, &friend_, &blocker_, &gone_ }) {
            const Account row { account->id(),   account->name(), account->accountKey(), account->signedList(), 1,
                                { 1, "sealed" }, time_.now() };
            QVERIFY(await(store_->accounts().create(row, {}, time_.now())).ok());
        }
        QVERIFY(await(store_->accounts().setRelation(friend_.id(), asker_.id(), Relation::accepted)).ok());
        QVERIFY(await(store_->accounts().setRelation(blocker_.id(), asker_.id(), Relation::blocked)).ok());
        QVERIFY(await(store_->accounts().remove(gone_.id())).ok());
        rocksdb::SetPerfLevel(rocksdb::PerfLevel::kEnableCount);
    }

    void aMissReadsAsMuchAsAHit()
    {
        QVERIFY(byName(friend_).reads >= 3);
        QCOMPARE(byName(nobody_).reads, byName(friend_).reads);
        QCOMPARE(byId(nobody_).reads, byId(friend_).reads);
        QCOMPARE(profile(nobody_).reads, profile(friend_).reads);
    }

    void blockedUnknownAndGoneAreTheSame()
    {
        for (const auto *whom : { &blocker_, &gone_ }) {
            QVERIFY2(byName(*whom) == byName(nobody_), whom->name().c_str());
            QVERIFY2(byId(*whom) == byId(nobody_), whom->name().c_str());
            QVERIFY2(profile(*whom) == profile(nobody_), whom->name().c_str());
            QVERIFY2(send(*whom) == send(nobody_), whom->name().c_str());
        }
    }

    void cleanupTestCase()
    {
        delivery_.reset();
        accounts_.reset();
        store_.reset();
    }
};

QTEST_GUILESS_MAIN(TestLookupWork)
#include "tst_lookup_work.moc"
