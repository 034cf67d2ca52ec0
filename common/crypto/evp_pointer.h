// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <openssl/evp.h>

#include <memory>

namespace kith::crypto {

template <auto destroy>
struct EvpDestroyer {
    template <class T>
    void operator()(T *object) const
    {
        destroy(object);
    }
};

using EvpKey = std::unique_ptr<EVP_PKEY, EvpDestroyer<EVP_PKEY_free>>;
using EvpMac = std::unique_ptr<EVP_MAC, EvpDestroyer<EVP_MAC_free>>;
using EvpMacContext = std::unique_ptr<EVP_MAC_CTX, EvpDestroyer<EVP_MAC_CTX_free>>;
using EvpDigest = std::unique_ptr<EVP_MD, EvpDestroyer<EVP_MD_free>>;
using EvpDigestContext = std::unique_ptr<EVP_MD_CTX, EvpDestroyer<EVP_MD_CTX_free>>;
using EvpCipher = std::unique_ptr<EVP_CIPHER, EvpDestroyer<EVP_CIPHER_free>>;
using EvpCipherContext = std::unique_ptr<EVP_CIPHER_CTX, EvpDestroyer<EVP_CIPHER_CTX_free>>;

} // namespace kith::crypto
