// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C1 (failing allocator at each call)
#include "common/crypto/library_pointer.h"
#include "common/crypto/provider.h"

#include <QtTest>

#include <openssl/crypto.h>

#include <cstdlib>

using namespace kith;
using namespace kith::crypto;

namespace {

int countdown = -1; ///< OpenSSL's allocations until one fails; negative: none does
int allocations = 0;

void *allocate(std::size_t size, const char *, int)
{
    ++allocations;
    return countdown >= 0 && countdown-- == 0 ? nullptr : std::malloc(size);
}

void *reallocate(void *pointer, std::size_t size, const char *, int)
{
    ++allocations;
    return countdown >= 0 && countdown-- == 0 ? nullptr : std::realloc(pointer, size);
}

void release(void *pointer, const char *, int)
{
    std::free(pointer);
}

} // namespace

class TestAllocationFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFailureIsANegativeCode();
};

void TestAllocationFailures::everyFailureIsANegativeCode()
{
    SystemRandom random;
    const auto provider = Provider::create(random);
    QVERIFY(provider);
    const auto table = (*provider)->table();
    const std::array<std::uint8_t, 32> bytes {};
    // One whole round of every primitive; true when each gave a result.
    const auto round = [&] {
        bool ok = true;
        void *context = nullptr;
        Buffer out;
        int code = table.hmac_sha256_init_func(&context, bytes.data(), 32, table.user_data);
        ok = ok && code == 0;
        if (code == 0) {
            code = table.hmac_sha256_final_func(context, Out(out), table.user_data);
            table.hmac_sha256_cleanup_func(context, table.user_data);
        }
        ok = ok && code == 0;
        context = nullptr;
        code = table.sha512_digest_init_func(&context, table.user_data);
        if (code == 0) {
            code = table.sha512_digest_final_func(context, Out(out), table.user_data);
            table.sha512_digest_cleanup_func(context, table.user_data);
        }
        ok = ok && code == 0;
        for (const auto function : { table.encrypt_func, table.decrypt_func })
            for (const int mode : { SG_CIPHER_AES_CTR_NOPADDING, SG_CIPHER_AES_CBC_PKCS5 }) {
                const bool padded = function == table.decrypt_func && mode == SG_CIPHER_AES_CBC_PKCS5;
                if (padded)
                    continue; // these bytes are no padding
                Buffer result;
                code =
                    function(Out(result), mode, bytes.data(), 32, bytes.data(), 16, bytes.data(), 32, table.user_data);
                ok = ok && code == 0 && result;
            }
        return ok;
    };
    QVERIFY(round());
    allocations = 0;
    QVERIFY(round());
    const int all = allocations;
    QVERIFY(all > 0);
    for (int n = 0; n < all; ++n) {
        countdown = n;
        QVERIFY(!round());
        countdown = -1;
        QVERIFY(round());
    }
}

int main(int argc, char **argv)
{
    if (CRYPTO_set_mem_functions(allocate, reallocate, release) != 1)
        return 1;
    TestAllocationFailures test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_allocation_failures.moc"
