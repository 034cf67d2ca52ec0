// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/provider.h"

#include "common/base/secret_bytes.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <limits>

namespace kith::crypto {

namespace {

constexpr std::size_t blockSize = 16;

std::size_t keyIndex(std::size_t keySize)
{
    return keySize / 8 - 2; // 16, 24, 32
}

} // namespace

struct Provider::Crypt {
    signal_buffer **output;
    int mode;
    ByteView key;
    ByteView iv;
    ByteView in;
    bool encrypting;
};

Result<std::unique_ptr<Provider>> Provider::create(Random &random)
{
    std::unique_ptr<Provider> provider(new Provider(random));
    if (!provider->fetch())
        return Error { ErrorCode::internal, "OpenSSL lacks an algorithm" };
    return provider;
}

bool Provider::fetch()
{
    mac_.reset(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    hmac_.reset(mac_ ? EVP_MAC_CTX_new(mac_.get()) : nullptr);
    char digest[] = "SHA256";
    const std::array<OSSL_PARAM, 2> params { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                             OSSL_PARAM_construct_end() };
    if (!hmac_ || EVP_MAC_CTX_set_params(hmac_.get(), params.data()) != 1)
        return false;
    sha512_.reset(EVP_MD_fetch(nullptr, "SHA512", nullptr));
    constexpr std::array<const char *, 3> cbc { "AES-128-CBC", "AES-192-CBC", "AES-256-CBC" };
    constexpr std::array<const char *, 3> ctr { "AES-128-CTR", "AES-192-CTR", "AES-256-CTR" };
    for (std::size_t i = 0; i < cbc.size(); ++i) {
        cbc_[i].reset(EVP_CIPHER_fetch(nullptr, cbc[i], nullptr));
        ctr_[i].reset(EVP_CIPHER_fetch(nullptr, ctr[i], nullptr));
        if (!cbc_[i] || !ctr_[i])
            return false;
    }
    return sha512_ != nullptr;
}

signal_crypto_provider Provider::table()
{
    signal_crypto_provider table {};
    table.random_func = randomBytes;
    table.hmac_sha256_init_func = hmacInit;
    table.hmac_sha256_update_func = hmacUpdate;
    table.hmac_sha256_final_func = hmacFinal;
    table.hmac_sha256_cleanup_func = hmacCleanup;
    table.sha512_digest_init_func = digestInit;
    table.sha512_digest_update_func = digestUpdate;
    table.sha512_digest_final_func = digestFinal;
    table.sha512_digest_cleanup_func = digestCleanup;
    table.encrypt_func = encrypt;
    table.decrypt_func = decrypt;
    table.user_data = this;
    return table;
}

std::optional<Error> Provider::takeRandomError()
{
    return std::exchange(randomError_, std::nullopt);
}

int Provider::randomBytes(std::uint8_t *data, std::size_t size, void *userData)
{
    if (!data || !userData)
        return SG_ERR_INVAL;
    auto filled = self(userData).random_.fill({ data, size });
    if (filled)
        return SG_SUCCESS;
    self(userData).randomError_ = std::move(filled).error();
    return SG_ERR_UNKNOWN;
}

int Provider::hmacInit(void **context, const std::uint8_t *key, std::size_t size, void *userData)
{
    if (!context || (!key && size > 0) || !userData)
        return SG_ERR_INVAL;
    // OpenSSL takes an empty key for "keep the old one"; HMAC pads with zeros, so one zero byte is the empty key.
    static constexpr std::uint8_t emptyKey = 0;
    EvpMacContext copy(EVP_MAC_CTX_dup(self(userData).hmac_.get()));
    if (!copy || EVP_MAC_init(copy.get(), size ? key : &emptyKey, size ? size : 1, nullptr) != 1)
        return SG_ERR_NOMEM;
    *context = copy.release();
    return SG_SUCCESS;
}

int Provider::hmacUpdate(void *context, const std::uint8_t *data, std::size_t size, void *)
{
    if (!context || (!data && size > 0))
        return SG_ERR_INVAL;
    return EVP_MAC_update(static_cast<EVP_MAC_CTX *>(context), data, size) == 1 ? SG_SUCCESS : SG_ERR_UNKNOWN;
}

int Provider::hmacFinal(void *context, signal_buffer **output, void *)
{
    if (!context || !output)
        return SG_ERR_INVAL;
    std::array<std::uint8_t, 32> tag {};
    std::size_t size = 0;
    if (EVP_MAC_final(static_cast<EVP_MAC_CTX *>(context), tag.data(), &size, tag.size()) != 1 || size != tag.size())
        return SG_ERR_UNKNOWN;
    *output = signal_buffer_create(tag.data(), tag.size());
    wipe(tag);
    return *output ? SG_SUCCESS : SG_ERR_NOMEM;
}

void Provider::hmacCleanup(void *context, void *)
{
    EVP_MAC_CTX_free(static_cast<EVP_MAC_CTX *>(context));
}

int Provider::digestInit(void **context, void *userData)
{
    if (!context || !userData)
        return SG_ERR_INVAL;
    EvpDigestContext digest(EVP_MD_CTX_new());
    if (!digest || EVP_DigestInit_ex2(digest.get(), self(userData).sha512_.get(), nullptr) != 1)
        return SG_ERR_NOMEM;
    *context = digest.release();
    return SG_SUCCESS;
}

int Provider::digestUpdate(void *context, const std::uint8_t *data, std::size_t size, void *)
{
    if (!context || (!data && size > 0))
        return SG_ERR_INVAL;
    return EVP_DigestUpdate(static_cast<EVP_MD_CTX *>(context), data, size) == 1 ? SG_SUCCESS : SG_ERR_UNKNOWN;
}

int Provider::digestFinal(void *context, signal_buffer **output, void *userData)
{
    if (!context || !output || !userData)
        return SG_ERR_INVAL;
    auto *digest = static_cast<EVP_MD_CTX *>(context);
    std::array<std::uint8_t, 64> value {};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(digest, value.data(), &size) != 1 || size != value.size()
        || EVP_DigestInit_ex2(digest, self(userData).sha512_.get(), nullptr) != 1) // reusable after final (TR22)
        return SG_ERR_UNKNOWN;
    *output = signal_buffer_create(value.data(), value.size());
    wipe(value);
    return *output ? SG_SUCCESS : SG_ERR_NOMEM;
}

void Provider::digestCleanup(void *context, void *)
{
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX *>(context));
}

