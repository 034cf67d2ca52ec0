// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C24 (stored and sent forms stay what they are)
#include "common/crypto/ephemeral_seal.h"
#include "common/crypto/key_slots.h"
#include "common/crypto/profile_seal.h"
#include "common/crypto/sender_keys.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace kith;
using namespace kith::crypto;

/// Everything is made by a seeded generator, so a build that writes another form, or draws in another order, shows
/// here.
class TestCryptoGolden : public QObject {
    Q_OBJECT

    QJsonObject golden_;

    QByteArray golden(const char *name) const
    {
        return QByteArray::fromHex(golden_.value(QLatin1String(name)).toString().toLatin1());
    }
    static QJsonObject made();

private Q_SLOTS:
    void initTestCase();
    void writesTheSameForms();
    void readsTheOldForms();
};

namespace {

constexpr std::string_view passphrase = "golden passphrase";

GroupId goldenGroup()
{
    GroupId group;
    group.octets.fill(0x67);
    return group;
}

EphemeralContext goldenContext()
{
    return { "chat", { testAccount('a'), 1 }, 1'700'000'000'000 };
}

QString hex(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

} // namespace

QJsonObject TestCryptoGolden::made()
{
    SeededRandom random(24);
    TestParty alice('a', random);
    TestParty bob('b', random);
    QJsonObject forms;
    forms[u"bobSignedPreKeyRecord"] = hex(bob.signedPreKey.record);
    forms[u"bobOneTimeKeyRecord"] = hex(bob.stores.content.preKeys.at(1));
    forms[u"bobPublicKey"] = hex(bob.identityKey());
    forms[u"bobPrivateKey"] = hex(toByteArray(bob.stores.identity().privateKey.view()));
    forms[u"alicePublicKey"] = hex(alice.identityKey());
    if (!alice.meet(bob, 1))
        return {};
    const auto first = *alice.send(bob, "first");
    forms[u"preKeyMessage"] = hex(first.bytes);
    if (!bob.receive(alice, first))
        return {};
    forms[u"bobSessionRecord"] = hex(bob.stores.content.sessions.at(alice.device));
    if (!alice.receive(bob, *bob.send(alice, "reply")))
        return {};
    forms[u"message"] = hex(alice.send(bob, "second")->bytes);

    SenderKeys group(*alice.sessions);
    forms[u"distributionMessage"] = hex(*group.rotate(goldenGroup(), alice.device));
    forms[u"senderKeyRecord"] = hex(alice.stores.content.senderKeys.at({ goldenGroup(), alice.device }));
    forms[u"groupMessage"] = hex(*group.encrypt(goldenGroup(), alice.device, viewOf(std::string_view("to all"))));

    const SecretBytes key(viewOf(QByteArray(32, 'k')));
    forms[u"profile"] = hex(*sealProfile(key.view(), testAccount('a'), 3, viewOf(std::string_view("me")), random));
    forms[u"ephemeral"] = hex(*sealEphemeral(key.view(), goldenContext(), viewOf(std::string_view("typing")), random));
    auto slots = *KeySlots::create(key);
    if (!slots.addPassphraseSlot(key, viewOf(passphrase), random)
        || !slots.addSecretSlot(SlotKind::keyFile, key, key.view(), "/a/path", random))
        return {};
    forms[u"keySlots"] = hex(slots.encode());
    return forms;
}

void TestCryptoGolden::initTestCase()
{
    QFile file(QStringLiteral(KITH_SOURCE_DIR "/tests/unit/common/crypto/golden.json"));
    if (qEnvironmentVariableIsSet("KITH_WRITE_GOLDEN")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(made()).toJson());
        file.close();
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    golden_ = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(golden_.size(), 14);
}

void TestCryptoGolden::writesTheSameForms()
{
    const auto now = made();
    for (const auto &name : golden_.keys())
        QCOMPARE(now.value(name).toString(), golden_.value(name).toString());
}

void TestCryptoGolden::readsTheOldForms()
{
    SystemRandom random;
    TestParty bob('b', random);
    const DeviceId alice { testAccount('a'), 1 };
    bob.stores.content.sessions[alice] = golden("bobSessionRecord");
    QByteArray text;
    const auto take = [&](ByteView plaintext) {
        text = toByteArray(plaintext);
        return Result<void>();
    };
    // The reply that alice answered stepped bob's sending chain only, so his record still opens her next chain.
    const auto opened =
        bob.sessions->decrypt(alice, { CiphertextType::message, golden("message") }, golden("alicePublicKey"), take);
    QVERIFY(opened);
    QCOMPARE(text, QByteArray("second"));
    QCOMPARE(readSignedPreKey(golden("bobSignedPreKeyRecord"))->timestampMs, std::uint64_t { 1'700'000'000'000 });
    QCOMPARE(readOneTimePreKey(golden("bobOneTimeKeyRecord"))->id, 1U);

    SenderKeys group(*bob.sessions);
    QVERIFY(*group.accept(goldenGroup(), alice, golden("distributionMessage")));
    QVERIFY(group.decrypt(goldenGroup(), alice, golden("groupMessage"), take));
    QCOMPARE(text, QByteArray("to all"));

    const SecretBytes key(viewOf(QByteArray(32, 'k')));
    QCOMPARE(*openProfile(key.view(), testAccount('a'), 3, golden("profile")), QByteArray("me"));
    QCOMPARE(*openEphemeral(key.view(), goldenContext(), golden("ephemeral")), QByteArray("typing"));
    const auto slots = KeySlots::decode(viewOf(golden("keySlots")));
    QVERIFY(slots);
    QVERIFY(slots->unlockWithPassphrase(viewOf(passphrase))->equals(key.view()));
    QVERIFY(slots->unlockWithSecret(SlotKind::keyFile, key.view())->equals(key.view()));
    QCOMPARE(slots->encode(), golden("keySlots"));
}

QTEST_APPLESS_MAIN(TestCryptoGolden)
#include "tst_crypto_golden.moc"
