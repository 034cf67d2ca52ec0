// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gateway/signing_pair.h"

#include <openssl/evp.h>

namespace kith::support {

namespace {

EVP_PKEY *keyOf(const std::shared_ptr<void> &key)
{
    return static_cast<EVP_PKEY *>(key.get());
}

} // namespace

SigningPair::SigningPair()
    : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"),
           [](void *key) { EVP_PKEY_free(static_cast<EVP_PKEY *>(key)); })
{
}

Ed25519PublicKey SigningPair::publicKey() const
{
    Ed25519PublicKey out;
    std::size_t size = out.octets.size();
    EVP_PKEY_get_raw_public_key(keyOf(key_), out.octets.data(), &size);
    return out;
}

Ed25519Signature SigningPair::sign(std::string_view context, ByteView message) const
{
    const auto bytes = signedBytes(context, message);
    Ed25519Signature out;
    std::size_t size = out.octets.size();
    auto *digest = EVP_MD_CTX_new();
    EVP_DigestSignInit(digest, nullptr, nullptr, nullptr, keyOf(key_));
    EVP_DigestSign(digest, out.octets.data(), &size, viewOf(bytes).data(), viewOf(bytes).size());
    EVP_MD_CTX_free(digest);
    return out;
}

} // namespace kith::support
