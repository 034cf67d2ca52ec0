// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/secret_bytes.h"

#include "common/base/random.h"

#include <openssl/crypto.h>

#include <cstring>
#include <utility>

namespace kith {

void wipe(std::span<std::uint8_t> bytes)
{
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

SecretBytes::SecretBytes(std::size_t size) : data_(std::make_unique<std::uint8_t[]>(size)), size_(size) { }

SecretBytes::SecretBytes(ByteView copyOf) : SecretBytes(copyOf.size())
{
    if (!copyOf.empty())
        std::memcpy(data_.get(), copyOf.data(), copyOf.size());
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : data_(std::move(other.data_))
    , size_(std::exchange(other.size_, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        wipe();
        data_ = std::move(other.data_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    wipe();
}

void SecretBytes::wipe()
{
    if (data_)
        kith::wipe(mutableView());
    data_.reset();
    size_ = 0;
}

Result<SecretBytes> SecretBytes::random(std::size_t size, Random &random)
{
    SecretBytes secret(size);
    KITH_CHECK(random.fill(secret.mutableView()));
    return secret;
}

bool SecretBytes::equals(ByteView other) const
{
    return size_ == other.size() && (size_ == 0 || CRYPTO_memcmp(data_.get(), other.data(), size_) == 0);
}

} // namespace kith
