// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/result.h"

#include <cstdint>
#include <memory>
#include <span>

namespace kith {

class Random;

/// Secret octets: move-only, wiped with OPENSSL_cleanse when they die, never printed (security C25, style 5.5).
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);
    explicit SecretBytes(ByteView copyOf);
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    ~SecretBytes();

    static Result<SecretBytes> random(std::size_t size, Random &random);
    SecretBytes clone() const { return SecretBytes(view()); }

    ByteView view() const { return { data_.get(), size_ }; }
    std::span<std::uint8_t> mutableView() { return { data_.get(), size_ }; }
    std::size_t size() const { return size_; }
    bool isEmpty() const { return size_ == 0; }
    void wipe();

    /// Constant time in the content, not in the length.
    bool equals(ByteView other) const;

private:
    std::unique_ptr<std::uint8_t[]> data_;
    std::size_t size_ = 0;
};

/// Overwrites `bytes` so that the compiler cannot drop it. For a QByteArray a library forced on us: detaches nothing.
void wipe(std::span<std::uint8_t> bytes);

} // namespace kith
