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
        std::uint64_t readBytes = 0; ///< of the rows that were there, which are decoded
        qsizetype replyBytes = 0;
        /// What is not there costs a read more for each row that is missing, and nobody's rows are of an ordinary size.
        bool isLike(const Work &there) const
        {
            return replyBytes == there.replyBytes && reads >= there.reads && reads <= there.reads + 2
                && readBytes * 3 > there.readBytes * 2 && readBytes * 2 < there.readBytes * 3;
        }
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
    void open()
    {
        cleanupTestCase();
        store_ = embedded::Store::open(folder_.filePath("store").toStdString(), time_, random_, {}).value();
        accounts_ = std::make_unique<accounts::Accounts>(store_->accounts(), store_->keys(), store_->queue(), time_,
                                                         accounts::Settings { .rateFactor = 0 });
        delivery_ = std::make_unique<delivery::Delivery>(store_->queue(), store_->accounts(), time_, metrics_,
                                                         delivery::Settings { .rateFactor = 0 });
    }
    template <class F>
    Work workOf(F ask)
    {
        open(); // so that nothing is in a cache
        auto &counted = *rocksdb::get_perf_context();
        counted.Reset();
        const auto answer = await(ask());
        // Each look at a file asks its filter first.
        const auto reads = counted.bloom_sst_hit_count + counted.bloom_sst_miss_count;
        return { reads, counted.get_read_bytes, sizeOf(answer) };
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
        open();
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

    void aMissReadsAndDecodesAsMuchAsAHit()
    {
        for (const auto &[miss, hit] :
             { std::pair { byName(nobody_), byName(friend_) }, std::pair { byId(nobody_), byId(friend_) },
               std::pair { profile(nobody_), profile(friend_) } }) {
            QVERIFY(hit.reads >= 3);
            QVERIFY(miss.reads >= hit.reads);
            QVERIFY(miss.readBytes * 3 > hit.readBytes * 2);
        }
    }

    void blockedUnknownAndGoneAreTheSame()
    {
        QVERIFY(byName(nobody_).isLike(byName(blocker_)));
        QVERIFY(byName(gone_).isLike(byName(blocker_)));
        QVERIFY(byId(nobody_).isLike(byId(blocker_)));
        QVERIFY(byId(gone_).isLike(byId(blocker_)));
        QVERIFY(profile(nobody_).isLike(profile(blocker_)));
        QVERIFY(profile(gone_).isLike(profile(blocker_)));
        QVERIFY(send(nobody_).isLike(send(blocker_)));
        QVERIFY(send(gone_).isLike(send(blocker_)));
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
