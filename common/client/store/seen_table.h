// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/sql/connection.h"

#include <optional>

namespace kith::client::store {

/// The record for de-duplication by (sender account, mid inside), which outlives sessions and deletion (security C16).
class SeenTable {
public:
    static constexpr milliseconds keptFor { 60LL * 24 * 3600 * 1000 };

    explicit SeenTable(sql::Connection &sql) : sql_(sql) { }

    /// The receipt flag of the first time (delivery ST13), or nothing for an unknown one.
    Result<std::optional<bool>> find(const AccountId &sender, const Mid &mid);
    /// Keeps the first flag when it is known already.
    Result<void> add(const AccountId &sender, const Mid &mid, bool receipt, WallTime at);
    /// The message was here and is deleted: remembered from now on.
    Result<void> bury(const AccountId &sender, const Mid &mid, bool receipt, WallTime at);
    /// The same for everything that others wrote in the chat.
    Result<void> buryChat(const AccountId &chat, WallTime at);
    Result<void> prune(WallTime before);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
