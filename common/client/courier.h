// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/base/timers.h"
#include "common/client/failure.h"
#include "common/client/sealer.h"
#include "common/wire/frames.h"

#include <QObject>

#include <map>
#include <set>
#include <vector>

namespace kith::client {

struct Parts;

/// Carries the outbox to the server: seals what was composed (CT1), writes frames in order, at most 64 unanswered, and
/// files the answers (CT2, CT7; delivery ST1-ST9). What a letter needs first, it fetches: lists and sessions.
class Courier final : public QObject {
    Q_OBJECT
public:
    explicit Courier(Parts &parts);

    /// There may be something to do; looks at it in the next turn.
    void wake();
    /// Logged in: everything that waited is due.
    void online();
    /// Seals the letter now if that needs no network and nothing of its chat waits before it (delivery ST1). Inside the
    /// caller's transaction.
    Result<void> sealNow(const Mid &mid);
    /// Ends a letter that will not be delivered (CT7): the reason is kept, its number is void. In a transaction.
    Result<void> giveUp(const store::OutboxRow &letter, const std::string &reason);
    /// The account's changed key holds its letters: asks the server whether it still shows another one than the pinned
    /// one (EV1). At most every 5 s.
    void lookAgain(const AccountId &account);
    /// Holds what waits for the account, or lets it go, as its trust and our trust mode now say (security C7); who
    /// waits for a message that is held now hears of it. In a transaction.
    Result<void> applyTrust(const AccountId &account);
    bool isInFlight(std::int64_t letter) const { return inFlight_.contains(letter); }

Q_SIGNALS:
    /// An own message's state; after the commit.
    void messageChanged(const Mid &mid);

private:
    struct Answered {
        std::int64_t letter = 0;
        wire::Accepted accepted;
    };

    void pump();
    Result<void> expire();
    Result<std::set<AccountId>> sealWaiting();
    void prepare(const AccountId &account);
    void prepared(const AccountId &account, const Answer<void> &outcome, bool ready);
    Result<void> sendReady();
    Result<void> send(const store::OutboxRow &letter);
    void answered(std::int64_t letter, const wire::Outcome<wire::ServerBody> &answer);
    void fileAccepted();
    Result<void> file(const Answered &answer, const DeviceId &self);
    void refused(std::int64_t letter, const wire::Fault &fault);
    Result<void> refusedInTransaction(const store::OutboxRow &letter, const wire::Fault &fault);
    void mismatched(std::int64_t letter, const wire::DeviceMismatch &mismatch);
    void doesNotSettle(std::int64_t letter);
    Result<void> repair(std::int64_t letter, const wire::DeviceMismatch &mismatch);
    Result<void> renewStale(const store::OutboxRow &letter, const std::vector<std::uint16_t> &stale);
    void landed(std::int64_t letter);
    milliseconds pause(int tries, std::optional<milliseconds> hint);
    void planNext();
    void complain(const Result<void> &outcome);

    Parts &parts_;
    Sealer sealer_;
    std::set<std::int64_t> inFlight_;
    std::map<std::int64_t, int> mismatches_; ///< in a row, by letter
    std::vector<Answered> accepted_;
    std::set<AccountId> preparing_;
    std::map<AccountId, MonoTime> notBefore_; ///< preparing failed: when to try again
    std::map<AccountId, MonoTime> looked_; ///< at accounts whose key changed
    Timer turn_, next_, filing_;
    bool turning_ = false, filed_ = false;
};

/// Event message.status of an own message and the signal after the commit. Belongs to the caller's transaction.
Result<void> announceState(Parts &parts, const AccountId &self, const Mid &mid);

} // namespace kith::client
