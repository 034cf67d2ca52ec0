// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security TR4, TR10, TR11, TR17, TR19, C19, C24
#include "common/crypto/sender_keys.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

using namespace kith;
using namespace kith::crypto;

namespace {

GroupId groupNamed(std::uint8_t letter)
{
    GroupId group;
    group.octets.fill(letter);
    return group;
}

} // namespace

class TestTrapsGroup : public QObject {
    Q_OBJECT

    SystemRandom random_;
    const GroupId group_ = groupNamed('g');

    static Result<QByteArray, DecryptError> open(SenderKeys &keys, const GroupId &group, const DeviceId &sender,
                                                 const QByteArray &ciphertext);

private Q_SLOTS:
    void oneKeyOpensForAll();
    void newcomerReadsFromTheGivenPositionOn();
    void tr4_jumpBeyondTheLibrarysLimitIsRefused();
    void tr10_rotationMakesANewKey();
    void tr11_oldDistributionMessageRewindsNothing();
    void tr17_damagedRecordsNeverCrashAndHeal();
    void tr19_relabelledMessageDoesNotOpen();
    void refusesForgeries();
    void failingStoreComesBack();
};

Result<QByteArray, DecryptError> TestTrapsGroup::open(SenderKeys &keys, const GroupId &group, const DeviceId &sender,
                                                      const QByteArray &ciphertext)
{
    QByteArray text;
    const auto opened = keys.decrypt(group, sender, ciphertext, [&](ByteView plaintext) {
        text = toByteArray(plaintext);
        return Result<void>();
    });
    if (!opened)
        return opened.error();
    return text;
}

void TestTrapsGroup::oneKeyOpensForAll()
{
    TestParty alice('a', random_);
    SenderKeys ours(*alice.sessions);
    QCOMPARE(ours.encrypt(group_, alice.device, {}).error().code, ErrorCode::notFound);
    QCOMPARE(ours.distribution(group_, alice.device).error().code, ErrorCode::notFound);
    const auto distribution = ours.rotate(group_, alice.device);
    QVERIFY(distribution);
    const auto sent = ours.encrypt(group_, alice.device, viewOf(QByteArray("to all")));
    QVERIFY(sent);
    QCOMPARE(ours.peekMessage(*sent)->keyId, ours.peekDistribution(*distribution)->keyId);
    for (const std::uint8_t letter : { 'b', 'c', 'd' }) {
        TestParty member(letter, random_);
        SenderKeys theirs(*member.sessions);
        QCOMPARE(open(theirs, group_, alice.device, *sent).error().failure, DecryptFailure::noSession);
        QVERIFY(*theirs.accept(group_, alice.device, *distribution));
        QVERIFY(*theirs.holds(group_, alice.device, ours.peekMessage(*sent)->keyId));
        QCOMPARE(*open(theirs, group_, alice.device, *sent), QByteArray("to all"));
        QCOMPARE(open(theirs, group_, alice.device, *sent).error().failure, DecryptFailure::duplicate);
        QVERIFY(!theirs.encrypt(group_, alice.device, {})); // a received key cannot write
        QVERIFY(theirs.remove(group_, alice.device));
        QVERIFY(!*theirs.holds(group_, alice.device, ours.peekMessage(*sent)->keyId));
    }
}

void TestTrapsGroup::newcomerReadsFromTheGivenPositionOn()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    SenderKeys ours(*alice.sessions);
    SenderKeys theirs(*bob.sessions);
    const auto first = ours.rotate(group_, alice.device);
    const auto before = ours.encrypt(group_, alice.device, viewOf(QByteArray("before")));
    const auto now = ours.distribution(group_, alice.device);
    QVERIFY(now && *now != *first);
    QCOMPARE(ours.peekDistribution(*now)->keyId, ours.peekDistribution(*first)->keyId);
    QCOMPARE(ours.peekDistribution(*now)->iteration, 1U);
    QVERIFY(*theirs.accept(group_, alice.device, *now));
    QVERIFY(!open(theirs, group_, alice.device, *before));
    const auto after = ours.encrypt(group_, alice.device, viewOf(QByteArray("after")));
    QCOMPARE(*open(theirs, group_, alice.device, *after), QByteArray("after"));
}

void TestTrapsGroup::tr4_jumpBeyondTheLibrarysLimitIsRefused()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    SenderKeys ours(*alice.sessions);
    SenderKeys theirs(*bob.sessions);
    QVERIFY(*theirs.accept(group_, alice.device, *ours.rotate(group_, alice.device)));
    QByteArray last;
    for (int i = 0; i <= 2001; ++i)
        last = *ours.encrypt(group_, alice.device, viewOf(QByteArray("x")));
    QCOMPARE(open(theirs, group_, alice.device, last).error().failure, DecryptFailure::badMessage);
    QVERIFY(*theirs.accept(group_, alice.device, *ours.rotate(group_, alice.device))); // C19 rotates at 1,000
    QVERIFY(open(theirs, group_, alice.device, *ours.encrypt(group_, alice.device, viewOf(QByteArray("y")))));
}

void TestTrapsGroup::tr10_rotationMakesANewKey()
{
    TestParty alice('a', random_);
    SenderKeys ours(*alice.sessions);
    const auto first = ours.peekDistribution(*ours.rotate(group_, alice.device));
    const auto second = ours.peekDistribution(*ours.rotate(group_, alice.device));
    QVERIFY(first->keyId != second->keyId);
    QCOMPARE(second->iteration, 0U);
    QCOMPARE(ours.peekDistribution(*ours.distribution(group_, alice.device))->keyId, second->keyId);
}

