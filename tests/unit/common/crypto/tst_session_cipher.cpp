// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C8, C10, C24; delivery PK8
#include "common/crypto/session_cipher.h"
#include "tests/support/crypto/forged_message.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

#include <algorithm>

using namespace kith;
using namespace kith::crypto;

class TestSessionCipher : public QObject {
    Q_OBJECT

    SystemRandom random_;

private Q_SLOTS:
    void talksBothWays();
    void opensOutOfOrder();
    void refusesADuplicate();
    void tellsWhyThereIsNoPlaintext();
    void refusesAnotherVersion_data();
    void refusesAnotherVersion();
    void passesTheTakersErrorOn();
    void archiveKeepsLateMessagesReadable();
    void archiveOfNothingSucceeds();
    void peekReadsWithoutTouchingState();
    void infoFollowsTheSession();
    void randomConversationsLoseNothing();
};

void TestSessionCipher::talksBothWays()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 3));
    const auto first = alice.send(bob, "hello");
    QVERIFY(first);
    QCOMPARE(first->type, CiphertextType::preKey);
    QCOMPARE(bob.receive(alice, *first), QByteArray("hello"));
    QVERIFY(!bob.stores.content.preKeys.contains(3));
    const auto reply = bob.send(alice, "hi");
    QVERIFY(reply);
    QCOMPARE(reply->type, CiphertextType::message);
    QCOMPARE(alice.receive(bob, *reply), QByteArray("hi"));
    QCOMPARE(alice.send(bob, "so")->type, CiphertextType::message);
    QCOMPARE(bob.receive(alice, *alice.send(bob, "")), QByteArray(""));
}

void TestSessionCipher::opensOutOfOrder()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    std::vector<Ciphertext> sent;
    for (int i = 0; i < 20; ++i)
        sent.push_back(*alice.send(bob, QByteArray::number(i)));
    for (int i = 19; i >= 0; --i)
        QCOMPARE(bob.receive(alice, sent[static_cast<std::size_t>(i)]), QByteArray::number(i));
}

void TestSessionCipher::refusesADuplicate()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    const auto once = alice.send(bob, "once");
    QVERIFY(bob.receive(alice, *once));
    const auto before = bob.stores.snapshot();
    QVERIFY(!bob.receive(alice, *once));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::duplicate);
    QVERIFY(bob.stores.snapshot() == before);
}

void TestSessionCipher::tellsWhyThereIsNoPlaintext()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    TestParty carol('c', random_);
    QVERIFY(alice.meet(bob, 2));
    const auto first = alice.send(bob, "x");

    QVERIFY(!bob.receive(alice, withBrokenMac(*first)));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::badMessage);
    QVERIFY(!bob.receive(alice, { CiphertextType::message, innerOf(*first) }));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::noSession);
    QVERIFY(!carol.receive(alice, *first)); // carol's keys have the same ids, so only the MAC tells
    QCOMPARE(carol.lastFailure->failure, DecryptFailure::badMessage);

    const auto dropped = bob.stores.content.preKeys.extract(2);
    QVERIFY(!bob.receive(alice, *first));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::noPreKey);
    bob.stores.content.preKeys[2] = dropped.mapped();
    const auto signedKey = bob.stores.content.signedPreKeys.extract(1);
    QVERIFY(!bob.receive(alice, *first));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::noPreKey);
    bob.stores.content.signedPreKeys[1] = signedKey.mapped();

    const auto untrusted =
        bob.sessions->decrypt(alice.device, *first, carol.identityKey(), [](ByteView) { return Result<void>(); });
    QCOMPARE(untrusted.error().failure, DecryptFailure::untrusted);
    QCOMPARE(untrusted.error().code, ErrorCode::untrusted);
    QCOMPARE(bob.receive(alice, *first), QByteArray("x"));

    const auto second = bob.send(alice, "y");
    QVERIFY(second->type == CiphertextType::message);
    const auto otherIdentity =
        alice.sessions->decrypt(bob.device, *second, carol.identityKey(), [](ByteView) { return Result<void>(); });
    QCOMPARE(otherIdentity.error().failure, DecryptFailure::untrusted);
    QVERIFY(alice.receive(bob, *second));
}

void TestSessionCipher::refusesAnotherVersion_data()
{
    QTest::addColumn<int>("versionByte");
    QTest::newRow("made by 2") << 0x23;
    QTest::newRow("made by 4") << 0x43;
    QTest::newRow("made by 3, readable by 4") << 0x34;
    QTest::newRow("made by 3, readable by 2") << 0x32;
    QTest::newRow("legacy") << 0x11;
}

void TestSessionCipher::refusesAnotherVersion()
{
    QFETCH(int, versionByte);
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    auto first = *alice.send(bob, "x");
    auto inner = innerOf(first);
    inner[0] = static_cast<char>(versionByte);
    if (versionByte >> 4 != 3) {
        QVERIFY(!bob.receive(alice, withInner(first, inner)));
        QVERIFY(bob.lastFailure->failure == DecryptFailure::unsupported
                || bob.lastFailure->failure == DecryptFailure::badMessage);
    }
    first.bytes[0] = static_cast<char>(versionByte);
    QVERIFY(!bob.receive(alice, first));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::unsupported);
    QCOMPARE(bob.sessions->peek(first).error().code, ErrorCode::unsupported);
}

