// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C1, C2, TR13, TR22
#include "common/crypto/library_pointer.h"
#include "common/crypto/provider.h"
#include "tests/support/crypto/test_party.h"

#include <QtTest>

using namespace kith;
using namespace kith::crypto;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

QByteArray bytesOf(const Buffer &buffer)
{
    return { reinterpret_cast<const char *>(signal_buffer_const_data(buffer.get())),
             static_cast<qsizetype>(signal_buffer_len(buffer.get())) };
}

class FailingRandom final : public Random {
public:
    Result<void> fill(std::span<std::uint8_t> out) override
    {
        if (left_ >= 0 && left_-- == 0)
            return Error { ErrorCode::busy, "the test's failing generator" };
        ++draws;
        return system_.fill(out);
    }
    void failAfter(int further) { left_ = further; }
    int draws = 0;

private:
    int left_ = -1;
    SystemRandom system_;
};

} // namespace

class TestProvider : public QObject {
    Q_OBJECT

    SystemRandom random_;
    std::unique_ptr<Provider> provider_;
    signal_crypto_provider table_ {};

    QByteArray hmac(const QByteArray &key, const QByteArray &message);
    QByteArray sha512(const QByteArray &message);
    int crypt(bool encrypting, int mode, const QByteArray &key, const QByteArray &iv, const QByteArray &in,
              QByteArray *out);

private Q_SLOTS:
    void initTestCase();
    void hmacIsThatOfRfc4231_data();
    void hmacIsThatOfRfc4231();
    void sha512IsThatOfFips180_data();
    void sha512IsThatOfFips180();
    void tr22_digestIsReusableAfterFinal();
    void aesIsThatOfSp80038a_data();
    void aesIsThatOfSp80038a();
    void roundTripsAnyLength_data();
    void roundTripsAnyLength();
    void everyBadPaddingIsRefused();
    void refusesBadKeysAndVectors();
    void tr13_refusesNullArguments();
    void randomFailuresReachTheLibrary();
    void failingGeneratorChangesNoStore();
    void failingGeneratorMakesNoKey();
};

void TestProvider::initTestCase()
{
    auto provider = Provider::create(random_);
    QVERIFY(provider);
    provider_ = std::move(provider).value();
    table_ = provider_->table();
}

QByteArray TestProvider::hmac(const QByteArray &key, const QByteArray &message)
{
    void *context = nullptr;
    Buffer out;
    if (table_.hmac_sha256_init_func(&context, viewOf(key).data(), viewOf(key).size(), table_.user_data) < 0)
        return {};
    for (const char &octet : message) // one by one, so that the running state is tested too
        if (table_.hmac_sha256_update_func(context, reinterpret_cast<const std::uint8_t *>(&octet), 1, table_.user_data)
            < 0)
            return {};
    const int code = table_.hmac_sha256_final_func(context, Out(out), table_.user_data);
    table_.hmac_sha256_cleanup_func(context, table_.user_data);
    return code < 0 ? QByteArray() : bytesOf(out);
}

QByteArray TestProvider::sha512(const QByteArray &message)
{
    void *context = nullptr;
    Buffer out;
    if (table_.sha512_digest_init_func(&context, table_.user_data) < 0)
        return {};
    table_.sha512_digest_update_func(context, viewOf(message).data(), viewOf(message).size(), table_.user_data);
    const int code = table_.sha512_digest_final_func(context, Out(out), table_.user_data);
    table_.sha512_digest_cleanup_func(context, table_.user_data);
    return code < 0 ? QByteArray() : bytesOf(out);
}

int TestProvider::crypt(bool encrypting, int mode, const QByteArray &key, const QByteArray &iv, const QByteArray &in,
                        QByteArray *out)
{
    Buffer result;
    const auto function = encrypting ? table_.encrypt_func : table_.decrypt_func;
    const int code = function(Out(result), mode, viewOf(key).data(), viewOf(key).size(), viewOf(iv).data(),
                              viewOf(iv).size(), viewOf(in).data(), viewOf(in).size(), table_.user_data);
    if (result)
        *out = bytesOf(result);
    return code;
}

