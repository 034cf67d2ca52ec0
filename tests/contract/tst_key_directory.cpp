// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery PK2, PK3, PK4, PK9; security C14, LIM9
#include "common/wire/limits.h"
#include "tests/contract/store_fixture.h"
#include "tests/support/server/await.h"

#include <QTest>
#include <QThread>

#include <mutex>
#include <set>

using namespace kith;
using namespace kith::server;
using contract::deviceOf;
using support::await;

class TestKeyDirectory : public QObject {
    Q_OBJECT

    const DeviceId bob_ = deviceOf(2), bobs_ = deviceOf(2, 2);
    std::unique_ptr<contract::StoreFixture> store_;

    KeyDirectory &keys() { return store_->keys(); }
    static wire::PreKey key(std::uint32_t id, char fill = 'k')
    {
        return { id, '\x05' + QByteArray(31, fill) + static_cast<char>(id & 0x7F), {} };
    }
    static wire::PreKey signedKey(std::uint32_t id) { return { id, key(id).publicKey, QByteArray(64, 's') }; }
    static std::vector<wire::PreKey> batch(std::uint32_t from, std::uint32_t count)
    {
        std::vector<wire::PreKey> all;
        for (std::uint32_t id = from; id < from + count; ++id)
            all.push_back(key(id));
        return all;
    }
    void provide(std::uint32_t count)
    {
        if (!await(keys().putSigned(bob_, 77, signedKey(9))) || !await(keys().putOneTime(bob_, batch(1, count))))
            qFatal("an upload failed");
    }
    std::uint32_t left() { return await(keys().stock(bob_))->oneTime; }

private Q_SLOTS:
    void initTestCase_data() { contract::StoreFixture::addRows(); }
    void init()
    {
        QFETCH_GLOBAL(QString, store);
        store_ = contract::StoreFixture::make(store.toStdString());
    }
    void cleanup() { store_.reset(); }

    void aRepeatedUploadChangesNothing()
    {
        QCOMPARE(*await(keys().putOneTime(bob_, batch(1, 3))), 3U);
        QCOMPARE(*await(keys().putOneTime(bob_, batch(1, 3))), 3U);
        QCOMPARE(*await(keys().putOneTime(bob_, batch(3, 2))), 4U);
        QCOMPARE(left(), 4U);
    }

    void anIdWithOtherBytesIsRefusedWhole()
    {
        provide(2);
        QCOMPARE(await(keys().putOneTime(bob_, { key(3), key(2, 'x') })).error().code, ErrorCode::conflict);
        QCOMPARE(left(), 2U);
        QVERIFY(await(keys().take(bob_, 0))->oneTime.has_value());
        QCOMPARE(await(keys().putOneTime(bob_, { key(1, 'x') })).error().code, ErrorCode::conflict);
    }

    void keepsNoMoreThanTheLimit()
    {
        const auto most = static_cast<std::uint32_t>(wire::limits::preKeysStored);
        QCOMPARE(*await(keys().putOneTime(bob_, batch(1, most))), most);
        QCOMPARE(await(keys().putOneTime(bob_, { key(most + 1) })).error().code, ErrorCode::tooLarge);
        QCOMPARE(left(), most);
    }

    void aTakenKeyNeverComesBack()
    {
        provide(2);
        const auto taken = await(keys().take(bob_, 0));
        QCOMPARE(taken->keys.registrationId, 77U);
        QCOMPARE(taken->keys.signedPreKey, signedKey(9));
        QCOMPARE(taken->oneTime, std::optional { key(1) });
        QCOMPARE(taken->left, 1U);
        QCOMPARE(*await(keys().putOneTime(bob_, batch(1, 2))), 1U);
        store_->restart();
        QCOMPARE(await(keys().take(bob_, 0))->oneTime, std::optional { key(2) });
        QVERIFY(!await(keys().take(bob_, 0))->oneTime.has_value());
    }

    void theReserveStays()
    {
        provide(3);
        QVERIFY(await(keys().take(bob_, 2))->oneTime.has_value());
        const auto reserved = await(keys().take(bob_, 2));
        QVERIFY(!reserved->oneTime.has_value());
        QCOMPARE(reserved->left, 2U);
        QVERIFY(await(keys().take(bob_, 0))->oneTime.has_value());
    }

    void aDeviceWithoutKeysIsNotFound()
    {
        QCOMPARE(await(keys().take(bobs_, 0)).error().code, ErrorCode::notFound);
        QCOMPARE(await(keys().stock(bobs_))->signedPreKeyId, 0U);
    }

    void theRegistrationIdIsFixed()
    {
        provide(0);
        QVERIFY(await(keys().putSigned(bob_, 78, signedKey(10))).ok());
        const auto stock = await(keys().stock(bob_));
        QCOMPARE(stock->registrationId, 77U);
        QCOMPARE(stock->signedPreKeyId, 10U);
    }

    void removingTakesEverything()
    {
        provide(2);
        QVERIFY(await(keys().remove(bob_)).ok());
        QVERIFY(await(keys().remove(bob_)).ok());
        QCOMPARE(await(keys().take(bob_, 0)).error().code, ErrorCode::notFound);
        QCOMPARE(left(), 0U);
    }

    void discardedKeysStayAway()
    {
        provide(3);
        QVERIFY(await(keys().discardAllOneTime()).ok());
        QCOMPARE(left(), 0U);
        QCOMPARE(*await(keys().putOneTime(bob_, batch(1, 4))), 1U);
        QCOMPARE(await(keys().take(bob_, 0))->oneTime, std::optional { key(4) });
    }

    void fourThreadsGetEachKeyOnce()
    {
        provide(100);
        std::mutex mutex;
        std::multiset<std::uint32_t> ids;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back(QThread::create([&] {
                for (int i = 0; i < 30; ++i) {
                    const auto taken = await(keys().take(bob_, 0));
                    const std::scoped_lock lock(mutex);
                    if (taken && taken->oneTime)
                        ids.insert(taken->oneTime->id);
                }
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(60'000));
        QCOMPARE(ids.size(), std::size_t { 100 });
        QCOMPARE(std::set(ids.begin(), ids.end()).size(), std::size_t { 100 });
    }
};

QTEST_GUILESS_MAIN(TestKeyDirectory)
#include "tst_key_directory.moc"
