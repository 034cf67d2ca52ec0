// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Table message_search: which messages hold which words. Written in the transaction of the message row.
namespace kith::client::store {

Result<void> addToSearch(sql::Connection &sql, std::int64_t id, const AccountId &chat, const std::string &text);
Result<void> removeFromSearch(sql::Connection &sql, std::int64_t id);
Result<void> removeChatFromSearch(sql::Connection &sql, const AccountId &chat);
/// For a profile whose messages were written before there was an index.
Result<void> fillSearch(sql::Connection &sql);
/// Ids below `below`, greatest first. `match`: SearchQuery::match.
Result<std::vector<std::int64_t>> searchIds(sql::Connection &sql, const std::string &match,
                                            const std::optional<AccountId> &chat, std::int64_t below, int limit);

} // namespace kith::client::store