void TestProvider::hmacIsThatOfRfc4231_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("tag");
    QTest::newRow("1") << QByteArray(20, 0x0b) << QByteArray("Hi There")
                       << hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    QTest::newRow("2") << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
                       << hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    QTest::newRow("3") << QByteArray(20, '\xaa') << QByteArray(50, '\xdd')
                       << hex("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    QTest::newRow("6: long key") << QByteArray(131, '\xaa')
                                 << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
                                 << hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    QTest::newRow("empty key") << QByteArray() << QByteArray()
                               << hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

void TestProvider::hmacIsThatOfRfc4231()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, tag);
    QCOMPARE(hmac(key, message), tag);
}

void TestProvider::sha512IsThatOfFips180_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("abc") << QByteArray("abc")
                         << hex("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    QTest::newRow("empty") << QByteArray()
                           << hex("cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                                  "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
}

void TestProvider::sha512IsThatOfFips180()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, digest);
    QCOMPARE(sha512(message), digest);
}

void TestProvider::tr22_digestIsReusableAfterFinal()
{
    void *context = nullptr;
    QCOMPARE(table_.sha512_digest_init_func(&context, table_.user_data), 0);
    for (int round = 0; round < 3; ++round) {
        Buffer out;
        QCOMPARE(table_.sha512_digest_update_func(context, viewOf(QByteArray("abc")).data(), 3, table_.user_data), 0);
        const int code = table_.sha512_digest_final_func(context, Out(out), table_.user_data);
        QCOMPARE(code, 0);
        QCOMPARE(bytesOf(out), sha512("abc"));
    }
    table_.sha512_digest_cleanup_func(context, table_.user_data);
}

void TestProvider::aesIsThatOfSp80038a_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("iv");
    QTest::addColumn<QByteArray>("firstBlocks");
    const QByteArray iv = hex("000102030405060708090a0b0c0d0e0f");
    const QByteArray counter = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    const QByteArray key128 = hex("2b7e151628aed2a6abf7158809cf4f3c");
    const QByteArray key192 = hex("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b");
    const QByteArray key256 = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    const int cbc = SG_CIPHER_AES_CBC_PKCS5;
    const int ctr = SG_CIPHER_AES_CTR_NOPADDING;
    QTest::newRow("F.2.1 CBC 128") << cbc << key128 << iv
                                   << hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");
    QTest::newRow("F.2.3 CBC 192") << cbc << key192 << iv
                                   << hex("4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a");
    QTest::newRow("F.2.5 CBC 256") << cbc << key256 << iv
                                   << hex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d");
    QTest::newRow("F.5.1 CTR 128") << ctr << key128 << counter
                                   << hex("874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff");
    QTest::newRow("F.5.3 CTR 192") << ctr << key192 << counter
                                   << hex("1abc932417521ca24f2b0459fe7e6e0b090339ec0aa6faefd5ccc2c6f4ce8e94");
    QTest::newRow("F.5.5 CTR 256") << ctr << key256 << counter
                                   << hex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5");
}

void TestProvider::aesIsThatOfSp80038a()
{
    QFETCH(int, mode);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, iv);
    QFETCH(QByteArray, firstBlocks);
    const QByteArray plain = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    QByteArray sealed;
    QCOMPARE(crypt(true, mode, key, iv, plain, &sealed), 0);
    QCOMPARE(sealed.first(32), firstBlocks);
    QCOMPARE(sealed.size(), mode == SG_CIPHER_AES_CBC_PKCS5 ? 48 : 32);
    QByteArray opened;
    QCOMPARE(crypt(false, mode, key, iv, sealed, &opened), 0);
    QCOMPARE(opened, plain);
}

