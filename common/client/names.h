// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"

#include <optional>
#include <string>

namespace kith::client {

namespace store {
class Database;
}

/// How accounts are called in documents and addresses.
class Names {
public:
    explicit Names(store::Database &database) : database_(database) { }

    /// "@mei"; "id:" and 32 hex digits for an account that was never looked up.
    std::string user(const AccountId &account) const;
    /// The address of a chat: "me" for the own account, else as user().
    std::string chat(const AccountId &chat) const;
    /// What a person should read: our alias, else the own display name, else the user name.
    std::string shown(const AccountId &account) const;
    std::optional<AccountId> self() const;

private:
    store::Database &database_;
};

} // namespace kith::client
