// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery AT4, AT6, AT8, PK9, FI5, FI6, FI13; security S4, S12
#include "server/embedded/store.h"
#include "tests/contract/store_fixture.h"
#include "tests/support/server/await.h"
#include "tests/support/server/faulty_files.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace kith;
using namespace kith::server;
using contract::deviceOf;
using contract::midOf;
using support::await;
using support::FaultyFiles;

class TestStoreFaults : public QObject {
    Q_OBJECT

    const DeviceId alice_ = deviceOf(1), bob_ = deviceOf(2);
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<support::VirtualTime> time_;
    std::unique_ptr<SeededRandom> random_;
    std::shared_ptr<FaultyFiles> files_; // shared: as RocksDB wants it
    std::unique_ptr<rocksdb::Env> env_;
    std::unique_ptr<embedded::Store> store_;
    double free_ = 0.5;

    std::string path() const { return folder_->filePath("store").toStdString(); }
    Result<void> open(bool acceptRollback = false)
    {
        embedded::Options options;
        options.env = env_.get();
        options.acceptRollback = acceptRollback;
        options.freeShare = [this] { return free_; };
        KITH_TRY(store_, embedded::Store::open(path(), *time_, *random_, options));
        return {};
    }
    Result<AcceptResult> send(int mid, const QByteArray &content = "sealed")
    {
        return await(
            store_->queue().accept({ alice_, midOf(mid), 0, { { bob_, wire::CiphertextType::message, content } } }));
    }
    std::vector<QueueRow> rows(const DeviceId &device) { return await(store_->queue().range(device, {}, 200))->rows; }
    bool anyFileHolds(const QByteArray &needle, const QStringList &names = { "*" }) const
    {
        for (QDirIterator at(folder_->path(), names, QDir::Files, QDirIterator::Subdirectories); at.hasNext();) {
            QFile file(at.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(needle))
                return true;
        }
        return false;
    }

private Q_SLOTS:
    void init()
    {
        qInfo("seed 7");
        folder_ = std::make_unique<QTemporaryDir>();
        time_ = std::make_unique<support::VirtualTime>();
        random_ = std::make_unique<SeededRandom>(7);
        files_ = std::make_shared<FaultyFiles>();
        env_ = rocksdb::NewCompositeEnv(files_);
        free_ = 0.5;
        QVERIFY(open().ok());
    }
    void cleanup()
    {
        files_->failWrites(FaultyFiles::Fault::none);
        files_->failSyncs(FaultyFiles::Fault::none);
        store_.reset();
    }

    void acceptedSurvivesAPowerCut()
    {
        for (int mid = 1; mid <= 20; ++mid)
            QVERIFY(send(mid).ok());
        files_->cutPower();
        store_.reset();
        files_->dropUnsynced();
        QVERIFY(open().ok());
        const auto queued = rows(bob_);
        QCOMPARE(queued.size(), std::size_t { 20 });
        QCOMPARE(send(21)->appended[0].qseq.value, std::uint64_t { 21 });
    }

    void anUnsyncedDeleteMayReturnButNothingElseIsLost()
    {
        QVERIFY(send(1).ok());
        const auto syncs = files_->syncs();
        QCOMPARE(await(store_->queue().settle({ { bob_, { 1 }, false } }))->removed, std::uint64_t { 1 });
        QCOMPARE(files_->syncs(), syncs);
        files_->cutPower();
        store_.reset();
        files_->dropUnsynced();
        QVERIFY(open().ok());
        QCOMPARE(rows(bob_).size(), std::size_t { 1 });
    }

    void aDeliveredRowIsSynced()
    {
        QVERIFY(send(1).ok());
        QCOMPARE(await(store_->queue().settle({ { bob_, { 1 }, true } }))->told.size(), std::size_t { 1 });
        files_->cutPower();
        store_.reset();
        files_->dropUnsynced();
        QVERIFY(open().ok());
        QCOMPARE(rows(alice_).size(), std::size_t { 1 });
        QVERIFY(rows(bob_).empty());
    }

