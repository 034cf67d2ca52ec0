// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/values.h"
#include "common/sql/connection.h"

#include <optional>
#include <vector>

namespace kith::client::store {

/// What a person decided about a chat. A chat without a row was left as it is.
class ChatTable {
public:
    explicit ChatTable(sql::Connection &sql) : sql_(sql) { }

    Result<ChatSettings> settings(const AccountId &chat);
    Result<void> saveSettings(const AccountId &chat, const ChatSettings &settings);
    Result<std::optional<ChatDraft>> draft(const AccountId &chat);
    /// Nothing removes it.
    Result<void> saveDraft(const AccountId &chat, const std::optional<ChatDraft> &draft);
    /// Chats that the list shows although they may have no message.
    Result<std::vector<AccountId>> kept();
    Result<void> remove(const AccountId &chat);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
