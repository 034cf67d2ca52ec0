// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/session_set.h"

namespace kith::server::gateway {

SessionSet::SessionSet(const SessionParts &parts) : parts_(parts) { }

SessionSet::~SessionSet()
{
    for (auto *session : std::exchange(sessions_, {})) {
        session->disconnect(this);
        delete session;
    }
}

void SessionSet::add(std::unique_ptr<net::Channel> channel)
{
    auto *session = new Session(std::move(channel), parts_);
    sessions_.insert(session);
    connect(session, &Session::finished, this, [this, session] {
        sessions_.erase(session);
        session->deleteLater();
    });
}

void SessionSet::goAway(milliseconds spread)
{
    const auto all = sessions_; // a session may end while it hears this
    for (auto *session : all) {
        const auto wait = parts_.random.below(static_cast<std::uint64_t>(spread.count()) + 1);
        if (sessions_.contains(session))
            session->goAway(milliseconds { static_cast<std::int64_t>(wait) });
    }
}

std::function<WorkerHandlers(Timers &)> SessionSet::handlers(Domains domains, ServerIdentity identity,
                                                             const Clock &clock, Random &random, Metrics &metrics,
                                                             SessionLimits limits)
{
    return [=, &clock, &random, &metrics](Timers &timers) {
        // Shared by the two functions of one worker, whose last copy dies on the worker's thread.
        const auto set =
            std::make_shared<SessionSet>(SessionParts { domains, identity, clock, timers, random, metrics, limits });
        return WorkerHandlers { [set](std::unique_ptr<net::Channel> channel) { set->add(std::move(channel)); },
                                [set](milliseconds spread) { set->goAway(spread); } };
    };
}

} // namespace kith::server::gateway
