// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/client/values.h"

#include <string>

namespace kith::client {

namespace store {
class Database;
struct MessageRow;
} // namespace store

/// Most bytes of UTF-8 that a quote holds of the quoted text.
constexpr std::size_t quoteBytes = 256;

/// The beginning of `text`, cut between characters.
std::string beginningOf(const std::string &text, std::size_t bytes);

/// The row as front ends see it. What it quotes is taken from the profile when the quoted message is in the same chat;
/// otherwise it stays its sender's claim, without a name that belongs to nobody of the chat.
Result<Message> shownMessage(store::Database &database, const store::MessageRow &row);

} // namespace kith::client
