// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/hash.h"

#include <memory>
#include <string_view>

namespace kith::support {

/// A real Ed25519 key pair, by OpenSSL alone: tests of the server know no code that decrypts.
class SigningPair {
public:
    SigningPair();
    Ed25519PublicKey publicKey() const;
    Ed25519Signature sign(std::string_view context, ByteView message) const;

private:
    std::shared_ptr<void> key_; // shared: copies of a test account share their keys
};

} // namespace kith::support
