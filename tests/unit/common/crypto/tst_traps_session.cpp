// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security TR1, TR2, TR3, TR4, TR5, TR6, TR7, TR8, TR9, TR12, TR13, TR16, TR17, TR18, TR20, TR21, C3, C4, C9,
// C11, C15
#include "common/crypto/library_context.h"
#include "common/crypto/session_cipher.h"
#include "tests/support/crypto/forged_message.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace kith;
using namespace kith::crypto;

namespace {

QByteArray freshPublicKey(Random &random)
{
    return generateIdentityKeyPair(random)->publicKey;
}

class CountingRandom final : public Random {
public:
    Result<void> fill(std::span<std::uint8_t> out) override
    {
        ++draws;
        return system_.fill(out);
    }
    int draws = 0;

private:
    SystemRandom system_;
};

} // namespace

class TestTrapsSession : public QObject {
    Q_OBJECT

    SystemRandom random_;

private Q_SLOTS:
    void tr1_forgedPreKeyMessageLeavesNoTraceAfterRollback();
    void tr1_otherIdentityIsRefusedBeforeTheLibrarySeesIt();
    void tr2_bundleWithoutSignatureIsRefused();
    void tr3_forgedCounterOfUnknownChainIsRefused();
    void tr3_forgedPreKeyMessageIsTriedAgainstNoOldState();
    void tr4_jumpBeyondTheLimitIsRefusedUntilAReply();
    void tr4_knownGapRaisesTheLimit();
    void tr5_skippedKeysAndRecordStayBounded();
    void tr6_archivedStatesStayFew();
    void tr7_changedIdentityStopsSending();
    void tr8_encryptWithoutSessionIsNotFound();
    void tr9_restoredRecordRepeatsTheKeyAndIsAnsweredWithDuplicate();
    void tr12_lockNestsAndCipherCallsDoNot();
    void tr12_eightCallersAreSerialised();
    void tr13_nullArgumentsAreErrors();
    void tr16_lowOrderKeysInMessagesAreRefused();
    void tr17_damagedRecordsNeverCrashAndHeal();
    void tr18_lastKeyIdIsNeverIssued();
    void tr20_addressesOwnTheirNames();
    void tr21_failingRemovalOfAPreKeyRollsBack();
    void everyFailingStoreCallComesBack();
    void oneTimeKeyGoesWithTheGoodMessageOnly();
};

void TestTrapsSession::tr1_forgedPreKeyMessageLeavesNoTraceAfterRollback()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    const auto first = *alice.send(bob, "x");
    const auto before = bob.stores.snapshot();
    const int saved = bob.stores.identitiesSaved();
    QVERIFY(!bob.receive(alice, withBrokenMac(first)));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::badMessage);
    QCOMPARE(bob.stores.identitiesSaved(), saved + 1); // the library's habit: why the caller's rollback is needed
    QVERIFY(bob.stores.snapshot() == before);
    QCOMPARE(bob.receive(alice, first), QByteArray("x"));
}

void TestTrapsSession::tr1_otherIdentityIsRefusedBeforeTheLibrarySeesIt()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    TestParty mallory('m', random_);
    QVERIFY(mallory.meet(bob, 1));
    const auto forged = *mallory.send(bob, "I am Alice");
    bob.stores.resetCalls();
    QVERIFY(!bob.receive(alice, forged));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::untrusted);
    QCOMPARE(bob.stores.calls(), 0);
}

void TestTrapsSession::tr2_bundleWithoutSignatureIsRefused()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    auto bundle = bob.bundle(1);
    bundle.signedPreKeySignature.clear();
    QCOMPARE(alice.sessions->establish(bundle, bob.identityKey()).error().code, ErrorCode::invalid);
    QVERIFY(alice.stores.content
            == MemoryStores::Content({}, {}, alice.stores.content.preKeys, alice.stores.content.signedPreKeys, {}));
}

void TestTrapsSession::tr3_forgedCounterOfUnknownChainIsRefused()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(bob.receive(alice, *alice.send(bob, "x")));
    QVERIFY(alice.receive(bob, *bob.send(alice, "y")));
    const auto key = freshPublicKey(random_);
    QVERIFY(!bob.receive(alice, { CiphertextType::message, forgedMessage(key, maxCounterOfUnknownChain + 1) }));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::tooCostly);
    QVERIFY(!bob.receive(alice, { CiphertextType::message, forgedMessage(key, 1999) }));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::tooCostly);
    QVERIFY(!bob.receive(alice, { CiphertextType::message, forgedMessage(key, maxCounterOfUnknownChain) }));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::badMessage);
    QVERIFY(bob.receive(alice, *alice.send(bob, "honest")));
}

