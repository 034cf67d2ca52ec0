// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/signing_key.h"

#include "common/base/hash.h"
#include "common/crypto/evp_pointer.h"

namespace kith::crypto {

SigningKey::SigningKey(SecretBytes seed, const Ed25519PublicKey &publicKey)
    : seed_(std::move(seed))
    , publicKey_(publicKey)
{
}

Result<SigningKey> SigningKey::generate(Random &random)
{
    KITH_TRY(const auto seed, SecretBytes::random(32, random));
    return fromSeed(seed.view());
}

Result<SigningKey> SigningKey::fromSeed(ByteView seed)
{
    if (seed.size() != 32)
        return Error { ErrorCode::invalid, "a signing key's seed of the wrong length" };
    const EvpKey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    Ed25519PublicKey publicKey;
    std::size_t size = publicKey.octets.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), publicKey.octets.data(), &size) != 1)
        return Error { ErrorCode::internal, "Ed25519 failed" };
    return SigningKey(SecretBytes(seed), publicKey);
}

Result<Ed25519Signature> SigningKey::sign(std::string_view context, ByteView message) const
{
    const auto seed = seed_.view();
    const EvpKey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    const EvpDigestContext digest(EVP_MD_CTX_new());
    const QByteArray covered = signedBytes(context, message);
    const auto bytes = viewOf(covered);
    Ed25519Signature signature;
    std::size_t size = signature.octets.size();
    if (!key || !digest || EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(digest.get(), signature.octets.data(), &size, bytes.data(), bytes.size()) != 1
        || size != signature.octets.size())
        return Error { ErrorCode::internal, "Ed25519 failed" };
    return signature;
}

} // namespace kith::crypto