    void aFullDiskRefusesAndRecovers_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("code");
        QTest::newRow("no space") << int(FaultyFiles::Fault::noSpace) << int(ErrorCode::full);
        QTest::newRow("i/o error") << int(FaultyFiles::Fault::io) << int(ErrorCode::io);
    }
    void aFullDiskRefusesAndRecovers()
    {
        QFETCH(int, fault);
        QFETCH(int, code);
        QVERIFY(send(1).ok());
        files_->failWrites(FaultyFiles::Fault(fault));
        const auto refused = send(2);
        QVERIFY(!refused.ok());
        QCOMPARE(int(refused.error().code), code);
        QVERIFY(!send(3).ok());
        QCOMPARE(rows(bob_).size(), std::size_t { 1 });
        files_->failWrites(FaultyFiles::Fault::none);
        QVERIFY(send(3).ok());
        QVERIFY(send(2).ok());
        QCOMPARE(rows(bob_).size(), std::size_t { 3 });
        store_.reset();
        QVERIFY(open().ok());
        const auto queued = rows(bob_);
        QCOMPARE(queued.size(), std::size_t { 3 });
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(queued[i].qseq.value, i + 1);
    }

    void aFailedSyncIsNeverAcceptedTwice()
    {
        QVERIFY(send(1).ok());
        files_->failSyncs(FaultyFiles::Fault::io);
        const auto unknown = send(2);
        files_->failSyncs(FaultyFiles::Fault::none);
        QVERIFY(!unknown.ok());
        const auto again = send(2);
        QVERIFY(again.ok());
        QCOMPARE(rows(bob_).size(), std::size_t { 2 });
        QCOMPARE(std::get<wire::Envelope>(rows(bob_)[1].item).sid, again->sid);
        QVERIFY(send(3).ok());
        store_.reset();
        QVERIFY(open().ok());
        QCOMPARE(rows(bob_).size(), std::size_t { 3 });
    }

    void aCommitThatReachedTheFilesIsReadBack()
    {
        QVERIFY(send(1).ok());
        files_->failNextSync();
        const auto accepted = send(2);
        QVERIFY2(accepted.ok(), "its rows are in the files: reading them back decides");
        files_->cutPower();
        store_.reset();
        files_->dropUnsynced();
        QVERIFY(open().ok());
        QCOMPARE(rows(bob_).size(), std::size_t { 2 });
        QCOMPARE(std::get<wire::Envelope>(rows(bob_)[1].item).sid, accepted->sid);
    }

    void anUnknownCommitIsNotTakenForTheNextOne()
    {
        QVERIFY(send(1).ok());
        files_->failSyncs(FaultyFiles::Fault::io);
        QVERIFY(!send(2).ok()); // in the files, but nobody could look
        files_->failSyncs(FaultyFiles::Fault::none);
        files_->failWritesOf("poison");
        QVERIFY(!send(3, "poison").ok());
        files_->failWritesOf({});
        for (const auto &row : rows(bob_))
            QVERIFY(std::get<wire::Envelope>(row.item).content != "poison");
    }

    void saysWhenItTakesNoWrites()
    {
        QVERIFY(store_->isWritable());
        files_->failWrites(FaultyFiles::Fault::noSpace);
        QVERIFY(!send(1).ok());
        QVERIFY(!store_->isWritable());
        files_->failWrites(FaultyFiles::Fault::none);
        QVERIFY2(time_->turnUntil([this] { return store_->isWritable(); }), "without anybody writing");
        QVERIFY(send(1).ok());
        QCOMPARE(rows(bob_).size(), std::size_t { 1 });
    }

    void aNearlyFullDiskTakesAcksButNoMessages()
    {
        QVERIFY(send(1).ok());
        free_ = 0.04;
        time_->advance(milliseconds { 1'000 });
        QCOMPARE(send(2).error(), (Error { ErrorCode::full, "disk" }));
        QVERIFY2(send(1).ok(), "a repeat is answered");
        QCOMPARE(await(store_->queue().settle({ { bob_, { 1 }, true } }))->removed, std::uint64_t { 1 });
        free_ = 0.06;
        time_->advance(milliseconds { 1'000 });
        QVERIFY(send(2).ok());
    }

    void acknowledgedPayloadsLeaveTheFiles()
    {
        const QByteArray needle = "needle-in-the-ciphertext";
        QVERIFY(send(1, needle).ok());
        QVERIFY(send(2, "stays").ok());
        QVERIFY(anyFileHolds(needle));
        QVERIFY(await(store_->queue().settle({ { bob_, { 1 }, true } })).ok());
        QVERIFY(store_->compact().ok());
        QVERIFY(!anyFileHolds(needle));
        QVERIFY(anyFileHolds("stays"));
        QCOMPARE(rows(bob_).size(), std::size_t { 1 });
    }

    void theSweepTakesThemOutTwiceADay()
    {
        const auto sweep = [this] { return await(store_->queue().sweep(time_->now(), 1'000)).ok(); };
        QVERIFY(sweep()); // the first one of a process compacts at once
        for (const char *needle : { "first-needle", "second-needle" }) {
            const auto sent = send(needle[0], needle);
            QVERIFY(sent.ok());
            QVERIFY(await(store_->queue().settle({ { bob_, sent->appended[0].qseq, true } })).ok());
            QVERIFY(anyFileHolds(needle));
            time_->advance(std::chrono::hours { 12 });
            // A sweep that finds the compaction before still running starts none: the next one does.
            QVERIFY(time_->turnUntil([&] { return sweep() && !anyFileHolds(needle); }, milliseconds { 30'000 }));
        }
    }

    void deadIdempotencyRowsLeaveTheFiles()
    {
        const QStringList rowFiles { "*.sst", "*.log" }; // the manifest keeps first and last keys until it is rolled
        QVERIFY(send(77).ok());
        QVERIFY(await(store_->queue().settle({ { bob_, { 1 }, false } })).ok());
        QVERIFY(store_->compact().ok());
        QVERIFY(anyFileHolds(midOf(77).bytes(), rowFiles));
        time_->advance(std::chrono::hours { 8 * 24 + 1 });
        QVERIFY(store_->compact().ok());
        QVERIFY(!anyFileHolds(midOf(77).bytes(), rowFiles));
    }

    void aStoreThatWentBackServesOnlyWhenAccepted()
    {
        const wire::PreKey oneTime { 1, '\x05' + QByteArray(32, 'k'), {} };
        QVERIFY(await(store_->keys().putOneTime(bob_, { oneTime })).ok());
        const auto epoch = await(store_->queue().state(bob_))->qepoch;
        store_.reset();
        const auto copy = folder_->filePath("copy").toStdString();
        std::filesystem::copy(path() + "/db", copy, std::filesystem::copy_options::recursive);
        QVERIFY(open().ok());
        const auto lost = send(1);
        QVERIFY(lost.ok());
        store_.reset();
        std::filesystem::remove_all(path() + "/db");
        std::filesystem::rename(copy, path() + "/db");

        const auto refused = open();
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error(), (Error { ErrorCode::corrupt, "rolled back" }));
        QVERIFY(open(true).ok());
        QVERIFY(await(store_->queue().state(bob_))->qepoch != epoch);
        QCOMPARE(await(store_->keys().stock(bob_))->oneTime, 0U);
        QVERIFY(send(2)->sid > lost->sid);
        store_.reset();
        QVERIFY2(open().ok(), "accepted once, it serves as any other");
    }

    void oneProcessAtATime()
    {
        embedded::Options options;
        const auto second = embedded::Store::open(path(), *time_, *random_, options);
        QVERIFY(!second.ok());
        QCOMPARE(int(second.error().code), int(ErrorCode::busy));
    }
};

QTEST_GUILESS_MAIN(TestStoreFaults)
#include "tst_store_faults.moc"