void TestTrapsSession::tr3_forgedPreKeyMessageIsTriedAgainstNoOldState()
{
    CountingRandom counted;
    TestParty alice('a', random_);
    TestParty bob('b', counted);
    for (int i = 0; i < 6; ++i) {
        QVERIFY(alice.meet(bob, 0));
        QVERIFY(bob.receive(alice, *alice.send(bob, "x")));
    }
    QVERIFY(alice.meet(bob, 1));
    const auto genuine = *alice.send(bob, "y");
    const auto counter = withInner(genuine, forgedMessage(freshPublicKey(random_), 257));
    QVERIFY(!bob.receive(alice, counter));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::tooCostly);

    // A state that is tried makes a new ratchet key and derives 256 message keys: the draws count the states.
    const auto forged = withInner(genuine, forgedMessage(freshPublicKey(random_), 256), {}, freshPublicKey(random_));
    QCOMPARE((*bob.sessions->sessionInfo(alice.device))->archivedStates, maxArchivedStates);
    counted.draws = 0;
    QVERIFY(!bob.receive(alice, forged));
    QCOMPARE(counted.draws, 1);
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::badMessage);
    QVERIFY(bob.receive(alice, genuine));
}

void TestTrapsSession::tr4_jumpBeyondTheLimitIsRefusedUntilAReply()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(bob.receive(alice, *alice.send(bob, "0")));
    for (std::uint32_t i = 0; i < maxJump + 1; ++i)
        QVERIFY(alice.send(bob, "lost"));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!bob.receive(alice, *alice.send(bob, "too far")));
        QCOMPARE(bob.lastFailure->failure, DecryptFailure::tooCostly);
    }
    QVERIFY(alice.receive(bob, *bob.send(alice, "heartbeat")));
    QCOMPARE(bob.receive(alice, *alice.send(bob, "healed")), QByteArray("healed"));
}

void TestTrapsSession::tr4_knownGapRaisesTheLimit()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(bob.receive(alice, *alice.send(bob, "0")));
    for (std::uint32_t i = 0; i < maxJump; ++i)
        QVERIFY(alice.send(bob, "lost"));
    const auto onTheLimit = *alice.send(bob, "limit"); // counter = index + maxJump
    QVERIFY(alice.send(bob, "lost"));
    for (std::uint32_t i = 0; i < maxJump + 100; ++i)
        QVERIFY(alice.send(bob, "lost"));
    const auto beyond = *alice.send(bob, "beyond");
    QVERIFY(!bob.receive(alice, beyond));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::tooCostly);
    const auto before = bob.stores.snapshot();
    QCOMPARE(bob.receive(alice, onTheLimit), QByteArray("limit"));
    bob.stores.restore(before);
    QByteArray text;
    const auto opened = bob.sessions->decrypt(
        alice.device, beyond, alice.identityKey(),
        [&](ByteView plaintext) {
            text = toByteArray(plaintext);
            return Result<void>();
        },
        maxJump + 102);
    QVERIFY(opened);
    QCOMPARE(text, QByteArray("beyond"));
}

void TestTrapsSession::tr5_skippedKeysAndRecordStayBounded()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(bob.receive(alice, *alice.send(bob, "0")));
    std::optional<Ciphertext> oldest;
    std::optional<Ciphertext> newest;
    for (int chain = 0; chain < 4; ++chain) {
        for (std::uint32_t i = 0; i < 200; ++i) {
            const auto skipped = alice.send(bob, "skipped");
            oldest = oldest ? oldest : skipped;
            newest = skipped;
        }
        QVERIFY(bob.receive(alice, *alice.send(bob, "arrives")));
        for (std::uint32_t i = 0; i < 300; ++i)
            newest = alice.send(bob, "skipped too");
        QVERIFY(bob.receive(alice, *alice.send(bob, "arrives")));
        QVERIFY(alice.receive(bob, *bob.send(alice, "turn")));
        const auto info = **bob.sessions->sessionInfo(alice.device);
        QVERIFY(info.skippedKeys <= maxSkippedKeys);
        QVERIFY(static_cast<std::size_t>(bob.stores.content.sessions.at(alice.device).size()) <= maxSessionRecordSize);
    }
    QCOMPARE((*bob.sessions->sessionInfo(alice.device))->skippedKeys, maxSkippedKeys);
    QCOMPARE(bob.receive(alice, *newest), QByteArray("skipped too"));
    QVERIFY(!bob.receive(alice, *oldest));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::duplicate); // its key was dropped: the oldest go first
}

