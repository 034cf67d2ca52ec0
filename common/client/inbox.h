// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/base/timers.h"
#include "common/client/acks.h"
#include "common/client/failure.h"
#include "common/client/opener.h"
#include "common/wire/frames.h"

#include <QObject>

#include <deque>
#include <set>
#include <vector>

namespace kith::client {

struct Parts;

/// Takes in what the server delivers. Rows that wait together share one transaction, each envelope with a savepoint of
/// its own (security C4, performance P11); acknowledged after the commit, never before (delivery AT4). A store that
/// fails acknowledges nothing and closes the connection (ST16).
class Inbox final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t perTransaction = 64;

    explicit Inbox(Parts &parts);

    void take(const wire::Deliver &deliver);
    /// Nothing that was delivered waits for its transaction, or for the list of a sender that was asked for.
    bool isIdle() const { return waiting_.empty() && refreshing_.empty(); }
    /// Logged in: what is parked gets another chance.
    void online();
    void disconnected();
    /// Asks for the account's list, then opens what is parked of it.
    void retryParked(const AccountId &account);

private:
    void turn();
    Result<std::vector<std::pair<Qseq, bool>>> work(const std::vector<wire::Deliver> &batch);
    Result<bool> handle(const wire::QueueItem &item);
    Result<bool> handleEnvelope(const wire::Envelope &envelope);
    Result<void> noteLoss(std::uint64_t count, const char *reason, const char *how);
    Result<void> noteExpired(const wire::ExpiredAtRecipient &expired);
    void unpark(const AccountId &account, const Answer<void> &refreshed);
    bool hasNewKey(const AccountId &account) const;
    Result<void> openParked(const AccountId &account);
    Result<void> giveUpParked(const AccountId &account);
    void sweepNow();
    Result<void> sweep();

    Parts &parts_;
    Opener opener_;
    Acks acks_;
    std::deque<wire::Deliver> waiting_;
    std::set<AccountId> wanted_; ///< senders whose list a batch asked for
    std::set<AccountId> refreshing_;
    Timer turn_, costly_, daily_;
    bool turning_ = false;
};

} // namespace kith::client
