// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/net/channel.h"
#include "server/gateway/session_parts.h"

#include <functional>
#include <optional>

namespace kith::server::gateway {

/// The opening of a connection (architecture 6): Hello, then a Challenge that serves this connection only, then
/// Register or Authenticate. A failed login closes; a refused registration may be tried again within the time (LIM12).
///
/// States: hello, challenged, judging (a login is being checked), over. Thread and lifetime of its session.
class Opening : public QObject {
public:
    struct Callbacks {
        std::function<void(std::uint64_t requestId, wire::ServerBody)> send;
        std::function<void(wire::CloseCode, const char *reason)> close;
        /// A frame that has no place here; its answer.
        std::function<void(std::uint64_t requestId, wire::Fault)> protocolError;
        /// The device is who it says. `requestId` waits for Ready.
        std::function<void(keys::Identified, std::uint64_t requestId)> identified;
    };
    Opening(const SessionParts &parts, const net::Channel &channel, Callbacks callbacks);

    void take(wire::ClientFrame frame);

private:
    enum class State { hello, challenged, judging, over };

    void onHello(std::uint64_t requestId, const wire::Hello &hello);
    void onRegister(std::uint64_t requestId, wire::Register request);
    void publishKeys(std::uint64_t requestId, accounts::Enrolled enrolled, std::uint32_t registrationId,
                     wire::PublishPreKeys upload);
    void onAuthenticate(std::uint64_t requestId, wire::Authenticate request);
    void refuseLogin(std::uint64_t requestId, keys::LoginRefusal refusal);
    void tryAgain(std::uint64_t requestId, wire::Fault fault);
    void close(wire::CloseCode code, const char *reason);
    void identified(keys::Identified who, std::uint64_t requestId);

    const SessionParts &parts_;
    Callbacks callbacks_;
    State state_ = State::hello;
    LoginFacts facts_;
    Timer deadline_;
};

} // namespace kith::server::gateway