void TestTrapsSession::tr6_archivedStatesStayFew()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 0));
    const auto replayed = *alice.send(bob, "without one-time key");
    QVERIFY(bob.receive(alice, replayed));
    for (std::size_t i = 0; i < maxArchivedStates; ++i) {
        QVERIFY(alice.meet(bob, 0));
        QVERIFY(bob.receive(alice, *alice.send(bob, "x")));
    }
    QCOMPARE((*bob.sessions->sessionInfo(alice.device))->archivedStates, maxArchivedStates);
    QVERIFY(!bob.receive(alice, replayed));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::duplicate);
    QVERIFY(alice.meet(bob, 0));
    QVERIFY(bob.receive(alice, *alice.send(bob, "x")));
    QCOMPARE((*bob.sessions->sessionInfo(alice.device))->archivedStates, maxArchivedStates);
    // Its state is gone, so the ratchet cannot know it any more: this is why C16 keeps a table of its own.
    QCOMPARE(bob.receive(alice, replayed), QByteArray("without one-time key"));
}

void TestTrapsSession::tr7_changedIdentityStopsSending()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    const auto before = alice.stores.snapshot();
    const auto held = alice.sessions->encrypt(bob.device, viewOf(QByteArray("x")), freshPublicKey(random_));
    QCOMPARE(held.error().code, ErrorCode::untrusted);
    QVERIFY(alice.stores.snapshot() == before);
    QCOMPARE((*alice.sessions->sessionInfo(bob.device))->remoteIdentityKey, bob.identityKey());
    QVERIFY(alice.send(bob, "x"));
}

void TestTrapsSession::tr8_encryptWithoutSessionIsNotFound()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QCOMPARE(alice.sessions->encrypt(bob.device, {}).error().code, ErrorCode::notFound);
    QVERIFY(!*alice.sessions->hasSession(bob.device));
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(*alice.sessions->hasSession(bob.device));
    QVERIFY(alice.sessions->archiveSession(bob.device));
    QCOMPARE(alice.sessions->encrypt(bob.device, {}).error().code, ErrorCode::notFound);
}

void TestTrapsSession::tr9_restoredRecordRepeatsTheKeyAndIsAnsweredWithDuplicate()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    const auto old = alice.stores.snapshot();
    const auto first = *alice.send(bob, "same text");
    QVERIFY(bob.receive(alice, first));
    alice.stores.restore(old); // a restored backup: what C23 guards against
    QVERIFY(*alice.send(bob, "same text") == first);
    alice.stores.restore(old);
    QVERIFY(!bob.receive(alice, *alice.send(bob, "another text")));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::duplicate); // told apart, so that a loss can be shown
}

void TestTrapsSession::tr12_lockNestsAndCipherCallsDoNot()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1)); // a lock that does not nest hangs here
    const auto first = *alice.send(bob, "x");
    bool sawSession = true;
    std::optional<ErrorCode> nested;
    std::optional<DecryptFailure> nestedDecrypt;
    const auto opened = bob.sessions->decrypt(alice.device, first, alice.identityKey(), [&](ByteView) {
        sawSession = *bob.sessions->hasSession(alice.device);
        nested = bob.sessions->encrypt(alice.device, {}).error().code;
        nestedDecrypt =
            bob.sessions->decrypt(alice.device, first, alice.identityKey(), [](ByteView) { return Result<void>(); })
                .error()
                .failure;
        return Result<void>();
    });
    QVERIFY(opened);
    QVERIFY(!sawSession);
    QCOMPARE(nested, ErrorCode::internal);
    QCOMPARE(nestedDecrypt, DecryptFailure::internal);
    QCOMPARE(alice.receive(bob, *bob.send(alice, "y")), QByteArray("y"));
}

