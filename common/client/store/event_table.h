// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/values.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::client::store {

/// The durable event log. Cursors grow and are never used twice, also after the newest entry was pruned.
class EventTable {
public:
    explicit EventTable(sql::Connection &sql) : sql_(sql) { }

    /// Returns its cursor; the event's own is not used.
    Result<std::int64_t> append(const Event &event);
    /// Events with a greater cursor, ascending; at most `limit`.
    Result<std::vector<Event>> since(std::int64_t cursor, int limit);
    /// The greatest cursor ever given; 0 before the first.
    Result<std::int64_t> head();
    /// The smallest cursor still kept; nothing when the log is empty.
    Result<std::optional<std::int64_t>> tail();
    /// Events that hold messages: of the chat, or of one message of it.
    Result<std::vector<Event>> withMessages(const AccountId &chat, const std::string &mid);
    Result<void> replace(std::int64_t cursor, const std::string &json);
    Result<std::int64_t> countSince(std::int64_t cursor);
    Result<std::int64_t> count();
    /// Drops entries up to `cursor`.
    Result<void> pruneThrough(std::int64_t cursor);
    /// The greatest cursor of an entry older than `before`; 0 without one.
    Result<std::int64_t> lastBefore(WallTime before);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
