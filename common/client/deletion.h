// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/failure.h"
#include "common/client/values.h"

#include <cstdint>
#include <vector>

namespace kith::client {

namespace store {
struct MessageRow;
}
struct Parts;

/// Takes messages out of this profile alone: nobody else hears of it.
///
/// What is deleted stays so: its id is noted anew among those seen, so that a redelivery, a parked envelope or an
/// answer to a resend request does not bring it back for 60 days (security C16). Its text leaves the event log, too. An
/// own message that has not left is taken back.
class Deletion {
public:
    static constexpr std::size_t mostAtOnce = 100;

    explicit Deletion(Parts &parts) : parts_(parts) { }

    /// Returns those that were here. Appends message.deleted per chat. Errors: invalid beyond mostAtOnce; store's.
    Answer<std::vector<Mid>> remove(const std::vector<Mid> &mids);
    /// All messages of the chat; how many. Appends chat.updated. Errors: store's.
    Answer<std::uint64_t> clearChat(const AccountId &chat);
    /// Also its draft and settings; the contact stays, a request does not. Appends chat.updated. Errors: store's.
    Answer<std::uint64_t> removeChat(const AccountId &chat);

private:
    Result<void> takeBack(const Mid &mid);
    Result<void> removeOne(const store::MessageRow &row);
    Result<std::uint64_t> removeAll(const AccountId &chat);

    Parts &parts_;
};

} // namespace kith::client
