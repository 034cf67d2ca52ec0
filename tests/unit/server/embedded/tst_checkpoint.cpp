// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: server-ops 7; delivery AT8, PK9, FI13
#include "server/embedded/checkpoint.h"
#include "server/embedded/store.h"
#include "tests/contract/store_fixture.h"
#include "tests/support/server/await.h"
#include "tests/support/server/faulty_files.h"

#include <rocksdb/env.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::server;
using contract::deviceOf;
using contract::midOf;
using support::await;
using support::FaultyFiles;

class TestCheckpoint : public QObject {
    Q_OBJECT

    const DeviceId alice_ = deviceOf(1), bob_ = deviceOf(2);
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<support::VirtualTime> time_;
    std::unique_ptr<SeededRandom> random_;
    std::shared_ptr<FaultyFiles> files_;
    std::unique_ptr<rocksdb::Env> env_;
    std::unique_ptr<embedded::Store> store_;

    std::string path(const char *name) const { return folder_->filePath(name).toStdString(); }
    Result<std::unique_ptr<embedded::Store>> open(const char *name)
    {
        embedded::Options options;
        options.env = env_.get();
        options.freeShare = [] { return 0.5; };
        return embedded::Store::open(path(name), *time_, *random_, options);
    }
    Result<AcceptResult> send(embedded::Store &store, int mid)
    {
        return await(
            store.queue().accept({ alice_, midOf(mid), 0, { { bob_, wire::CiphertextType::message, "sealed" } } }));
    }
    QueuePage page(embedded::Store &store) { return *await(store.queue().range(bob_, {}, 200)); }

private Q_SLOTS:
    void init()
    {
        qInfo("seed 11");
        folder_ = std::make_unique<QTemporaryDir>();
        time_ = std::make_unique<support::VirtualTime>();
        random_ = std::make_unique<SeededRandom>(11);
        files_ = std::make_shared<FaultyFiles>();
        env_ = rocksdb::NewCompositeEnv(files_);
        auto opened = open("store");
        QVERIFY(opened.ok());
        store_ = std::move(*opened);
        for (int mid = 1; mid <= 20; ++mid)
            QVERIFY(send(*store_, mid).ok());
    }
    void cleanup()
    {
        files_->failWrites(FaultyFiles::Fault::none);
        store_.reset();
    }

    void aCopyHoldsWhatWasCommittedBeforeAndTheStoreGoesOn()
    {
        QVERIFY(await(store_->checkpoint(path("copy"))).ok());
        QVERIFY(send(*store_, 21).ok());
        const auto facts = embedded::verifyCopy(path("copy"), *time_);
        QVERIFY(facts.ok());
        QVERIFY(facts->rows >= 20);
        QCOMPARE(page(*store_).rows.size(), std::size_t { 21 });
    }

    void verifyingLeavesTheCopyAsItWas()
    {
        QVERIFY(await(store_->checkpoint(path("copy"))).ok());
        const auto list = [&] { return QDir(folder_->filePath("copy")).entryList(QDir::Files, QDir::Name); };
        const auto before = list();
        QVERIFY(embedded::verifyCopy(path("copy"), *time_).ok());
        QCOMPARE(list(), before);
    }

    void aFlippedBitIsFound()
    {
        QVERIFY(await(store_->checkpoint(path("copy"))).ok());
        store_.reset(); // the copy's files are links: only the copy is read from here on
        int damaged = 0;
        for (QDirIterator at(folder_->filePath("copy"), { "*.sst" }, QDir::Files); at.hasNext(); ++damaged) {
            QFile file(at.next());
            QVERIFY(file.open(QIODevice::ReadWrite));
            auto bytes = file.readAll();
            bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 4);
            QVERIFY(file.seek(0) && file.write(bytes) == bytes.size());
            file.close();
            const auto facts = embedded::verifyCopy(path("copy"), *time_);
            QVERIFY2(!facts.ok(), qPrintable(file.fileName()));
            bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 4);
            QVERIFY(file.open(QIODevice::ReadWrite) && file.write(bytes) == bytes.size());
        }
        QVERIFY(damaged > 0);
        QVERIFY2(embedded::verifyCopy(path("copy"), *time_).ok(), "it is whole again");
    }

    void aRestoredStoreServesWithNewEpochsAndNumbers()
    {
        const auto epoch = await(store_->queue().state(bob_))->qepoch;
        const wire::PreKey oneTime { 1, '\x05' + QByteArray(32, 'k'), {} };
        QVERIFY(await(store_->keys().putOneTime(bob_, { oneTime })).ok());
        QVERIFY(await(store_->checkpoint(path("copy"))).ok());
        const auto lost = send(*store_, 21);
        QVERIFY(lost.ok());
        QVERIFY(embedded::restoreCopy(path("copy"), path("other"), *time_, *random_).ok());
        auto other = open("other");
        QVERIFY(other.ok());
        const auto restored = page(**other);
        QCOMPARE(restored.rows.size(), std::size_t { 20 });
        QVERIFY(await((*other)->queue().state(bob_))->qepoch != epoch);
        QCOMPARE(await((*other)->keys().stock(bob_))->oneTime, std::uint32_t { 0 });
        const auto again = send(**other, 22);
        QVERIFY(again.ok());
        QVERIFY2(again->sid.value >= lost->sid.value, "a number that was given out after the copy may not come again");
    }

    void whereAStoreIsNoneIsPut()
    {
        QVERIFY(await(store_->checkpoint(path("copy"))).ok());
        QCOMPARE(embedded::restoreCopy(path("copy"), path("store"), *time_, *random_).error().code, ErrorCode::exists);
        QCOMPARE(page(*store_).rows.size(), std::size_t { 20 });
        QCOMPARE(await(store_->checkpoint(path("copy"))).error().code, ErrorCode::exists);
    }

    void aFullDiskLeavesNoHalfCopy()
    {
        files_->failWrites(FaultyFiles::Fault::noSpace);
        const auto copied = await(store_->checkpoint(path("copy")));
        files_->failWrites(FaultyFiles::Fault::none);
        QVERIFY(!copied.ok());
        QVERIFY(!QDir(folder_->filePath("copy")).exists());
    }
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
