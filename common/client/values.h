// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What front ends see of the profile, as plain values.
namespace kith::client {

/// A lattice: it only rises (delivery section 3). `failed` is a flag beside it.
enum class MessageState { queued = 1, accepted = 2, delivered = 3, read = 4 };

enum class MessageKind {
    text = 1,
    system = 2, ///< a line of ours: "Mei added a device"
    undecryptable = 3, ///< placeholder (delivery ST14)
    unknown = 4, ///< needs a newer Kith
};

/// What a person should know before believing a message of somebody else.
struct MessageMarks {
    bool old = false; ///< written more than 60 days ago by its sender's clock: may be a replay (security C16)
    bool removedDevice = false; ///< its device has been removed since (delivery ST15)
    bool brokenChain = false; ///< its sender's message before it is another one than the one received (security C17)
    bool any() const { return old || removedDevice || brokenChain; }
    bool operator==(const MessageMarks &) const = default;
};

/// What a message answers to.
struct Quote {
    std::optional<AccountId> sender; ///< of the quoted message; nothing for somebody who is not of the chat
    std::string text; ///< its beginning
    bool known = false; ///< the message is here and says so; else its quoter claims it
};

struct Message {
    Mid mid;
    AccountId chat; ///< 1:1: the peer
    DeviceId from;
    bool fromMe = false;
    WallTime clientTime {}; ///< as its sender wrote it
    std::optional<WallTime> serverTime; ///< absent until accepted
    std::optional<Sid> sid;
    WallTime effectiveTime {}; ///< clamped (delivery ID6): what to show and sort by
    bool late = false; ///< inserted before something that was shown already
    MessageKind kind = MessageKind::text;
    std::string text;
    std::optional<Mid> replyTo;
    std::optional<Quote> quote; ///< of replyTo; set by shownMessage
    MessageState state = MessageState::queued; ///< own messages: as far as known; others': delivered or read
    std::optional<std::string> failedReason;
    bool deliveryConfirmed = true; ///< false: the peer's received_through contradicts the server (delivery ACK7)
    MessageMarks marks;
};

/// `unseen`: never looked up. `changed`: the account key is another one than was pinned (security C7).
enum class Trust { unseen = 0, tofu = 1, verified = 2, changed = 3 };
enum class ContactRelation { none = 0, accepted = 1, blocked = 2 };

struct Contact {
    AccountId account;
    std::string name; ///< user name at the server, without @
    std::string alias; ///< ours, or empty
    std::string displayName; ///< from the sealed profile, or empty
    std::string about;
    Trust trust = Trust::unseen;
    ContactRelation relation = ContactRelation::none;
    bool request = false; ///< wrote to us and was not accepted yet (delivery FC3)
    std::vector<std::uint16_t> devices;
    std::optional<WallTime> added;
};

/// What a person decided about a chat.
struct ChatSettings {
    bool pinned = false;
    bool archived = false;
    bool markedUnread = false;
    std::optional<WallTime> mutedUntil;
    bool operator==(const ChatSettings &) const = default;
};

/// What stands in a chat's field and was not sent.
struct ChatDraft {
    std::string text; ///< never empty
    std::optional<Mid> replyTo;
    WallTime time {};
    bool operator==(const ChatDraft &) const = default;
};

struct Chat {
    AccountId peer;
    std::string name;
    std::uint64_t unread = 0;
    std::optional<Mid> firstUnread; ///< the oldest of them
    bool request = false;
    Trust trust = Trust::unseen; ///< of the peer
    ContactRelation relation = ContactRelation::none;
    ChatSettings settings; ///< mutedUntil only while it lasts
    std::optional<ChatDraft> draft;
    std::optional<Message> last;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> missing; ///< numbers of the peer's that never came (ID8)
};

struct TargetState {
    std::string to; ///< as the caller wrote it
    AccountId account;
    Mid mid;
    MessageState state = MessageState::queued;
    int devices = 0;
    std::optional<std::string> failedReason;
};

/// One entry of the durable event log. `json` is the event's params object without cursor.
struct Event {
    std::int64_t cursor = 0;
    WallTime time {};
    std::string type; ///< message.received, ... (resources/rpc/v1)
    std::optional<AccountId> chat;
    std::optional<AccountId> from;
    std::string mid; ///< of the message that the event holds, or empty
    std::string json;
};

struct Consumer {
    std::string name;
    std::int64_t acked = 0;
    std::int64_t lag = 0;
    WallTime seen {};
};

} // namespace kith::client