void TestSessionCipher::passesTheTakersErrorOn()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    const auto first = alice.send(bob, "x");
    const auto before = bob.stores.snapshot();
    const Error full { ErrorCode::full, "the taker's" };
    const auto refused =
        bob.sessions->decrypt(alice.device, *first, alice.identityKey(), [&](ByteView) { return Result<void>(full); });
    QCOMPARE(refused.error().failure, DecryptFailure::aborted);
    QCOMPARE(refused.error().code, full.code);
    QCOMPARE(refused.error().detail, full.detail);
    QVERIFY(!bob.stores.content.sessions.contains(alice.device)); // the taker runs before the state is stored
    QVERIFY(bob.stores.content.preKeys == before.preKeys);
    bob.stores.restore(before);
    QCOMPARE(bob.receive(alice, *first), QByteArray("x"));
}

void TestSessionCipher::archiveKeepsLateMessagesReadable()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(bob.receive(alice, *alice.send(bob, "1")));
    QVERIFY(alice.receive(bob, *bob.send(alice, "2")));
    const auto late = alice.send(bob, "late");
    QVERIFY(bob.sessions->archiveSession(alice.device));
    QVERIFY(!*bob.sessions->hasSession(alice.device));
    QVERIFY(!bob.send(alice, "no"));
    QVERIFY(bob.meet(alice, 5));
    QVERIFY(*bob.sessions->hasSession(alice.device));
    QCOMPARE(alice.receive(bob, *bob.send(alice, "new session")), QByteArray("new session"));
    QCOMPARE(bob.receive(alice, *late), QByteArray("late"));
}

void TestSessionCipher::archiveOfNothingSucceeds()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.sessions->archiveSession(bob.device));
    QVERIFY(alice.stores.content.sessions.empty());
}

void TestSessionCipher::peekReadsWithoutTouchingState()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 7));
    QVERIFY(alice.send(bob, "0"));
    const auto second = alice.send(bob, "1");
    const auto before = bob.stores.snapshot();
    const auto header = bob.sessions->peek(*second);
    QVERIFY(header);
    QCOMPARE(header->counter, 1U);
    QCOMPARE(header->identityKey, alice.identityKey());
    QCOMPARE(header->preKeyId, std::optional(7U));
    QCOMPARE(header->signedPreKeyId, std::optional(1U));
    QCOMPARE(header->registrationId, alice.stores.registrationId());
    QCOMPARE(header->ratchetKey.size(), publicKeySize);
    QVERIFY(bob.stores.snapshot() == before);
    QVERIFY(alice.meet(bob, 0));
    QVERIFY(!bob.sessions->peek(*alice.send(bob, "2"))->preKeyId);
    for (qsizetype length = 0; length < second->bytes.size(); ++length)
        static_cast<void>(bob.sessions->peek({ second->type, second->bytes.first(length) }).ok());
    QCOMPARE(bob.sessions->peek({ CiphertextType::message, QByteArray(200'000, 0x33) }).error().code,
             ErrorCode::invalid);
}

void TestSessionCipher::infoFollowsTheSession()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(!*alice.sessions->sessionInfo(bob.device));
    QVERIFY(alice.meet(bob, 1));
    for (int i = 0; i < 5; ++i)
        QVERIFY(bob.receive(alice, *alice.send(bob, "x")));
    auto info = **alice.sessions->sessionInfo(bob.device);
    QVERIFY(info.unacknowledged);
    QCOMPARE(info.sendingCounter, 5U);
    QCOMPARE(info.remoteIdentityKey, bob.identityKey());
    QCOMPARE(info.remoteRegistrationId, bob.stores.registrationId());
    QCOMPARE((*bob.sessions->sessionInfo(alice.device))->receivingCounter, 5U);
    QVERIFY(alice.receive(bob, *bob.send(alice, "heartbeat")));
    info = **alice.sessions->sessionInfo(bob.device);
    QVERIFY(!info.unacknowledged);
    QCOMPARE(info.sendingCounter, 0U);
    QCOMPARE(info.receivingCounter, 1U);
}

void TestSessionCipher::randomConversationsLoseNothing()
{
    const quint64 seed = 20'261'124;
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    SeededRandom choice(seed);
    for (int round = 0; round < 10; ++round) {
        TestParty alice('a', random_);
        TestParty bob('b', random_);
        QVERIFY(alice.meet(bob, choice.below(2) ? 1 : 0));
        struct Flying {
            bool fromAlice;
            Ciphertext ciphertext;
            QByteArray text;
        };
        std::vector<Flying> flying;
        int number = 0;
        bool bobCanSend = false;
        for (int step = 0; step < 200 || !flying.empty(); ++step) {
            if (step < 200 && choice.below(2) == 0) {
                const bool fromAlice = !bobCanSend || choice.below(2) == 0;
                auto &from = fromAlice ? alice : bob;
                auto &to = fromAlice ? bob : alice;
                const auto text = QByteArray::number(++number);
                const auto sent = from.send(to, text);
                QVERIFY(sent);
                flying.push_back({ fromAlice, *sent, text });
            } else if (!flying.empty()) {
                const auto at = static_cast<std::ptrdiff_t>(choice.below(std::min<std::size_t>(flying.size(), 20)));
                const auto one = flying[static_cast<std::size_t>(at)];
                flying.erase(flying.begin() + at);
                auto &to = one.fromAlice ? bob : alice;
                QCOMPARE(to.receive(one.fromAlice ? alice : bob, one.ciphertext), one.text);
                bobCanSend = bobCanSend || one.fromAlice;
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestSessionCipher)
#include "tst_session_cipher.moc"
