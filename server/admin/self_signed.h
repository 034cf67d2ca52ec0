// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/result.h"
#include "common/base/secret_bytes.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace kith::server::admin {

/// A certificate that this server made for itself.
struct SelfSigned {
    QByteArray certificate; ///< PEM
    SecretBytes key; ///< PEM, PKCS #8
    QByteArray pin; ///< SHA-256 of SubjectPublicKeyInfo (security L9)
};

/// ECDSA P-256, ten years, for `hosts` (names or addresses), localhost and both loopback addresses. With `oldKey` (PEM)
/// the certificate is for that key, so that pins stay. Errors: invalid (a host, or a key that cannot be read),
/// internal.
Result<SelfSigned> makeSelfSigned(const std::vector<std::string> &hosts, Random &random, ByteView oldKey = {});

} // namespace kith::server::admin