void TestTrapsSession::tr12_eightCallersAreSerialised()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    constexpr int perCaller = 50;
    std::vector<Ciphertext> sent; // nearly in the order of sending: the library looks only so far ahead
    std::mutex mutex;
    std::vector<std::thread> callers;
    for (int caller = 0; caller < 8; ++caller)
        callers.emplace_back([&] {
            for (int i = 0; i < perCaller; ++i) {
                auto one = alice.send(bob, "x");
                const std::scoped_lock lock(mutex);
                if (one)
                    sent.push_back(std::move(*one));
            }
        });
    for (auto &caller : callers)
        caller.join();
    std::size_t opened = 0;
    for (const auto &one : sent)
        opened += bob.receive(alice, one) ? 1 : 0;
    QCOMPARE(opened, std::size_t { 8 * perCaller }); // no two ciphertexts shared a ratchet step
}

void TestTrapsSession::tr13_nullArgumentsAreErrors()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(alice.sessions->encrypt(bob.device, ByteView()));
    const auto first = *alice.send(bob, "x");
    QCOMPARE(bob.sessions->decrypt(alice.device, first, alice.identityKey(), {}).error().failure,
             DecryptFailure::internal);
    QCOMPARE(bob.sessions->decrypt(DeviceId {}, first, alice.identityKey(), [](ByteView) { return Result<void>(); })
                 .error()
                 .failure,
             DecryptFailure::internal);
    QCOMPARE(bob.sessions->peek({}).error().code, ErrorCode::invalid);
    QCOMPARE(alice.sessions->establish({}, {}).error().code, ErrorCode::invalid);
}

void TestTrapsSession::tr16_lowOrderKeysInMessagesAreRefused()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    const auto first = *alice.send(bob, "x");
    const QByteArray zero = QByteArray(1, 0x05) + QByteArray(32, '\0');
    for (const auto &forged :
         { withInner(first, innerOf(first), {}, zero), withInner(first, innerOf(first), zero),
           withInner(first, forgedMessage(zero, 0)), Ciphertext { CiphertextType::message, forgedMessage(zero, 0) } }) {
        bob.stores.resetCalls();
        QVERIFY(!bob.receive(alice, forged));
        QCOMPARE(bob.lastFailure->failure, DecryptFailure::badMessage);
        QCOMPARE(bob.stores.calls(), 0);
    }
}

void TestTrapsSession::tr17_damagedRecordsNeverCrashAndHeal()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(bob.receive(alice, *alice.send(bob, "0")));
    const auto next = *alice.send(bob, "1");
    const auto good = bob.stores.snapshot();
    const QByteArray record = good.sessions.at(alice.device);
    for (qsizetype at = 0; at < record.size(); ++at) {
        QByteArray damaged = record;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        bob.stores.restore(good);
        bob.stores.content.sessions[alice.device] = damaged;
        static_cast<void>(bob.receive(alice, next)); // any answer but a crash
        static_cast<void>(bob.send(alice, "x"));
        bob.stores.content.sessions[alice.device] = record.first(at);
        static_cast<void>(bob.receive(alice, next));
    }
    bob.stores.content.sessions[alice.device] = "\x0a\xffgarbage";
    QVERIFY(!*bob.sessions->hasSession(alice.device));
    QVERIFY(!bob.receive(alice, { CiphertextType::message, innerOf(next) }));
    QCOMPARE(bob.lastFailure->failure, DecryptFailure::noSession);
    QCOMPARE(bob.lastFailure->code, ErrorCode::corrupt);
    QVERIFY(bob.sessions->archiveSession(alice.device));
    QVERIFY(bob.meet(alice, 1));
    QCOMPARE(alice.receive(bob, *bob.send(alice, "healed")), QByteArray("healed"));
}

void TestTrapsSession::tr18_lastKeyIdIsNeverIssued()
{
    QCOMPARE(generateOneTimePreKeys(0xffffff, 1, random_).error().code, ErrorCode::invalid);
    QCOMPARE(generateOneTimePreKeys(0xfffffe, 2, random_).error().code, ErrorCode::invalid);
    QCOMPARE(generateOneTimePreKeys(0, 1, random_).error().code, ErrorCode::invalid);
    const auto last = generateOneTimePreKeys(0xfffffe, 1, random_);
    QVERIFY(last);
    QCOMPARE(last->front().id, 0xfffffeU);
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    auto bundle = bob.bundle(1);
    bundle.oneTimeKey->id = 0xffffff;
    QCOMPARE(alice.sessions->establish(bundle, bob.identityKey()).error().code, ErrorCode::invalid);
}