void TestTrapsGroup::tr11_oldDistributionMessageRewindsNothing()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    SenderKeys ours(*alice.sessions);
    SenderKeys theirs(*bob.sessions);
    const auto distribution = *ours.rotate(group_, alice.device);
    QVERIFY(*theirs.accept(group_, alice.device, distribution));
    const auto sent = *ours.encrypt(group_, alice.device, viewOf(QByteArray("once")));
    QVERIFY(open(theirs, group_, alice.device, sent));
    const auto before = bob.stores.snapshot();
    const auto again = theirs.accept(group_, alice.device, distribution);
    QVERIFY(again && !*again);
    QVERIFY(bob.stores.snapshot() == before);
    QCOMPARE(open(theirs, group_, alice.device, sent).error().failure, DecryptFailure::duplicate);
}

void TestTrapsGroup::tr17_damagedRecordsNeverCrashAndHeal()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    SenderKeys ours(*alice.sessions);
    SenderKeys theirs(*bob.sessions);
    const auto distribution = *ours.rotate(group_, alice.device);
    QVERIFY(*theirs.accept(group_, alice.device, distribution));
    const auto sent = *ours.encrypt(group_, alice.device, viewOf(QByteArray("x")));
    auto &stored = bob.stores.content.senderKeys[{ group_, alice.device }];
    const QByteArray good = stored;
    for (qsizetype at = 0; at < good.size(); ++at) {
        stored = good;
        stored[at] = static_cast<char>(stored[at] ^ 0x55);
        static_cast<void>(open(theirs, group_, alice.device, sent).ok());
        stored = good.first(at);
        static_cast<void>(open(theirs, group_, alice.device, sent).ok());
    }
    stored = "\x0a\xffgarbage";
    QCOMPARE(open(theirs, group_, alice.device, sent).error().failure, DecryptFailure::noSession);
    QVERIFY(*theirs.accept(group_, alice.device, distribution));
    QVERIFY(open(theirs, group_, alice.device, sent));
}

void TestTrapsGroup::tr19_relabelledMessageDoesNotOpen()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    SenderKeys ours(*alice.sessions);
    SenderKeys theirs(*bob.sessions);
    const GroupId other = groupNamed('h');
    QVERIFY(*theirs.accept(group_, alice.device, *ours.rotate(group_, alice.device)));
    QVERIFY(*theirs.accept(other, alice.device, *ours.rotate(other, alice.device)));
    const auto sent = *ours.encrypt(group_, alice.device, viewOf(QByteArray("to g")));
    QCOMPARE(open(theirs, other, alice.device, sent).error().failure, DecryptFailure::noSession);
    const DeviceId second { alice.device.account, 2 };
    QCOMPARE(open(theirs, group_, second, sent).error().failure, DecryptFailure::noSession);
    QVERIFY(open(theirs, group_, alice.device, sent));
}

void TestTrapsGroup::refusesForgeries()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    SenderKeys ours(*alice.sessions);
    SenderKeys theirs(*bob.sessions);
    const auto distribution = *ours.rotate(group_, alice.device);
    QVERIFY(*theirs.accept(group_, alice.device, distribution));
    const auto sent = *ours.encrypt(group_, alice.device, viewOf(QByteArray("x")));
    const auto before = bob.stores.snapshot();
    for (qsizetype at = 1; at < sent.size(); ++at) {
        QByteArray altered = sent;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        QVERIFY(!open(theirs, group_, alice.device, altered));
        QVERIFY(bob.stores.snapshot() == before);
    }
    for (const char version : { '\x23', '\x43', '\x34', '\x32' }) {
        QByteArray altered = sent;
        altered[0] = version;
        QCOMPARE(open(theirs, group_, alice.device, altered).error().failure, DecryptFailure::unsupported);
        altered = distribution;
        altered[0] = version;
        QCOMPARE(theirs.accept(group_, alice.device, altered).error().code, ErrorCode::unsupported);
    }
    for (qsizetype length = 0; length < distribution.size(); ++length)
        QVERIFY(!theirs.accept(group_, alice.device, distribution.first(length)));
    QVERIFY(open(theirs, group_, alice.device, sent));
}

void TestTrapsGroup::failingStoreComesBack()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    SenderKeys ours(*alice.sessions);
    SenderKeys theirs(*bob.sessions);
    const auto distribution = *ours.rotate(group_, alice.device);
    const auto sent = *ours.encrypt(group_, alice.device, viewOf(QByteArray("x")));
    const auto empty = bob.stores.snapshot();
    bob.stores.resetCalls();
    QVERIFY(*theirs.accept(group_, alice.device, distribution));
    for (int n = 0, calls = bob.stores.calls(); n < calls; ++n) {
        bob.stores.restore(empty);
        bob.stores.failAfter(n);
        QCOMPARE(theirs.accept(group_, alice.device, distribution).error().code, ErrorCode::io);
    }
    bob.stores.restore(empty);
    QVERIFY(*theirs.accept(group_, alice.device, distribution));
    const auto before = bob.stores.snapshot();
    bob.stores.resetCalls();
    QVERIFY(open(theirs, group_, alice.device, sent));
    for (int n = 0, calls = bob.stores.calls(); n < calls; ++n) {
        bob.stores.restore(before);
        bob.stores.failAfter(n);
        QCOMPARE(open(theirs, group_, alice.device, sent).error().failure, DecryptFailure::store);
    }
}

QTEST_APPLESS_MAIN(TestTrapsGroup)
#include "tst_traps_group.moc"
