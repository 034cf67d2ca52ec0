// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/decrypt_error.h"

namespace kith::crypto {

const char *toString(DecryptFailure failure)
{
    switch (failure) {
    case DecryptFailure::duplicate:
        return "duplicate";
    case DecryptFailure::noSession:
        return "noSession";
    case DecryptFailure::badMessage:
        return "badMessage";
    case DecryptFailure::untrusted:
        return "untrusted";
    case DecryptFailure::tooCostly:
        return "tooCostly";
    case DecryptFailure::noPreKey:
        return "noPreKey";
    case DecryptFailure::unsupported:
        return "unsupported";
    case DecryptFailure::aborted:
        return "aborted";
    case DecryptFailure::store:
        return "store";
    case DecryptFailure::internal:
        return "internal";
    }
    return "internal";
}

} // namespace kith::crypto
