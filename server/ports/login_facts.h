// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/wire/frames.h"

#include <string>

namespace kith::server {

/// What the server knows about a connection that logs in: the part of the signed bytes that the client cannot choose
/// (security S2), and where it comes from.
struct LoginFacts {
    Sha256 serverId;
    wire::Challenge challenge;
    QByteArray certificateHash; ///< empty on a plain socket
    std::string peer; ///< IP address, for limits
};

/// Whether `signature` is `device`'s login for this very connection.
bool provesLogin(const LoginFacts &facts, const DeviceId &device, const Ed25519PublicKey &signingKey,
                 const Ed25519Signature &signature);

} // namespace kith::server
