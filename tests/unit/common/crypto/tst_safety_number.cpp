// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C22
#include "common/crypto/safety_number.h"
#include "common/crypto/signing_key.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

using namespace kith;
using namespace kith::crypto;

class TestSafetyNumber : public QObject {
    Q_OBJECT

    SystemRandom random_;
    const Ed25519PublicKey alice_ = SigningKey::generate(random_)->publicKey();
    const Ed25519PublicKey bob_ = SigningKey::generate(random_)->publicKey();

private Q_SLOTS:
    void bothSidesAgree();
    void anotherKeyOrAccountChangesIt();
    void isGolden();
    void refusesForeignCodes();
};

void TestSafetyNumber::bothSidesAgree()
{
    const auto ours = safetyNumber(testAccount('a'), alice_, testAccount('b'), bob_);
    const auto theirs = safetyNumber(testAccount('b'), bob_, testAccount('a'), alice_);
    QVERIFY(ours && theirs);
    QCOMPARE(ours->digits, theirs->digits);
    QCOMPARE(ours->digits.size(), std::size_t { 60 });
    QVERIFY(ours->digits.find_first_not_of("0123456789") == std::string::npos);
    QVERIFY(ours->scannable != theirs->scannable);
    QVERIFY(*compareScannable(ours->scannable, theirs->scannable));
    QVERIFY(*compareScannable(theirs->scannable, ours->scannable));
    QVERIFY(!*compareScannable(ours->scannable, ours->scannable));
}

void TestSafetyNumber::anotherKeyOrAccountChangesIt()
{
    const auto mallory = SigningKey::generate(random_)->publicKey();
    const auto ours = safetyNumber(testAccount('a'), alice_, testAccount('b'), bob_);
    const auto forged = safetyNumber(testAccount('b'), mallory, testAccount('a'), alice_);
    QVERIFY(ours->digits != forged->digits);
    QVERIFY(!*compareScannable(ours->scannable, forged->scannable));
    QVERIFY(safetyNumber(testAccount('a'), alice_, testAccount('c'), bob_)->digits != ours->digits);
}

void TestSafetyNumber::isGolden()
{
    Ed25519PublicKey first;
    Ed25519PublicKey second;
    first.octets.fill(0x11);
    second.octets.fill(0x22);
    const auto number = safetyNumber(testAccount(0x0a), first, testAccount(0x0b), second);
    // The same digits and code come from the Rust library (tests/interop compares random ones).
    QCOMPARE(number->digits, std::string("093313162983631420900990795749736721453306392061404600343600"));
    QCOMPARE(
        number->scannable.toHex(),
        QByteArray("080112220a208f5149b913a3f35d0fcde5b9f701effc8b25642a9998614d532e38d0ae058ee51a220a203ed2a000c8af69"
                   "a3ba45ddf01872588c0189717c5fca6a20f3cf6f20b090fd21"));
}

void TestSafetyNumber::refusesForeignCodes()
{
    const auto ours = safetyNumber(testAccount('a'), alice_, testAccount('b'), bob_)->scannable;
    QCOMPARE(compareScannable(ours, {}).error().code, ErrorCode::invalid);
    QCOMPARE(compareScannable(ours, QByteArray(2000, 'x')).error().code, ErrorCode::invalid);
    QCOMPARE(compareScannable(ours, "https://example.org/").error().code, ErrorCode::invalid);
    for (qsizetype length = 0; length < ours.size(); ++length)
        QVERIFY(!compareScannable(ours, ours.first(length)).ok());
    QByteArray newer = ours;
    QCOMPARE(newer[0], '\x08');
    newer[1] = 9; // field 1 is the version
    QCOMPARE(compareScannable(ours, newer).error().code, ErrorCode::unsupported);
}

QTEST_APPLESS_MAIN(TestSafetyNumber)
#include "tst_safety_number.moc"
