// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/base/timers.h"
#include "common/client/failure.h"
#include "common/client/values.h"
#include "common/wire/content/content.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith::client {

namespace store {
struct MessageRow;
}
struct Parts;

struct Draft {
    std::vector<std::string> to; ///< addresses, 1 to 64
    std::string text; ///< UTF-8, 1 byte to 8 KiB (LIM2)
    std::optional<Mid> replyTo; ///< with one address: a message of that chat
    /// The same key sends once, whatever dies in between; a repeat answers with the state reached (cli 1.3). The row of
    /// table `call` is written in the transaction of the send: the service must not write its own for it.
    std::string key;
    bool clearDraft = false; ///< the chat's saved draft was this text: remove it with the send
};

struct WaitResult {
    MessageState state = MessageState::queued;
    bool reached = false;
    std::optional<std::string> failedReason;
    int devices = 0;
};

/// Own messages, from the draft to the server's word (delivery 3).
class Outbox final : public QObject {
    Q_OBJECT
public:
    explicit Outbox(Parts &parts);

    /// Answers after the commit of CT1, or CT0 without a connection (delivery ST0, ST1). One entry per address, in
    /// order; an address that failed has failedReason and a null mid. One whose
    /// identity changed is held: a mid and failedReason "untrustedIdentity". A failure as a whole: invalid, tooLarge,
    /// outboxFull, keyReused, unregistered, signedOut, store's; with a single address also its own reason.
    Task<Answer<std::vector<TargetState>>> send(Draft draft);
    /// Comes when `state` is reached, the message failed, or `timeout` is over. Errors: notFound, store's.
    Task<Answer<WaitResult>> wait(const Mid &mid, MessageState state, milliseconds timeout);
    /// Tries a failed message again: same mid, same bytes (delivery ID7). Errors: notFound, invalid, store's.
    Answer<MessageState> retry(const Mid &mid);
    /// False when the server has it already. Errors: notFound, store's.
    Answer<bool> cancel(const Mid &mid);

    bool isEmpty() const;

Q_SIGNALS:
    /// Of an own message; after the commit.
    void stateChanged(const Mid &mid, MessageState state);

private:
    /// One message for one person, or why not.
    struct Target {
        std::string to;
        Answer<Contact> contact;
    };
    struct Sending; ///< a draft whose addresses are being resolved
    struct Waiter {
        Mid mid;
        MessageState state {};
        Promise<Answer<WaitResult>> promise;
        Timer deadline;
    };

    void resolveNext(const std::shared_ptr<Sending> &sending);
    Answer<std::vector<TargetState>> commit(const Draft &draft, const std::vector<Target> &targets);
    Answer<TargetState> commitOne(const Draft &draft, const Target &target);
    Answer<TargetState> noteToSelf(const Draft &draft, const Target &target);
    Answer<std::optional<wire::Quote>> quote(const Draft &draft, store::MessageRow &row) const;
    Result<void> announce(const store::MessageRow &row);
    Answer<void> checkDraft(const Draft &draft) const;
    Answer<std::optional<std::vector<TargetState>>> repeated(const Draft &draft) const;
    Result<void> remember(const Draft &draft, const std::vector<TargetState> &states);
    TargetState stateOf(const std::string &to, const AccountId &account, const Mid &mid) const;
    Answer<WaitResult> look(const Mid &mid, MessageState wanted) const;
    void settle(std::uint64_t waiter, bool timeIsOver);
    void changed(const Mid &mid);

    Parts &parts_;
    std::map<std::uint64_t, Waiter> waiters_;
    std::uint64_t nextWaiter_ = 1;
};

} // namespace kith::client
