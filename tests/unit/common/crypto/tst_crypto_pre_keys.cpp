// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C6, C12, TR2, TR16, TR18, KEY3, EV3
#include "common/crypto/pre_keys.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

#include <functional>

using namespace kith;
using namespace kith::crypto;

namespace {

using Change = std::function<void(PreKeyBundle &)>;

const std::array<const char *, 12> lowOrder {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "cdeb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
    "4c9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
    "d9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "daffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "dbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
};

} // namespace

class TestPreKeys : public QObject {
    Q_OBJECT

    SystemRandom random_;

private Q_SLOTS:
    void goodBundlesAreValid();
    void badBundlesAreRefused_data();
    void badBundlesAreRefused();
    void tr16_lowOrderKeysAreRefused();
    void anotherIdentityIsUntrusted();
    void recordsGiveTheirPublicPartBack();
    void damagedRecordsAreCorrupt();
    void manyKeysAreDistinct();
    void identitySignatureHoldsInItsContextOnly();
    void registrationIdsAreInRange();
};

void TestPreKeys::goodBundlesAreValid()
{
    const TestParty bob('b', random_);
    QVERIFY(validate(bob.bundle(1), bob.identityKey()));
    QVERIFY(validate(bob.bundle(0), bob.identityKey()));
}

void TestPreKeys::badBundlesAreRefused_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, Change change) { QTest::newRow(name) << change; };
    const auto key = [&](const char *name, auto field) {
        row(qPrintable(QStringLiteral("%1 missing").arg(QLatin1String(name))), [=](auto &b) { field(b).clear(); });
        row(qPrintable(QStringLiteral("%1 short").arg(QLatin1String(name))), [=](auto &b) { field(b).chop(1); });
        row(qPrintable(QStringLiteral("%1 long").arg(QLatin1String(name))), [=](auto &b) { field(b).append('x'); });
    };
    key("identity key", [](PreKeyBundle &b) -> QByteArray & { return b.identityKey; });
    key("signed prekey", [](PreKeyBundle &b) -> QByteArray & { return b.signedPreKey; });
    key("signature", [](PreKeyBundle &b) -> QByteArray & { return b.signedPreKeySignature; });
    key("one-time key", [](PreKeyBundle &b) -> QByteArray & { return b.oneTimeKey->publicKey; });
    row("identity key of another type", [](auto &b) { b.identityKey[0] = 0x06; });
    row("signed prekey of another type", [](auto &b) { b.signedPreKey[0] = 0x04; });
    row("one-time key of another type", [](auto &b) { b.oneTimeKey->publicKey[0] = 0x00; });
    row("signature of another key", [](auto &b) { b.signedPreKey = b.oneTimeKey->publicKey; });
    row("signature altered", [](auto &b) { b.signedPreKeySignature[5] = char(b.signedPreKeySignature[5] ^ 1); });
    row("signed prekey id 0", [](auto &b) { b.signedPreKeyId = 0; });
    row("signed prekey id of 25 bits", [](auto &b) { b.signedPreKeyId = 0x1000000; });
    row("one-time key id 0", [](auto &b) { b.oneTimeKey->id = 0; });
    row("one-time key id of 25 bits", [](auto &b) { b.oneTimeKey->id = 0x1000000; });
    row("registration id 0", [](auto &b) { b.registrationId = 0; });
    row("registration id too high", [](auto &b) { b.registrationId = 16381; });
    row("device 0", [](auto &b) { b.device.number = 0; });
    row("device 1024", [](auto &b) { b.device.number = 1024; });
}

void TestPreKeys::badBundlesAreRefused()
{
    QFETCH(Change, change);
    TestParty alice('a', random_);
    const TestParty bob('b', random_);
    auto bundle = bob.bundle(1);
    change(bundle);
    const auto before = alice.stores.snapshot();
    QCOMPARE(validate(bundle, bundle.identityKey).error().code, ErrorCode::invalid);
    QCOMPARE(alice.sessions->establish(bundle, bundle.identityKey).error().code, ErrorCode::invalid);
    QVERIFY(alice.stores.snapshot() == before);
}

void TestPreKeys::tr16_lowOrderKeysAreRefused()
{
    const TestParty bob('b', random_);
    for (const auto *point : lowOrder) {
        const QByteArray key = QByteArray(1, 0x05) + QByteArray::fromHex(point);
        QVERIFY(!checkPublicKey(key));
        auto bundle = bob.bundle(1);
        bundle.identityKey = key;
        QVERIFY(!validate(bundle, key));
        bundle = bob.bundle(1);
        bundle.signedPreKey = key;
        QVERIFY(!validate(bundle, bob.identityKey()));
        bundle = bob.bundle(1);
        bundle.oneTimeKey->publicKey = key;
        QVERIFY(!validate(bundle, bob.identityKey()));
    }
    QByteArray hidden = QByteArray(1, 0x05) + QByteArray::fromHex(lowOrder[1]);
    hidden.back() = '\x80'; // X25519 ignores the highest bit, so this is the point 1 again
    QVERIFY(!checkPublicKey(hidden));
    QVERIFY(checkPublicKey(bob.identityKey()));
}