void TestProvider::roundTripsAnyLength_data()
{
    QTest::addColumn<int>("length");
    for (const int length : { 0, 1, 15, 16, 17, 31, 32, 1024 * 1024 })
        QTest::addRow("%d", length) << length;
}

void TestProvider::roundTripsAnyLength()
{
    QFETCH(int, length);
    const QByteArray plain(length, 'p');
    for (const int mode : { SG_CIPHER_AES_CBC_PKCS5, SG_CIPHER_AES_CTR_NOPADDING }) {
        QByteArray sealed;
        QByteArray opened("untouched");
        QCOMPARE(crypt(true, mode, QByteArray(32, 'k'), QByteArray(16, 'i'), plain, &sealed), 0);
        QCOMPARE(crypt(false, mode, QByteArray(32, 'k'), QByteArray(16, 'i'), sealed, &opened), 0);
        QCOMPARE(opened, plain);
    }
}

void TestProvider::everyBadPaddingIsRefused()
{
    const QByteArray key(32, 'k');
    QByteArray iv(16, 'i');
    QByteArray sealed;
    QCOMPARE(crypt(true, SG_CIPHER_AES_CBC_PKCS5, key, iv, {}, &sealed), 0);
    QCOMPARE(sealed.size(), 16); // one block of sixteen 0x10; a bit of the vector is a bit of the padding
    for (int bit = 0; bit < 128; ++bit) {
        QByteArray altered = iv;
        altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
        QByteArray out("untouched");
        const int code = crypt(false, SG_CIPHER_AES_CBC_PKCS5, key, altered, sealed, &out);
        // 0x11 and the like are no padding; 0x10 ^ 0x11 = 0x01 would be, but differs in two bits.
        QVERIFY(code < 0);
        QCOMPARE(out, QByteArray("untouched"));
    }
    for (const int length : { 0, 1, 15 }) {
        QByteArray out("untouched");
        QVERIFY(crypt(false, SG_CIPHER_AES_CBC_PKCS5, key, iv, sealed.first(length), &out) < 0);
        QCOMPARE(out, QByteArray("untouched"));
    }
}

void TestProvider::refusesBadKeysAndVectors()
{
    const QByteArray iv(16, 'i');
    QByteArray out("untouched");
    for (const int mode : { SG_CIPHER_AES_CBC_PKCS5, SG_CIPHER_AES_CTR_NOPADDING }) {
        for (const int length : { 0, 1, 15, 17, 23, 25, 31, 33, 64 })
            QCOMPARE(crypt(true, mode, QByteArray(length, 'k'), iv, "x", &out), SG_ERR_INVAL);
        for (const int length : { 0, 12, 15, 17, 32 })
            QCOMPARE(crypt(true, mode, QByteArray(32, 'k'), QByteArray(length, 'i'), "x", &out), SG_ERR_INVAL);
    }
    QCOMPARE(crypt(true, 0, QByteArray(32, 'k'), iv, "x", &out), SG_ERR_INVAL);
    QCOMPARE(crypt(true, 3, QByteArray(32, 'k'), iv, "x", &out), SG_ERR_INVAL);
    QCOMPARE(out, QByteArray("untouched"));
}

void TestProvider::tr13_refusesNullArguments()
{
    std::array<std::uint8_t, 32> bytes {};
    signal_buffer *out = nullptr;
    auto *self = table_.user_data;
    QVERIFY(table_.random_func(nullptr, 1, self) < 0);
    QVERIFY(table_.hmac_sha256_init_func(nullptr, bytes.data(), 32, self) < 0);
    QVERIFY(table_.hmac_sha256_update_func(nullptr, bytes.data(), 32, self) < 0);
    QVERIFY(table_.hmac_sha256_final_func(nullptr, &out, self) < 0);
    QVERIFY(table_.sha512_digest_init_func(nullptr, self) < 0);
    QVERIFY(table_.sha512_digest_update_func(nullptr, bytes.data(), 1, self) < 0);
    QVERIFY(table_.sha512_digest_final_func(nullptr, &out, self) < 0);
    const int cbc = SG_CIPHER_AES_CBC_PKCS5;
    QVERIFY(table_.encrypt_func(&out, cbc, nullptr, 32, bytes.data(), 16, bytes.data(), 1, self) < 0);
    QVERIFY(table_.encrypt_func(&out, cbc, bytes.data(), 32, nullptr, 16, bytes.data(), 1, self) < 0);
    QVERIFY(table_.encrypt_func(&out, cbc, bytes.data(), 32, bytes.data(), 16, nullptr, 1, self) < 0);
    QVERIFY(table_.encrypt_func(nullptr, cbc, bytes.data(), 32, bytes.data(), 16, bytes.data(), 1, self) < 0);
    table_.hmac_sha256_cleanup_func(nullptr, self);
    table_.sha512_digest_cleanup_func(nullptr, self);
    QVERIFY(!out);
}

