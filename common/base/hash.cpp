// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <memory>

namespace kith {

namespace {

template <auto destroy>
struct Destroyer {
    template <class T>
    void operator()(T *object) const
    {
        destroy(object);
    }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, Destroyer<EVP_MD_CTX_free>>;
using PublicKey = std::unique_ptr<EVP_PKEY, Destroyer<EVP_PKEY_free>>;
using Kdf = std::unique_ptr<EVP_KDF, Destroyer<EVP_KDF_free>>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, Destroyer<EVP_KDF_CTX_free>>;

} // namespace

Sha256 sha256(std::initializer_list<ByteView> parts)
{
    Sha256 out;
    const DigestContext context(EVP_MD_CTX_new());
    bool ok = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    for (const auto part : parts)
        ok = ok && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    ok = ok && EVP_DigestFinal_ex(context.get(), out.octets.data(), nullptr) == 1;
    if (!ok)
        std::abort(); // only memory exhaustion gets here; a hash that is not one must never be used
    return out;
}

Sha256 hmacSha256(ByteView key, ByteView message)
{
    Sha256 out;
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(), out.octets.data(),
              nullptr))
        std::abort(); // as above
    return out;
}

Result<SecretBytes> hkdfSha256(ByteView key, ByteView salt, std::string_view info, std::size_t length)
{
    SecretBytes out(length);
    const Kdf kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    const KdfContext context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    char digest[] = "SHA256";
    static constexpr std::array<std::uint8_t, Sha256::size> noSalt {}; // RFC 5869, 2.2; OpenSSL refuses an empty one
    const auto octets = [](const char *name, ByteView bytes) {
        return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t *>(bytes.data()), bytes.size());
    };
    const std::array<OSSL_PARAM, 5> params {
        OSSL_PARAM_construct_utf8_string("digest", digest, 0),
        octets("key", key),
        octets("salt", salt.empty() ? ByteView(noSalt) : salt),
        octets("info", viewOf(info)),
        OSSL_PARAM_construct_end(),
    };
    if (!context || EVP_KDF_derive(context.get(), out.mutableView().data(), length, params.data()) != 1)
        return Error { ErrorCode::internal, "HKDF failed" };
    return out;
}

QByteArray signedBytes(std::string_view context, ByteView message)
{
    QByteArray bytes(context.data(), static_cast<qsizetype>(context.size()));
    bytes.append('\0');
    bytes.append(reinterpret_cast<const char *>(message.data()), static_cast<qsizetype>(message.size()));
    return bytes;
}

bool verifyEd25519(const Ed25519PublicKey &key, std::string_view context, ByteView message,
                   const Ed25519Signature &signature)
{
    const PublicKey pkey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.octets.data(), key.octets.size()));
    const DigestContext digest(EVP_MD_CTX_new());
    const QByteArray covered = signedBytes(context, message);
    return pkey && digest && EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, pkey.get()) == 1
        && EVP_DigestVerify(digest.get(), signature.octets.data(), signature.octets.size(),
                            reinterpret_cast<const std::uint8_t *>(covered.constData()),
                            static_cast<std::size_t>(covered.size()))
        == 1;
}

} // namespace kith
