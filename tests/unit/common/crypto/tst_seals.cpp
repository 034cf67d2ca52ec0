// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C18, C28, C29, KEY1, KEY2
#include "common/base/hash.h"
#include "common/crypto/ephemeral_seal.h"
#include "common/crypto/padding.h"
#include "common/crypto/profile_seal.h"
#include "common/crypto/signing_key.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

#include <set>

using namespace kith;
using namespace kith::crypto;

class TestSeals : public QObject {
    Q_OBJECT

    SystemRandom random_;
    const SecretBytes key_ { viewOf(QByteArray(32, 'k')) };

private Q_SLOTS:
    void paddingRoundTripsInFewSizes();
    void paddingRefusesWhatItDidNotMake();
    void profileOpensForItsAccountAndVersionOnly();
    void profileHidesItsLength();
    void profileRefusesEveryAlteration();
    void ephemeralIsBoundToItsContext();
    void ephemeralHasOneSizeAndFreshNonces();
    void tenThousandDroppedTypingsLeaveSessionsUnchanged();
    void signingKeyIsThatOfRfc8032();
    void signingKeyComesBackFromItsSeed();
};

void TestSeals::paddingRoundTripsInFewSizes()
{
    std::set<qsizetype> sizes;
    for (std::size_t length = 0; length < maxPaddedSize; length += length < 400 ? 1 : 79) {
        const QByteArray content(static_cast<qsizetype>(length), '\x80'); // the worst: looks like the end mark
        const auto padded = pad(viewOf(content));
        QVERIFY(padded);
        sizes.insert(padded->size());
        QCOMPARE(*unpad(viewOf(*padded)), content);
    }
    QCOMPARE(sizes.size(), std::size_t { 12 });
    QCOMPARE(*sizes.begin(), 80);
    QCOMPARE(*sizes.rbegin(), static_cast<qsizetype>(maxPaddedSize));
    QCOMPARE(pad(viewOf(QByteArray(79, 'x')))->size(), 80);
    QCOMPARE(pad(viewOf(QByteArray(80, 'x')))->size(), 160);
    QCOMPARE(pad(viewOf(QByteArray(81'919, 'x')))->size(), 81'920);
    QCOMPARE(pad(viewOf(QByteArray(81'920, 'x')))->size(), static_cast<qsizetype>(maxPaddedSize));
    QCOMPARE(pad(viewOf(QByteArray(static_cast<qsizetype>(maxPaddedSize), 'x'))).error().code, ErrorCode::tooLarge);
}

void TestSeals::paddingRefusesWhatItDidNotMake()
{
    const auto refused = [](const QByteArray &bytes) { return unpad(viewOf(bytes)).error().code; };
    QCOMPARE(refused({}), ErrorCode::invalid);
    QCOMPARE(refused(QByteArray(80, '\0')), ErrorCode::invalid);
    QCOMPARE(refused(QByteArray(80, 'x')), ErrorCode::invalid);
    QCOMPARE(refused(pad(viewOf(QByteArray("x")))->first(79)), ErrorCode::invalid);
    QCOMPARE(refused(*pad(viewOf(QByteArray("x"))) + '\0'), ErrorCode::invalid);
    QCOMPARE(refused(QByteArray(100'000, '\x80')), ErrorCode::invalid);
}

void TestSeals::profileOpensForItsAccountAndVersionOnly()
{
    const auto account = testAccount('a');
    const QByteArray profile("name, about, avatar");
    const auto sealed = sealProfile(key_.view(), account, 7, viewOf(profile), random_);
    QVERIFY(sealed);
    QVERIFY(!sealed->contains("avatar"));
    QCOMPARE(*openProfile(key_.view(), account, 7, *sealed), profile);
    QCOMPARE(openProfile(key_.view(), account, 8, *sealed).error().code, ErrorCode::permission);
    QCOMPARE(openProfile(key_.view(), testAccount('b'), 7, *sealed).error().code, ErrorCode::permission);
    const QByteArray other(32, 'o');
    QCOMPARE(openProfile(viewOf(other), account, 7, *sealed).error().code, ErrorCode::permission);
    QCOMPARE(openProfile(viewOf(other).first(31), account, 7, *sealed).error().code, ErrorCode::invalid);
    QVERIFY(*sealProfile(key_.view(), account, 7, viewOf(profile), random_) != *sealed);
}

void TestSeals::profileHidesItsLength()
{
    const auto account = testAccount('a');
    const auto sizeOf = [&](qsizetype length) {
        return sealProfile(key_.view(), account, 1, viewOf(QByteArray(length, 'x')), random_)->size();
    };
    QCOMPARE(sizeOf(0), sizeOf(79));
    QCOMPARE(sizeOf(41'000), sizeOf(70'000));
    QCOMPARE(sealProfile(key_.view(), account, 1, viewOf(QByteArray(98'304, 'x')), random_).error().code,
             ErrorCode::tooLarge);
    QCOMPARE(openProfile(key_.view(), account, 1, QByteArray(200'000, 1)).error().code, ErrorCode::tooLarge);
}

void TestSeals::profileRefusesEveryAlteration()
{
    const auto account = testAccount('a');
    const auto sealed = *sealProfile(key_.view(), account, 1, viewOf(QByteArray("x")), random_);
    for (qsizetype at = 0; at < sealed.size(); ++at) {
        QByteArray altered = sealed;
        altered[at] = static_cast<char>(altered[at] ^ 0x10);
        QVERIFY(!openProfile(key_.view(), account, 1, altered));
        QVERIFY(!openProfile(key_.view(), account, 1, sealed.first(at)));
    }
    QByteArray newer = sealed;
    newer[0] = 2;
    QCOMPARE(openProfile(key_.view(), account, 1, newer).error().code, ErrorCode::unsupported);
}

void TestSeals::ephemeralIsBoundToItsContext()
{
    const EphemeralContext context { "chat", { testAccount('a'), 2 }, 1'700'000'000'000 };
    const auto sealed = sealEphemeral(key_.view(), context, viewOf(QByteArray("typing")), random_);
    QVERIFY(sealed);
    QCOMPARE(*openEphemeral(key_.view(), context, *sealed), QByteArray("typing"));
    auto other = context;
    other.chat = "chaT";
    QCOMPARE(openEphemeral(key_.view(), other, *sealed).error().code, ErrorCode::permission);
    other = context;
    other.sender.number = 3;
    QCOMPARE(openEphemeral(key_.view(), other, *sealed).error().code, ErrorCode::permission);
    other = context;
    ++other.timeMs;
    QCOMPARE(openEphemeral(key_.view(), other, *sealed).error().code, ErrorCode::permission);
    other.chat.clear();
    QCOMPARE(openEphemeral(key_.view(), other, *sealed).error().code, ErrorCode::invalid);
    for (qsizetype at = 0; at < sealed->size(); ++at) {
        QByteArray altered = *sealed;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        QVERIFY(!openEphemeral(key_.view(), context, altered));
    }
}

void TestSeals::ephemeralHasOneSizeAndFreshNonces()
{
    const EphemeralContext context { "chat", { testAccount('a'), 2 }, 1 };
    std::set<QByteArray> sealed;
    for (int i = 0; i < 80; ++i) {
        const auto one = sealEphemeral(key_.view(), context, viewOf(QByteArray(i, 'x')), random_);
        QVERIFY(one);
        QCOMPARE(one->size(), 109);
        sealed.insert(one->mid(1, 12));
    }
    QCOMPARE(sealed.size(), std::size_t { 80 });
    QCOMPARE(sealEphemeral(key_.view(), context, viewOf(QByteArray(80, 'x')), random_).error().code,
             ErrorCode::tooLarge);
}

void TestSeals::tenThousandDroppedTypingsLeaveSessionsUnchanged()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(bob.receive(alice, *alice.send(bob, "x")));
    const auto aliceBefore = alice.stores.snapshot();
    const auto bobBefore = bob.stores.snapshot();
    for (std::int64_t time = 0; time < 10'000; ++time)
        QVERIFY(sealEphemeral(key_.view(), { "chat", alice.device, time }, {}, random_));
    QVERIFY(alice.stores.snapshot() == aliceBefore);
    QVERIFY(bob.stores.snapshot() == bobBefore);
    QCOMPARE(bob.receive(alice, *alice.send(bob, "y")), QByteArray("y"));
}

void TestSeals::signingKeyIsThatOfRfc8032()
{
    // RFC 8032, 7.1, test 2: the message there has no context, so only the key pair is compared here.
    const auto seed = QByteArray::fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    const auto key = SigningKey::fromSeed(viewOf(seed));
    QVERIFY(key);
    QCOMPARE(key->publicKey().hex(), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    QCOMPARE(SigningKey::fromSeed(viewOf(seed).first(31)).error().code, ErrorCode::invalid);
}

void TestSeals::signingKeyComesBackFromItsSeed()
{
    const auto key = SigningKey::generate(random_);
    const auto again = SigningKey::fromSeed(key->seed().view());
    const QByteArray message("m");
    const auto signature = key->sign("kith.login.v1", viewOf(message));
    QVERIFY(*again->sign("kith.login.v1", viewOf(message)) == *signature); // Ed25519 is deterministic
    QVERIFY(verifyEd25519(key->publicKey(), "kith.login.v1", viewOf(message), *signature));
    QVERIFY(!verifyEd25519(key->publicKey(), "kith.group.v1", viewOf(message), *signature));
    QVERIFY(!verifyEd25519(SigningKey::generate(random_)->publicKey(), "kith.login.v1", viewOf(message), *signature));
}

QTEST_APPLESS_MAIN(TestSeals)
#include "tst_seals.moc"
