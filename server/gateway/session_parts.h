// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/timers.h"
#include "common/wire/frames.h"
#include "common/wire/limits.h"
#include "server/accounts/accounts.h"
#include "server/delivery/delivery.h"
#include "server/keys/keys.h"
#include "server/ports/metrics.h"

namespace kith::server::gateway {

/// What a connection asks. All workers share them.
struct Domains {
    accounts::Accounts &accounts;
    keys::Keys &keys;
    delivery::Delivery &delivery;
};

/// What ServerHello says about this server.
struct ServerIdentity {
    Sha256 serverId;
    bool lab = false;
    wire::AnnouncedLimits limits { wire::limits::frameBytes, wire::limits::contentBytes, wire::limits::textBytes,
                                   wire::limits::devicesPerAccount, wire::limits::queueMessages };
};

struct SessionLimits {
    double rateFactor = 1; ///< limits.rate_factor: multiplies the frame rate LIM4; 0: none
    std::size_t frameBytes = wire::limits::frameBytes; ///< LIM1
    milliseconds handshake = wire::limits::handshake; ///< LIM12, until Hello
    milliseconds authentication = wire::limits::authentication; ///< LIM12, from Hello until the login
    int window = wire::limits::window; ///< delivery ST10
    std::size_t windowBytes = wire::limits::windowBytes;
    std::size_t unreadBytes = 4ULL * 1024 * 1024; ///< of answers that the peer has not read; beyond it is cut off
    milliseconds ackPatience { 60'000 }; ///< security S7
    milliseconds sweep { 45'000 }; ///< delivery AT7: how often an idle connection looks whether a hint was lost
    int unanswered = 256; ///< requests under way per connection
};

/// Everything a session is built from. `timers` are the worker's own; the rest may be shared by all. Outlives the
/// session.
struct SessionParts {
    Domains domains;
    ServerIdentity identity;
    const Clock &clock;
    Timers &timers;
    Random &random;
    Metrics &metrics;
    SessionLimits limits {};
};

} // namespace kith::server::gateway
