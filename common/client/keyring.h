// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/secret_bytes.h"
#include "common/base/task.h"

#include <string>

namespace kith::client {

/// Where the desktop keeps small secrets. Two implementations: the agent's on QtKeychain, and memory in tests. Never
/// a file in plain text (security L3).
class Keyring {
public:
    virtual ~Keyring() = default;
    /// Errors: notFound; permission when the person refused or it stays closed; unsupported when there is none.
    virtual Task<Result<SecretBytes>> read(const std::string &name) = 0;
    /// Replaces what has that name. Errors: permission, unsupported.
    virtual Task<Result<void>> write(const std::string &name, const SecretBytes &secret) = 0;
    /// Absent is success. Errors: permission, unsupported.
    virtual Task<Result<void>> remove(const std::string &name) = 0;
};

} // namespace kith::client
