// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/names.h"

#include "common/client/store/database.h"

namespace kith::client {

std::string Names::user(const AccountId &account) const
{
    const auto contact = database_.contacts().find(account);
    if (contact && *contact)
        return "@" + (*contact)->name;
    if (const auto own = database_.account().load(); own && *own && (*own)->device.account == account)
        return "@" + (*own)->name;
    return "id:" + account.hex();
}

std::string Names::chat(const AccountId &chat) const
{
    return self() == chat ? "me" : user(chat);
}

std::string Names::shown(const AccountId &account) const
{
    if (const auto contact = database_.contacts().find(account); contact && *contact) {
        const store::ContactRow &row = **contact;
        return !row.alias.empty() ? row.alias : !row.displayName.empty() ? row.displayName : row.name;
    }
    if (const auto own = database_.account().load(); own && *own && (*own)->device.account == account)
        return (*own)->displayName.empty() ? (*own)->name : (*own)->displayName;
    return {};
}

std::optional<AccountId> Names::self() const
{
    const auto own = database_.account().self();
    return own && *own ? std::optional((*own)->account) : std::nullopt;
}

} // namespace kith::client
