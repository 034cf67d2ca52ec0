// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/allowance.h"
#include "common/net/channel.h"
#include "common/net/liveness.h"
#include "server/gateway/opening.h"
#include "server/gateway/outflow.h"
#include "server/gateway/requests.h"
#include "server/gateway/session_parts.h"

#include <memory>
#include <optional>

namespace kith::server::gateway {

/// One connected device: opening, drain, live, end. A state machine over the channel's frames; everything else is in
/// its parts: Opening until the login, then Requests for what the device asks and Outflow for what its queue holds.
///
/// Lives on one worker's thread with its channel. Emits finished() once, when the channel has closed; its owner then
/// calls deleteLater().
class Session final : public QObject {
    Q_OBJECT
public:
    /// `parts` outlives the session.
    Session(std::unique_ptr<net::Channel> channel, const SessionParts &parts);
    ~Session() override;

    /// The server stops: the client is told when to come back, and the connection closes with 1001.
    void goAway(milliseconds retryAfter);
    bool isReady() const { return outflow_ != nullptr; }

Q_SIGNALS:
    void finished();

private:
    void onFrame(const QByteArray &bytes);
    void onClosed(int code);
    bool admitsFrame(const QByteArray &bytes);
    void dispatch(wire::ClientFrame frame);
    void identified(const keys::Identified &who, std::uint64_t requestId);
    void admit(const keys::Identified &who, std::uint64_t requestId, const QueueState &queue);
    void hear(const delivery::News &news);
    void send(std::uint64_t requestId, wire::ServerBody body);
    void sendUnasked(wire::ServerBody body);
    void protocolError(std::uint64_t requestId, wire::Fault fault);
    void close(wire::CloseCode code, const char *reason);
    void leave();

    const SessionParts &parts_;
    std::unique_ptr<net::Channel> channel_;
    net::Liveness liveness_;
    std::unique_ptr<Opening> opening_;
    std::unique_ptr<Requests> requests_;
    std::unique_ptr<Outflow> outflow_;
    std::shared_ptr<delivery::Listener> listener_; // shared: Routes holds it weakly
    std::optional<DeviceId> device_;
    std::uint64_t epoch_ = 0;
    Allowance frames_;
    int errors_ = 0;
    bool closing_ = false;
};

} // namespace kith::server::gateway
