// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/session.h"
#include "server/gateway/worker.h"

#include <unordered_set>

namespace kith::server::gateway {

/// The sessions of one worker. One thread.
class SessionSet final : public QObject {
public:
    explicit SessionSet(const SessionParts &parts);
    ~SessionSet() override;

    void add(std::unique_ptr<net::Channel> channel);
    /// Each client hears a moment of its own within `spread`, so that they do not come back together.
    void goAway(milliseconds spread);
    std::size_t size() const { return sessions_.size(); }

    /// Handlers for a worker whose sessions are built from `parts` with the worker's own timers.
    static std::function<WorkerHandlers(Timers &)> handlers(Domains domains, ServerIdentity identity,
                                                            const Clock &clock, Random &random, Metrics &metrics,
                                                            SessionLimits limits);

private:
    SessionParts parts_;
    std::unordered_set<Session *> sessions_; // owned; erased by finished()
};

} // namespace kith::server::gateway