void TestTrapsSession::tr20_addressesOwnTheirNames()
{
    static_assert(!std::is_copy_constructible_v<LibraryAddress> && !std::is_move_constructible_v<LibraryAddress>);
    const LibraryAddress address(GroupId {}, DeviceId { testAccount('z'), 9 });
    QCOMPARE(address.address.name, address.account.c_str());
    QCOMPARE(address.address.name[address.address.name_len], '\0'); // the library prints it
    QCOMPARE(address.senderKeyName.sender.name, address.account.c_str());
    QCOMPARE(*LibraryAddress::deviceOf(address.address), (DeviceId { testAccount('z'), 9 }));
}

void TestTrapsSession::tr21_failingRemovalOfAPreKeyRollsBack()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 1));
    const auto first = *alice.send(bob, "x");
    const auto before = bob.stores.snapshot();
    bob.stores.resetCalls();
    QVERIFY(bob.receive(alice, first));
    const int calls = bob.stores.calls();
    bob.stores.restore(before);
    bob.stores.failAfter(calls - 1); // the last call is the removal
    bool taken = false;
    const auto refused = bob.sessions->decrypt(alice.device, first, alice.identityKey(), [&](ByteView) {
        taken = true;
        return Result<void>();
    });
    QVERIFY(taken);
    QCOMPARE(refused.error().failure, DecryptFailure::store);
    QCOMPARE(refused.error().code, ErrorCode::io);
    QVERIFY(bob.stores.content.sessions.contains(alice.device)); // why the caller has to roll back
    bob.stores.restore(before);
    QCOMPARE(bob.receive(alice, first), QByteArray("x"));
}

void TestTrapsSession::everyFailingStoreCallComesBack()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    const auto fresh = alice.stores.snapshot();
    alice.stores.resetCalls();
    QVERIFY(alice.meet(bob, 1));
    for (int n = 0, calls = alice.stores.calls(); n < calls; ++n) {
        alice.stores.restore(fresh);
        alice.stores.failAfter(n);
        QCOMPARE(alice.sessions->establish(bob.bundle(1), bob.identityKey()).error().code, ErrorCode::io);
    }
    alice.stores.restore(fresh);
    QVERIFY(alice.meet(bob, 1));
    const auto first = *alice.send(bob, "x");
    const auto before = bob.stores.snapshot();
    bob.stores.resetCalls();
    QVERIFY(bob.receive(alice, first));
    for (int n = 0, calls = bob.stores.calls(); n < calls; ++n) {
        bob.stores.restore(before);
        bob.stores.failAfter(n);
        QVERIFY(!bob.receive(alice, first));
        QCOMPARE(bob.lastFailure->failure, DecryptFailure::store);
        QCOMPARE(bob.lastFailure->code, ErrorCode::io);
        QVERIFY(bob.stores.snapshot() == before);
    }
    QCOMPARE(bob.receive(alice, first), QByteArray("x"));
    const auto session = bob.stores.snapshot();
    for (int n = 0; n < 2; ++n) {
        bob.stores.failAfter(n);
        QCOMPARE(bob.sessions->encrypt(alice.device, {}).error().code, ErrorCode::io);
        QVERIFY(bob.stores.snapshot() == session);
    }
    QVERIFY(alice.receive(bob, *bob.send(alice, "y")));
}

void TestTrapsSession::oneTimeKeyGoesWithTheGoodMessageOnly()
{
    TestParty alice('a', random_);
    TestParty bob('b', random_);
    QVERIFY(alice.meet(bob, 4));
    const auto first = *alice.send(bob, "x");
    QVERIFY(!bob.sessions->decrypt(alice.device, withBrokenMac(first), alice.identityKey(),
                                   [](ByteView) { return Result<void>(); }));
    QVERIFY(bob.stores.content.preKeys.contains(4)); // without any rollback
    QVERIFY(bob.receive(alice, first));
    QVERIFY(!bob.stores.content.preKeys.contains(4));
    QCOMPARE(bob.stores.content.preKeys.size(), std::size_t { 9 });
}

QTEST_APPLESS_MAIN(TestTrapsSession)
#include "tst_traps_session.moc"
