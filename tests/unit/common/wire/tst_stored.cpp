// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/common/wire/samples.h"

#include <QTest>

using namespace kith;
using namespace kith::wire;
using namespace kith::wire::samples;

// covers: style 7.18
class TestStored : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowComesBackEqual()
    {
        for (const auto &[name, bytes] : storedRows()) {
            const auto again = recodeStored(name, bytes);
            QVERIFY2(again.ok(), (name + ": " + (again ? "" : again.error().detail)).c_str());
            QVERIFY2(*again == bytes, name.c_str());
        }
    }

    void everyFieldIsKept()
    {
        const StoredHead head { Qepoch { 9 }, Qseq { 45 }, true, 3, 240, 2, 300, Qseq { 43 } };
        QCOMPARE(*decodeStoredHead(viewOf(encode(head))), head);
        const StoredMid row { Qseq { 41 }, fromMs(5), true };
        QCOMPARE(*decodeStoredMid(viewOf(encode(row))), row);
        const StoredHome home { Sid { 7 }, fromMs(6), 300 };
        QCOMPARE(*decodeStoredHome(viewOf(encode(home))), home);
        const StoredInvite invite { "token", 2, 1, fromMs(7), true };
        QCOMPARE(*decodeStoredInvite(viewOf(encode(invite))), invite);
        const StoredRelation relation { Relation::blocked, { mid(1), mid(2) } };
        QCOMPARE(*decodeStoredRelation(viewOf(encode(relation))), relation);
        const StoredRelations counts { 4, 5 };
        QCOMPARE(*decodeStoredRelations(viewOf(encode(counts))), counts);
        const StoredName name { account(1), true };
        QCOMPARE(*decodeStoredName(viewOf(encode(name))), name);
        const StoredDeviceKeys keys { 99, signedKey(3), 17 };
        QCOMPARE(*decodeStoredDeviceKeys(viewOf(encode(keys))), keys);
        const StoredPreKey key { oneTimeKey(5) };
        QCOMPARE(*decodeStoredPreKey(viewOf(encode(key))), key);
        const StoredAccount person {
            account(1), "mei", FixedKey(1).publicKey, signList(deviceList(), FixedKey(1)), 2, Profile { 3, "sealed" },
            fromMs(8),  true
        };
        QCOMPARE(*decodeStoredAccount(viewOf(encode(person))), person);
        for (const QueueItem &item :
             { QueueItem { Missed { 3 } }, QueueItem { Delivered { account(1), { mid(1) } } } }) {
            const StoredRow queued { Sid { 4 }, fromMs(9), item };
            QCOMPARE(*decodeStoredRow(viewOf(encode(queued))), queued);
        }
    }

    void aDamagedRowIsCorrupt()
    {
        for (const auto &[name, bytes] : storedRows()) {
            for (const auto &damaged : { bytes + QByteArray("\x07", 1), bytes.left(bytes.size() - 1) + '\xFF' }) {
                const auto again = recodeStored(name, damaged);
                if (!again)
                    QCOMPARE(again.error().code, kith::ErrorCode::corrupt);
                else
                    QVERIFY2(*again != bytes, name.c_str());
            }
            QVERIFY2(!recodeStored(name, bytes + QByteArray("\x07", 1)).ok(), name.c_str());
        }
        QCOMPARE(decodeStoredHome({}).error().code, kith::ErrorCode::corrupt); // no sid
        QCOMPARE(decodeStoredRow(viewOf(QByteArray(256 * 1024 + 1, 0))).error().code, kith::ErrorCode::corrupt);
    }
};

QTEST_GUILESS_MAIN(TestStored)
#include "tst_stored.moc"