void TestPreKeys::anotherIdentityIsUntrusted()
{
    TestParty alice('a', random_);
    const TestParty bob('b', random_);
    const TestParty mallory('m', random_);
    QCOMPARE(alice.sessions->establish(mallory.bundle(1), bob.identityKey()).error().code, ErrorCode::untrusted);
}

void TestPreKeys::recordsGiveTheirPublicPartBack()
{
    const auto keys = generateOneTimePreKeys(500, 3, random_);
    QVERIFY(keys);
    QCOMPARE(keys->size(), std::size_t { 3 });
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE((*keys)[i].id, 500U + static_cast<std::uint32_t>(i));
        QCOMPARE(readOneTimePreKey((*keys)[i].record)->publicKey, (*keys)[i].publicKey);
    }
    const auto identity = generateIdentityKeyPair(random_);
    const auto key = generateSignedPreKey(*identity, 77, 1'700'000'000'123, random_);
    const auto read = readSignedPreKey(key->record);
    QCOMPARE(read->id, 77U);
    QCOMPARE(read->timestampMs, std::uint64_t { 1'700'000'000'123 });
    QCOMPARE(read->publicKey, key->publicKey);
    QCOMPARE(read->signature, key->signature);
    QCOMPARE(read->signature.size(), signatureSize);
}

void TestPreKeys::damagedRecordsAreCorrupt()
{
    const auto identity = generateIdentityKeyPair(random_);
    const auto oneTime = generateOneTimePreKeys(1, 1, random_)->front().record;
    const auto signedRecord = generateSignedPreKey(*identity, 1, 1, random_)->record;
    QCOMPARE(readOneTimePreKey({}).error().code, ErrorCode::corrupt);
    for (qsizetype length = 0; length < oneTime.size(); ++length)
        static_cast<void>(readOneTimePreKey(oneTime.first(length)).ok());
    for (qsizetype length = 0; length < signedRecord.size(); ++length)
        static_cast<void>(readSignedPreKey(signedRecord.first(length)).ok());
    QCOMPARE(readSignedPreKey("\x0a\xff").error().code, ErrorCode::corrupt);
}

void TestPreKeys::manyKeysAreDistinct()
{
    QCOMPARE(generateOneTimePreKeys(1, 201, random_).error().code, ErrorCode::tooLarge);
    QVERIFY(generateOneTimePreKeys(1, 0, random_)->empty());
    const auto keys = generateOneTimePreKeys(1, 200, random_);
    QSet<QByteArray> distinct;
    for (const auto &key : *keys)
        distinct.insert(key.publicKey);
    QCOMPARE(distinct.size(), 200);
}

void TestPreKeys::identitySignatureHoldsInItsContextOnly()
{
    const auto pair = generateIdentityKeyPair(random_);
    const auto other = generateIdentityKeyPair(random_);
    const QByteArray message("account, number, keys");
    const auto signature = signWithIdentity(*pair, "kith.device.v1", viewOf(message), random_);
    QVERIFY(signature);
    QVERIFY(verifyWithIdentity(pair->publicKey, "kith.device.v1", viewOf(message), *signature));
    QVERIFY(!verifyWithIdentity(pair->publicKey, "kith.devices.v1", viewOf(message), *signature));
    QVERIFY(!verifyWithIdentity(other->publicKey, "kith.device.v1", viewOf(message), *signature));
    QVERIFY(!verifyWithIdentity(pair->publicKey, "kith.device.v1", viewOf(message + 'x'), *signature));
    QVERIFY(!verifyWithIdentity(pair->publicKey, "kith.device.v1", viewOf(message), signature->first(63)));
    QVERIFY(!verifyWithIdentity({}, "kith.device.v1", viewOf(message), *signature));
    for (int bit = 0; bit < 512; bit += 7) {
        QByteArray altered = *signature;
        altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY(!verifyWithIdentity(pair->publicKey, "kith.device.v1", viewOf(message), altered));
    }
}

void TestPreKeys::registrationIdsAreInRange()
{
    for (int i = 0; i < 200; ++i) {
        const auto id = generateRegistrationId(random_);
        QVERIFY(id && *id >= 1 && *id <= 16380);
    }
}

QTEST_APPLESS_MAIN(TestPreKeys)
#include "tst_crypto_pre_keys.moc"