const EVP_CIPHER *Provider::cipher(int mode, std::size_t keySize) const
{
    if (keySize != 16 && keySize != 24 && keySize != 32)
        return nullptr;
    if (mode == SG_CIPHER_AES_CBC_PKCS5)
        return cbc_[keyIndex(keySize)].get();
    return mode == SG_CIPHER_AES_CTR_NOPADDING ? ctr_[keyIndex(keySize)].get() : nullptr;
}

int Provider::crypt(const Crypt &job) const
{
    const EVP_CIPHER *algorithm = cipher(job.mode, job.key.size());
    if (!job.output || !algorithm || job.iv.size() != blockSize
        || job.in.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) - blockSize)
        return SG_ERR_INVAL;
    const EvpCipherContext context(EVP_CIPHER_CTX_new());
    if (!context
        || EVP_CipherInit_ex2(context.get(), algorithm, job.key.data(), job.iv.data(), job.encrypting ? 1 : 0, nullptr)
            != 1)
        return SG_ERR_NOMEM;
    SecretBytes out(job.in.size() + blockSize); // wiped on every path, so no partial plaintext survives
    int written = 0;
    int rest = 0;
    if (EVP_CipherUpdate(context.get(), out.mutableView().data(), &written, job.in.data(),
                         static_cast<int>(job.in.size()))
            != 1
        || EVP_CipherFinal_ex(context.get(), out.mutableView().data() + written, &rest) != 1)
        return SG_ERR_INVALID_MESSAGE;
    *job.output = signal_buffer_create(out.view().data(), static_cast<std::size_t>(written + rest));
    return *job.output ? SG_SUCCESS : SG_ERR_NOMEM;
}

int Provider::encrypt(signal_buffer **output, int mode, const std::uint8_t *key, std::size_t keySize,
                      const std::uint8_t *iv, std::size_t ivSize, const std::uint8_t *in, std::size_t inSize,
                      void *userData)
{
    if (!key || !iv || (!in && inSize > 0) || !userData)
        return SG_ERR_INVAL;
    return self(userData).crypt({ output, mode, { key, keySize }, { iv, ivSize }, { in, inSize }, true });
}

int Provider::decrypt(signal_buffer **output, int mode, const std::uint8_t *key, std::size_t keySize,
                      const std::uint8_t *iv, std::size_t ivSize, const std::uint8_t *in, std::size_t inSize,
                      void *userData)
{
    if (!key || !iv || (!in && inSize > 0) || !userData)
        return SG_ERR_INVAL;
    return self(userData).crypt({ output, mode, { key, keySize }, { iv, ivSize }, { in, inSize }, false });
}

} // namespace kith::crypto
