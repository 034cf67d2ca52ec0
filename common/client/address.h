// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/result.h"

#include <string>

namespace kith::client {

/// What a person typed to name somebody, taken apart.
struct Address {
    enum class Kind {
        self, ///< "me"
        user, ///< @user or @user@host
        account, ///< "id:" and 32 hex digits
        label, ///< an alias or a name, to be unique among contacts
    };
    Kind kind = Kind::label;
    std::string name; ///< user: lower case, without @; label: as typed, trimmed
    std::string host; ///< user: host[:port] of the second @, or empty
    AccountId account; ///< kind account

    /// Errors: invalid, with a detail for people.
    static Result<Address> parse(const std::string &text);
};

} // namespace kith::client
