// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/net/channel.h"
#include "server/gateway/admission.h"

#include <functional>
#include <memory>

namespace kith::server::gateway {

/// Turns connected descriptors into channels: TLS and the WebSocket upgrade, within LIM12 and 16 KiB; who does not get
/// that far is cut. Two implementations: LeanUpgrader, and QtUpgrader on QWebSocketServer. Lives on a worker's thread.
class Upgrader {
public:
    static constexpr qsizetype requestBytes = 16 * 1024; // an upgrade request has a few hundred

    struct Arrival {
        std::unique_ptr<net::Channel> channel;
        Admission::Verdict verdict;
        bool speaksKith = false; ///< offered the subprotocol kith.v1
    };
    using OnArrival = std::function<void(Arrival)>;

    virtual ~Upgrader() = default;
    /// Owns the descriptor from here on. `verdict` is kept until the arrival, or dies with the attempt.
    virtual void take(int descriptor, Admission::Verdict verdict) = 0;
};

} // namespace kith::server::gateway
