// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/mailbox.h"
#include "common/base/timers.h"
#include "common/net/channel.h"
#include "common/wire/limits.h"
#include "server/gateway/admission.h"

#include <functional>
#include <memory>
#include <optional>

namespace kith::server::gateway {

class TlsContext;

/// What is done with a worker's connections. Made, called and destroyed on the worker's thread.
struct WorkerHandlers {
    std::function<void(std::unique_ptr<net::Channel>)> connected;
    /// The server stops: each client is told to come back after a random part of `spread`, then closed with 1001.
    std::function<void(milliseconds spread)> goAway;
};

/// How bytes become frames: on the descriptor itself, or by QWebSocket, against which the former is measured.
enum class Transport { lean, qt };

struct WorkerSettings {
    Transport transport = Transport::lean;
    std::shared_ptr<const TlsContext> tls; ///< null: plain
    QByteArray certificateHash; ///< Channel::certificateHash of every connection
    std::size_t frameBytes = wire::limits::frameBytes; ///< LIM1
    milliseconds handshake = wire::limits::handshake; ///< LIM12, TLS and upgrade together
    /// `timers` are the worker's own and outlive the handlers.
    std::function<WorkerHandlers(Timers &timers)> makeHandlers;
};

/// One thread that owns its connections: an event loop on epoll, TLS and the WebSocket upgrade. All functions: any
/// thread but the worker's own. `clock` outlives it.
class Worker {
public:
    Worker(const Clock &clock, WorkerSettings settings);
    /// Cuts what is left and waits for the thread.
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// Takes over a connected descriptor. Without a seat the peer only hears when to come back (1013).
    void take(qintptr descriptor, Admission::Verdict verdict);
    void goAway(milliseconds spread);
    /// How long the loop took to answer, to the millisecond, or nothing if it did not within `limit`.
    std::optional<std::chrono::duration<double>> answer(milliseconds limit) const;

private:
    class Thread;
    const Clock &clock_;
    std::unique_ptr<Thread> thread_;
};

} // namespace kith::server::gateway
