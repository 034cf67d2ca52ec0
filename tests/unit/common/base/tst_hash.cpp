// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/hash.h"
#include "common/base/random.h"
#include "common/base/secret_bytes.h"

#include <QTest>

using namespace kith;

class TestHash : public QObject {
    Q_OBJECT

    static QByteArray hex(const char *text) { return QByteArray::fromHex(text); }

private Q_SLOTS:
    void sha256MatchesFips180()
    {
        QCOMPARE(sha256(viewOf(QByteArray("abc"))).bytes(),
                 hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256({ viewOf(QByteArray("a")), viewOf(QByteArray("bc")) }), sha256(viewOf(QByteArray("abc"))));
    }
    void hmacMatchesRfc4231()
    {
        QCOMPARE(hmacSha256(viewOf(QByteArray("Jefe")), viewOf(QByteArray("what do ya want for nothing?"))).bytes(),
                 hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }
    void hkdfMatchesRfc5869()
    {
        const auto okm = hkdfSha256(viewOf(QByteArray(22, 0x0b)), viewOf(hex("000102030405060708090a0b0c")),
                                    hex("f0f1f2f3f4f5f6f7f8f9").toStdString(), 42);
        QVERIFY(okm);
        QCOMPARE(toByteArray(okm->view()),
                 hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                     "34007208d5b887185865"));
    }
    void ed25519RefusesWhatWasNotSigned()
    {
        // RFC 8032 7.1 test 1 covers the empty message without our context, so it must not verify here.
        const auto key =
            Ed25519PublicKey::from(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        const auto signature = Ed25519Signature::from(
            hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd"
                "25bf5f0595bbe24655141438e7a100b"));
        QVERIFY(!verifyEd25519(*key, "kith.login.v1", {}, *signature));
        QVERIFY(!verifyEd25519(Ed25519PublicKey {}, "kith.login.v1", {}, Ed25519Signature {}));
    }
    void signedBytesSeparateTheContext()
    {
        QVERIFY(signedBytes("ab", viewOf(QByteArray("c"))) != signedBytes("a", viewOf(QByteArray("bc"))));
        QCOMPARE(signedBytes("x", viewOf(QByteArray("y"))), QByteArray("x\0y", 3));
    }
    void secretsMoveAndCompare()
    {
        SystemRandom random;
        auto secret = SecretBytes::random(32, random);
        QVERIFY(secret);
        const auto copy = secret->clone();
        SecretBytes moved = std::move(*secret);
        QVERIFY(moved.equals(copy.view()));
        QVERIFY(!moved.equals(copy.view().first(31)));
        moved.wipe();
        QVERIFY(moved.isEmpty());
    }
    void belowIsFairAndBounded()
    {
        SeededRandom random(7);
        std::array<int, 6> seen {};
        for (int i = 0; i < 6000; ++i)
            ++seen.at(random.below(6));
        for (const int n : seen)
            QVERIFY2(n > 850 && n < 1150, qPrintable(QString::number(n)));
        QCOMPARE(random.below(0), std::uint64_t { 0 });
    }
};

QTEST_APPLESS_MAIN(TestHash)
#include "tst_hash.moc"
