// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/aead.h"

#include "common/crypto/evp_pointer.h"

#include <limits>

namespace kith::crypto {

namespace {

constexpr std::size_t maxSize = static_cast<std::size_t>(std::numeric_limits<int>::max()) - aeadOverhead;

Error failed()
{
    return { ErrorCode::internal, "AES-GCM failed" };
}

bool start(EVP_CIPHER_CTX *context, ByteView key, ByteView nonce, ByteView additional, int encrypting)
{
    int written = 0;
    return context && EVP_CipherInit_ex2(context, EVP_aes_256_gcm(), key.data(), nonce.data(), encrypting, nullptr) == 1
        && (additional.empty()
            || EVP_CipherUpdate(context, nullptr, &written, additional.data(), static_cast<int>(additional.size()))
                == 1);
}

} // namespace

Result<QByteArray> sealAead(ByteView key, ByteView additional, ByteView plaintext, Random &random)
{
    if (key.size() != aeadKeySize)
        return Error { ErrorCode::invalid, "a key of the wrong length" };
    if (plaintext.size() > maxSize)
        return Error { ErrorCode::tooLarge, "a plaintext" };
    QByteArray sealed(static_cast<qsizetype>(plaintext.size() + aeadOverhead), '\0');
    auto *const nonce = reinterpret_cast<std::uint8_t *>(sealed.data());
    auto *const body = nonce + aeadNonceSize;
    auto *const tag = body + plaintext.size();
    KITH_CHECK(random.fill({ nonce, aeadNonceSize }));
    const EvpCipherContext context(EVP_CIPHER_CTX_new());
    int written = 0;
    int rest = 0;
    if (!start(context.get(), key, { nonce, aeadNonceSize }, additional, 1)
        || EVP_CipherUpdate(context.get(), body, &written, plaintext.data(), static_cast<int>(plaintext.size())) != 1
        || EVP_CipherFinal_ex(context.get(), body + written, &rest) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, int { aeadTagSize }, tag) != 1)
        return failed();
    return sealed;
}

Result<SecretBytes> openAead(ByteView key, ByteView additional, ByteView sealed)
{
    if (key.size() != aeadKeySize)
        return Error { ErrorCode::invalid, "a key of the wrong length" };
    if (sealed.size() < aeadOverhead || sealed.size() > maxSize)
        return Error { ErrorCode::invalid, "sealed bytes of the wrong length" };
    const auto body = sealed.subspan(aeadNonceSize, sealed.size() - aeadOverhead);
    const SecretBytes tag(sealed.last(aeadTagSize)); // the control call below wants it mutable
    SecretBytes plaintext(body.size() + 1); // never a null pointer
    const EvpCipherContext context(EVP_CIPHER_CTX_new());
    int written = 0;
    int rest = 0;
    if (!start(context.get(), key, sealed.first(aeadNonceSize), additional, 0)
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, int { aeadTagSize },
                               const_cast<std::uint8_t *>(tag.view().data()))
            != 1
        || EVP_CipherUpdate(context.get(), plaintext.mutableView().data(), &written, body.data(),
                            static_cast<int>(body.size()))
            != 1)
        return failed();
    if (EVP_CipherFinal_ex(context.get(), plaintext.mutableView().data() + written, &rest) != 1)
        return Error { ErrorCode::permission, "another key, or altered bytes" };
    return SecretBytes(plaintext.view().first(body.size()));
}

} // namespace kith::crypto
