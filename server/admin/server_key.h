// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/secret_bytes.h"

#include <string>
#include <string_view>

namespace kith::server::admin {

/// The server's Ed25519 key (security KEY6): names the server in every login and signs erasure receipts. It vouches for
/// no user's key. On disk: the 32 bytes of the private key (RFC 8032), mode 0600.
class ServerKey {
public:
    /// Reads the file, or makes a key and the file. Errors: corrupt (not 32 bytes), permission (others may read it),
    /// io, full, internal.
    static Result<ServerKey> loadOrMake(const std::string &path, Random &random);

    const Ed25519PublicKey &publicKey() const { return publicKey_; }
    /// SHA-256 of the public key.
    Sha256 serverId() const;
    /// Over `context`, NUL, `message`, as verifyEd25519 checks it. Errors: internal.
    Result<Ed25519Signature> sign(std::string_view context, ByteView message) const;

private:
    ServerKey(SecretBytes seed, Ed25519PublicKey publicKey) : seed_(std::move(seed)), publicKey_(publicKey) { }

    SecretBytes seed_;
    Ed25519PublicKey publicKey_;
};

} // namespace kith::server::admin
