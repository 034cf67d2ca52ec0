// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/failure.h"
#include "common/client/names.h"
#include "common/client/values.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace kith::client {

namespace store {
class Database;
struct MessageRow;
} // namespace store
class EventLog;

/// One page of a chat, oldest first.
struct MessagePage {
    std::vector<Message> messages;
    bool more = false; ///< in the direction of reading; around: either
};

/// When a message got how far, as this device learned it.
struct MessageWay {
    Message message;
    std::optional<WallTime> accepted, delivered, read;
};

/// What a person changes about a chat; absent members stay.
struct ChatChange {
    std::optional<bool> pinned, archived, markedUnread;
    std::optional<WallTime> mutedUntil; ///< a time that is over: not muted
};

/// Chats and history as they are in the profile, and what a person decides about them.
class Conversations final : public QObject {
    Q_OBJECT
public:
    static constexpr int maxPage = 200;
    static constexpr std::size_t longestDraft = 8192; ///< bytes of UTF-8: what can be sent (LIM2)

    Conversations(store::Database &database, EventLog &events, Clock &clock);

    /// Called inside the transaction of markRead with what became read, oldest first: queues the read receipts. Set
    /// once by the engine.
    using ReadHook = std::function<Result<void>(const AccountId &chat, const std::vector<Message> &read)>;
    void onRead(ReadHook hook) { readHook_ = std::move(hook); }

    /// Every chat with a message or a draft, and every pinned one: pinned first, then last active first.
    Answer<std::vector<Chat>> list() const;
    /// A known contact without messages is an empty chat. Errors: notFound.
    Answer<Chat> chat(const AccountId &chat) const;

    Answer<MessagePage> latest(const AccountId &chat, int limit) const;
    /// Errors: notFound for an anchor that is not in the chat.
    Answer<MessagePage> before(const AccountId &chat, const Mid &anchor, int limit) const;
    Answer<MessagePage> after(const AccountId &chat, const Mid &anchor, int limit) const;
    /// The anchor in the middle.
    Answer<MessagePage> around(const AccountId &chat, const Mid &anchor, int limit) const;

    /// Errors: notFound.
    Answer<Message> get(const Mid &mid) const;
    Answer<MessageWay> info(const Mid &mid) const;

    /// Raises incoming messages up to `upTo` (all without it) to read and takes the mark "unread" off the chat. Appends
    /// chat.updated, calls the read hook.
    /// Returns what is still unread. Errors: notFound.
    Answer<std::uint64_t> markRead(const AccountId &chat, const std::optional<Mid> &upTo);

    /// Archiving unpins and pinning brings back from the archive, unless the change says otherwise. Appends
    /// chat.updated when something changed. Errors: notFound.
    Answer<Chat> set(const AccountId &chat, const ChatChange &change);
    /// A message was written to the chat, in the open transaction: brings it back from the archive, unless it is muted
    /// and the message is somebody else's.
    Result<void> woken(const AccountId &chat, bool byOther);

    /// Keeps what was typed; an empty text removes it. Errors: notFound; tooLarge beyond longestDraft.
    Answer<std::optional<ChatDraft>> setDraft(const AccountId &chat, const std::string &text,
                                              const std::optional<Mid> &replyTo);
    /// In the open transaction: the draft was sent.
    Result<void> draftSent(const AccountId &chat);

Q_SIGNALS:
    /// After the commit. Nothing: it was removed.
    void draftChanged(const AccountId &chat, const std::optional<ChatDraft> &draft);

private:
    Answer<store::MessageRow> anchorRow(const AccountId &chat, const Mid &mid) const;
    Result<void> announce(const AccountId &chat, std::uint64_t unread);
    Result<Chat> describe(const AccountId &chat, std::optional<Message> last, std::uint64_t unread) const;

    store::Database &database_;
    EventLog &events_;
    Clock &clock_;
    ReadHook readHook_;
};

} // namespace kith::client
