// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/client/values.h"
#include "common/wire/content/content.h"

#include <vector>

namespace kith::client {

struct Parts;

/// Receipts between people, end-to-end encrypted (delivery ST19-ST21). Every call belongs to the caller's transaction.
class Receipts {
public:
    static constexpr std::size_t perContent = 256;
    /// A receipt waits a random time, so that it does not say when exactly somebody looked (security ADV-R).
    static constexpr milliseconds shortestDelay { 100 };
    static constexpr milliseconds longestDelay { 1'000 };

    explicit Receipts(Parts &parts) : parts_(parts) { }

    /// The person saw these: read receipts, if the setting allows and the sender is accepted.
    Result<void> sendRead(const AccountId &chat, const std::vector<Message> &read);
    /// The sender was accepted: what it was not told while it was a stranger.
    Result<void> sendHeldBack(const AccountId &chat);
    /// A message that was acknowledged without receipt became readable.
    Result<void> sendDelivered(const AccountId &chat, const Mid &mid);

    /// A receipt about own messages came (CT6).
    Result<void> receive(const AccountId &from, const wire::Receipt &receipt);
    /// The server says that a device of `recipient` has them (CT4, ACK6).
    Result<void> delivered(const AccountId &recipient, const std::vector<Mid> &mids);
    /// What `from` holds of ours, authenticated (ACK7): own messages above it that the server called delivered long
    /// before `serverTime` are marked as not confirmed.
    Result<void> receivedThrough(const AccountId &from, const std::vector<wire::ReceivedThrough> &through,
                                 WallTime serverTime);

private:
    Result<void> send(const AccountId &chat, wire::ReceiptKind kind, const std::vector<Message> &messages);
    milliseconds delay();
    Result<void> raise(const AccountId &chat, const Mid &mid, MessageState state);

    Parts &parts_;
};

} // namespace kith::client