void TestProvider::randomFailuresReachTheLibrary()
{
    FailingRandom failing;
    const auto provider = Provider::create(failing);
    const auto table = (*provider)->table();
    std::array<std::uint8_t, 32> bytes {};
    QCOMPARE(table.random_func(bytes.data(), bytes.size(), table.user_data), 0);
    QVERIFY(bytes != (std::array<std::uint8_t, 32> {}));
    failing.failAfter(0);
    QVERIFY(table.random_func(bytes.data(), bytes.size(), table.user_data) < 0);
    QCOMPARE((*provider)->takeRandomError()->code, ErrorCode::busy);
    QVERIFY(!(*provider)->takeRandomError());
}

void TestProvider::failingGeneratorChangesNoStore()
{
    FailingRandom failing;
    TestParty alice('a', failing);
    TestParty bob('b', random_);
    const auto fresh = alice.stores.snapshot();
    failing.draws = 0;
    QVERIFY(alice.meet(bob, 1));
    const int draws = failing.draws;
    QVERIFY(draws > 0);
    for (int n = 0; n < draws; ++n) {
        alice.stores.restore(fresh);
        failing.failAfter(n);
        QCOMPARE(alice.sessions->establish(bob.bundle(1), bob.identityKey()).error().code, ErrorCode::busy);
        QVERIFY(alice.stores.snapshot() == fresh);
    }
    failing.failAfter(-1);
    QVERIFY(alice.meet(bob, 1));
    QVERIFY(bob.receive(alice, *alice.send(bob, "x")));
    const auto reply = *bob.send(alice, "a new ratchet key");
    const auto before = alice.stores.snapshot();
    failing.failAfter(0);
    QVERIFY(!alice.receive(bob, reply));
    QCOMPARE(alice.lastFailure->failure, DecryptFailure::internal);
    QCOMPARE(alice.lastFailure->code, ErrorCode::busy);
    QVERIFY(alice.stores.snapshot() == before);
    QCOMPARE(alice.receive(bob, reply), QByteArray("a new ratchet key"));
}

void TestProvider::failingGeneratorMakesNoKey()
{
    FailingRandom failing;
    const auto identity = generateIdentityKeyPair(failing);
    failing.failAfter(0);
    QCOMPARE(generateIdentityKeyPair(failing).error().code, ErrorCode::busy);
    failing.failAfter(0);
    QCOMPARE(generateRegistrationId(failing).error().code, ErrorCode::busy);
    failing.failAfter(2);
    QCOMPARE(generateOneTimePreKeys(1, 5, failing).error().code, ErrorCode::busy);
    for (int n = 0; n < 2; ++n) { // the key, then the nonce of its signature
        failing.failAfter(n);
        QCOMPARE(generateSignedPreKey(*identity, 1, 0, failing).error().code, ErrorCode::busy);
    }
    failing.failAfter(0);
    QCOMPARE(signWithIdentity(*identity, "c", {}, failing).error().code, ErrorCode::busy);
}

QTEST_APPLESS_MAIN(TestProvider)
#include "tst_crypto_provider.moc"
