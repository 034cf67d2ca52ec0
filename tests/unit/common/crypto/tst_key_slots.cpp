// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security L3, ADV-L
#include "common/crypto/key_slots.h"

#include <QtTest>

using namespace kith;
using namespace kith::crypto;

class TestKeySlots : public QObject {
    Q_OBJECT

    SystemRandom random_;
    const SecretBytes databaseKey_ { viewOf(QByteArray(32, 'd')) };
    const QByteArray secret_ = QByteArray(32, 's');

    KeySlots withSecrets();

private Q_SLOTS:
    void everySlotOpensTheSameKey();
    void wrongSecretIsPermission();
    void everyAlterationIsNoticed();
    void passphraseSlotSurvivesEncodingAndNoticesTampering();
    void weakenedParametersAreCorrupt();
    void removedSlotIsGoneAndNoticed();
    void changesNeedTheRightDatabaseKey();
    void refusesBadArguments();
    void decodeHasLimits();
    void passphraseCostsTime();
};

KeySlots TestKeySlots::withSecrets()
{
    auto slots = KeySlots::create(databaseKey_);
    if (!slots->addSecretSlot(SlotKind::keyFile, databaseKey_, viewOf(secret_), "/home/a/key", random_)
        || !slots->addSecretSlot(SlotKind::keyring, databaseKey_, viewOf(secret_), "kith/a", random_)
        || !slots->addSecretSlot(SlotKind::recovery, databaseKey_, viewOf(secret_).first(20), {}, random_))
        qFatal("no slots");
    return std::move(slots).value();
}

void TestKeySlots::everySlotOpensTheSameKey()
{
    const auto slots = withSecrets();
    const auto read = KeySlots::decode(viewOf(slots.encode()));
    QVERIFY(read);
    QCOMPARE(read->list().size(), std::size_t { 3 });
    QCOMPARE(read->list().front().hint, std::string("/home/a/key"));
    QVERIFY(read->has(SlotKind::keyring));
    QVERIFY(!read->has(SlotKind::passphrase));
    for (const auto kind : { SlotKind::keyFile, SlotKind::keyring }) {
        const auto key = read->unlockWithSecret(kind, viewOf(secret_));
        QVERIFY(key && key->equals(databaseKey_.view()));
    }
    QVERIFY(read->unlockWithSecret(SlotKind::recovery, viewOf(secret_).first(20))->equals(databaseKey_.view()));
    QCOMPARE(read->encode(), slots.encode());
    QVERIFY(!slots.encode().contains(QByteArray(8, 'd')));
}

void TestKeySlots::wrongSecretIsPermission()
{
    const auto slots = withSecrets();
    const QByteArray wrong(32, 'w');
    QCOMPARE(slots.unlockWithSecret(SlotKind::keyFile, viewOf(wrong)).error().code, ErrorCode::permission);
    QCOMPARE(slots.unlockWithSecret(SlotKind::keyFile, viewOf(wrong).first(3)).error().code, ErrorCode::permission);
    QCOMPARE(slots.unlockWithSecret(SlotKind::recovery, viewOf(wrong).first(20)).error().code, ErrorCode::permission);
    QCOMPARE(slots.unlockWithPassphrase(viewOf(wrong)).error().code, ErrorCode::notFound);
    QCOMPARE(slots.unlockWithSecret(SlotKind::passphrase, viewOf(wrong)).error().code, ErrorCode::notFound);
}

void TestKeySlots::everyAlterationIsNoticed()
{
    const auto encoded = withSecrets().encode();
    for (qsizetype bit = 0; bit < encoded.size() * 8; ++bit) {
        QByteArray altered = encoded;
        altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
        const auto read = KeySlots::decode(viewOf(altered));
        if (!read)
            continue;
        const auto opened = read->unlockWithSecret(SlotKind::keyFile, viewOf(secret_));
        QVERIFY2(!opened, qPrintable(QStringLiteral("bit %1").arg(bit)));
        QVERIFY(opened.error().code == ErrorCode::permission || opened.error().code == ErrorCode::corrupt
                || opened.error().code == ErrorCode::notFound);
    }
    for (qsizetype length = 0; length < encoded.size(); ++length)
        QVERIFY(!KeySlots::decode(viewOf(encoded.first(length))));
    QCOMPARE(KeySlots::decode(viewOf(encoded + 'x')).error().code, ErrorCode::corrupt);
}

void TestKeySlots::passphraseSlotSurvivesEncodingAndNoticesTampering()
{
    auto slots = *KeySlots::create(databaseKey_);
    const QByteArray passphrase("correct horse");
    QVERIFY(slots.addPassphraseSlot(databaseKey_, viewOf(passphrase), random_));
    const auto encoded = slots.encode();
    const auto read = KeySlots::decode(viewOf(encoded));
    QVERIFY(read->unlockWithPassphrase(viewOf(passphrase))->equals(databaseKey_.view()));
    QCOMPARE(read->unlockWithPassphrase(viewOf(QByteArray("wrong horse"))).error().code, ErrorCode::permission);
    QByteArray morePasses = encoded;
    morePasses[14] = 4; // magic, version, count, kind, then four bytes of passes
    QCOMPARE(encoded[14], '\x03');
    const auto altered = KeySlots::decode(viewOf(morePasses));
    QVERIFY(altered);
    QCOMPARE(altered->unlockWithPassphrase(viewOf(passphrase)).error().code, ErrorCode::permission);
    QVERIFY(slots.addPassphraseSlot(databaseKey_, viewOf(QByteArray("new")), random_));
    QCOMPARE(slots.list().size(), std::size_t { 1 }); // replaced
    QCOMPARE(slots.unlockWithPassphrase(viewOf(passphrase)).error().code, ErrorCode::permission);
}

