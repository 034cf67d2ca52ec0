// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/result.h"
#include "common/crypto/evp_pointer.h"

#include <signal/signal_protocol.h>

#include <array>
#include <memory>
#include <optional>

namespace kith::crypto {

/// The primitives of libsignal-protocol-c on OpenSSL 3 EVP (C1) and on Random (C2). Algorithms are fetched once.
/// Owner: one LibraryContext, which outlives no call into the library.
class Provider {
public:
    /// Errors: internal when OpenSSL lacks an algorithm. `random` outlives the result.
    static Result<std::unique_ptr<Provider>> create(Random &random);
    Provider(const Provider &) = delete;
    Provider &operator=(const Provider &) = delete;

    /// The table for signal_context_set_crypto_provider; it points back to this.
    signal_crypto_provider table();

    /// What Random reported since the last call, if anything: the library drops it.
    std::optional<Error> takeRandomError();

private:
    struct Crypt;

    explicit Provider(Random &random) : random_(random) { }
    bool fetch();
    const EVP_CIPHER *cipher(int mode, std::size_t keySize) const;
    int crypt(const Crypt &job) const;

    static Provider &self(void *userData) { return *static_cast<Provider *>(userData); }
    static int randomBytes(std::uint8_t *data, std::size_t size, void *userData);
    static int hmacInit(void **context, const std::uint8_t *key, std::size_t size, void *userData);
    static int hmacUpdate(void *context, const std::uint8_t *data, std::size_t size, void *userData);
    static int hmacFinal(void *context, signal_buffer **output, void *userData);
    static void hmacCleanup(void *context, void *userData);
    static int digestInit(void **context, void *userData);
    static int digestUpdate(void *context, const std::uint8_t *data, std::size_t size, void *userData);
    static int digestFinal(void *context, signal_buffer **output, void *userData);
    static void digestCleanup(void *context, void *userData);
    static int encrypt(signal_buffer **output, int mode, const std::uint8_t *key, std::size_t keySize,
                       const std::uint8_t *iv, std::size_t ivSize, const std::uint8_t *in, std::size_t inSize,
                       void *userData);
    static int decrypt(signal_buffer **output, int mode, const std::uint8_t *key, std::size_t keySize,
                       const std::uint8_t *iv, std::size_t ivSize, const std::uint8_t *in, std::size_t inSize,
                       void *userData);

    Random &random_;
    std::optional<Error> randomError_;
    EvpMac mac_;
    EvpMacContext hmac_; ///< HMAC-SHA256 without key, duplicated per use
    EvpDigest sha512_;
    std::array<EvpCipher, 3> cbc_; ///< AES-128, -192, -256
    std::array<EvpCipher, 3> ctr_;
};

} // namespace kith::crypto