void TestKeySlots::weakenedParametersAreCorrupt()
{
    auto slots = *KeySlots::create(databaseKey_);
    QVERIFY(slots.addPassphraseSlot(databaseKey_, viewOf(QByteArray("p")), random_));
    const auto encoded = slots.encode();
    QByteArray weak = encoded;
    weak[14] = 1;
    QCOMPARE(KeySlots::decode(viewOf(weak)).error().code, ErrorCode::corrupt);
    weak = encoded;
    weak[19] = 0; // the third lowest of eight bytes of memory: 64 MiB is 0x04000000
    QCOMPARE(encoded[19], '\x04');
    QCOMPARE(KeySlots::decode(viewOf(weak)).error().code, ErrorCode::corrupt);
    weak = encoded;
    weak[15] = 1; // 2^56 bytes
    QCOMPARE(KeySlots::decode(viewOf(weak)).error().code, ErrorCode::corrupt);
}

void TestKeySlots::removedSlotIsGoneAndNoticed()
{
    auto slots = withSecrets();
    const auto before = slots.encode();
    QVERIFY(slots.removeSlot(SlotKind::keyring, databaseKey_));
    QVERIFY(slots.removeSlot(SlotKind::keyring, databaseKey_));
    QCOMPARE(slots.unlockWithSecret(SlotKind::keyring, viewOf(secret_)).error().code, ErrorCode::notFound);
    QVERIFY(slots.unlockWithSecret(SlotKind::keyFile, viewOf(secret_)));
    // Somebody cuts the last slot out of the file without knowing the database key.
    const qsizetype lastSlot = 1 + 4 + 8 + 16 + 2 + 60;
    QByteArray cut = before;
    cut.remove(before.size() - 32 - lastSlot, lastSlot);
    cut[9] = 2;
    const auto read = KeySlots::decode(viewOf(cut));
    QVERIFY(read);
    QCOMPARE(read->list().size(), std::size_t { 2 });
    QCOMPARE(read->unlockWithSecret(SlotKind::keyFile, viewOf(secret_)).error().code, ErrorCode::corrupt);
}

void TestKeySlots::changesNeedTheRightDatabaseKey()
{
    auto slots = withSecrets();
    const SecretBytes other(viewOf(QByteArray(32, 'x')));
    const auto before = slots.encode();
    QCOMPARE(slots.addSecretSlot(SlotKind::keyFile, other, viewOf(secret_), {}, random_).error().code,
             ErrorCode::permission);
    QCOMPARE(slots.addPassphraseSlot(other, viewOf(QByteArray("p")), random_).error().code, ErrorCode::permission);
    QCOMPARE(slots.removeSlot(SlotKind::keyFile, other).error().code, ErrorCode::permission);
    QCOMPARE(slots.encode(), before);
}

void TestKeySlots::refusesBadArguments()
{
    QCOMPARE(KeySlots::create(SecretBytes(std::size_t { 31 })).error().code, ErrorCode::invalid);
    auto slots = withSecrets();
    QCOMPARE(slots.addPassphraseSlot(databaseKey_, {}, random_).error().code, ErrorCode::invalid);
    const auto add = [&](SlotKind kind, std::size_t size, std::string hint) {
        const QByteArray secret(static_cast<qsizetype>(size), 's');
        return slots.addSecretSlot(kind, databaseKey_, viewOf(secret), std::move(hint), random_).error().code;
    };
    QCOMPARE(add(SlotKind::passphrase, 32, {}), ErrorCode::invalid);
    QCOMPARE(add(SlotKind::keyFile, 31, {}), ErrorCode::invalid);
    QCOMPARE(add(SlotKind::keyring, 33, {}), ErrorCode::invalid);
    QCOMPARE(add(SlotKind::recovery, 19, {}), ErrorCode::invalid);
    QCOMPARE(add(SlotKind::keyFile, 32, std::string(1025, 'h')), ErrorCode::invalid);
}

void TestKeySlots::decodeHasLimits()
{
    QCOMPARE(KeySlots::decode(viewOf(QByteArray(20'000, 'x'))).error().code, ErrorCode::tooLarge);
    QCOMPARE(KeySlots::decode({}).error().code, ErrorCode::corrupt);
    auto encoded = withSecrets().encode();
    auto newer = encoded;
    newer[8] = 2;
    QCOMPARE(KeySlots::decode(viewOf(newer)).error().code, ErrorCode::unsupported);
    encoded[9] = 9;
    QCOMPARE(KeySlots::decode(viewOf(encoded)).error().code, ErrorCode::corrupt);
}

void TestKeySlots::passphraseCostsTime()
{
    auto slots = *KeySlots::create(databaseKey_);
    QVERIFY(slots.addPassphraseSlot(databaseKey_, viewOf(QByteArray("p")), random_));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(slots.unlockWithPassphrase(viewOf(QByteArray("p"))));
    qInfo("%lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY(timer.elapsed() >= 20); // a plain hash takes microseconds; the parameters themselves are checked above
}

QTEST_APPLESS_MAIN(TestKeySlots)
#include "tst_key_slots.moc"
