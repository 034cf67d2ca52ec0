// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/base/timers.h"
#include "common/client/failure.h"
#include "common/net/backoff.h"
#include "common/net/channel.h"
#include "common/net/liveness.h"
#include "common/wire/frames.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace kith::client {

struct Parts;

enum class ConnectionState { offline, connecting, online };
const char *toString(ConnectionState state);

/// The one WebSocket to the server: dial, hello, login, requests, heartbeat, back-off (security S2, S8, S17).
///
/// online means: Ready came. What the server pushes goes out as signals, in order. Who logs in and what that changes is
/// Account's business.
class Connection final : public QObject {
    Q_OBJECT
public:
    static constexpr milliseconds requestTime { 20'000 }; ///< delivery ST3
    static constexpr milliseconds replacedPause { 60'000 }; ///< after 4409: another instance is at work
    static constexpr milliseconds updatePause { 3'600'000 }; ///< after 4400

    explicit Connection(Parts &parts);
    ~Connection() override;

    /// Keeps a connection from now on, as long as the account may have one. stop() closes and stays so.
    void start();
    void stop();
    /// Forgets the back-off and dials now, for a person who waits.
    void hurry();
    /// Closes what is open and dials again: the server's address changed.
    void restart();

    ConnectionState state() const { return state_; }
    bool isOnline() const { return phase_ == Phase::online; }
    /// Why the last attempt ended, for people; empty while online.
    const std::string &reason() const { return reason_; }
    /// Until the next attempt; nothing when none is planned.
    std::optional<milliseconds> retryIn() const;
    const std::optional<wire::ServerHello> &serverHello() const { return hello_; }
    bool updateNeeded() const { return updateNeeded_; }
    /// How far the server's clock was ahead of this one at the last login attempt; nothing before the first.
    std::optional<milliseconds> serverAhead() const { return serverAhead_; }

    /// Answered within 20 s, or ERR13 `unavailable` when there is no connection or it ends first.
    Task<wire::Outcome<wire::ServerBody>> request(wire::ClientBody body);
    /// Wants no answer; dropped without a connection.
    void post(wire::ClientBody body);
    /// Store trouble (delivery ST16): closes without acknowledging, comes back after a back-off.
    void fail(const std::string &reason);

Q_SIGNALS:
    void stateChanged();
    /// An attempt to connect or log in ended; `error` says as what a person should see it.
    void attemptFailed(const Failure &failure);
    void ready(const wire::Ready &ready);
    void delivered(const wire::Deliver &deliver);
    void drained();
    void ephemeral(const wire::Ephemeral &ephemeral);
    void preKeysLow(const wire::PreKeysLow &low);
    /// Another instance of this device took over (close 4409).
    void replaced();

private:
    enum class Phase { idle, dialling, hello, login, online };
    using Answered = Promise<wire::Outcome<wire::ServerBody>>;
    struct Waiting {
        Answered promise;
        Timer deadline;
    };

    void dial();
    void opened(Result<std::unique_ptr<net::Channel>> dialled);
    void receive(const QByteArray &bytes);
    void greet(const wire::ServerBody &body);
    void logIn(const wire::Challenge &challenge);
    void loginAnswered(const wire::ServerFrame &frame);
    void dispatch(const wire::ServerFrame &frame);
    void answer(std::uint64_t requestId, wire::Outcome<wire::ServerBody> outcome);
    void sendFrame(std::uint64_t requestId, wire::ClientBody body);
    void closed(int code, const QString &text);
    /// The attempt or the connection is over. `pause`: at least so long.
    void end(Failure failure, milliseconds pause = milliseconds { 0 });
    void dropChannel();
    void setState(ConnectionState state);
    void planHeartbeat();

    Parts &parts_;
    Phase phase_ = Phase::idle;
    ConnectionState state_ = ConnectionState::offline;
    bool wanted_ = false;
    bool updateNeeded_ = false;
    std::optional<milliseconds> serverAhead_;
    std::string reason_;
    std::optional<wire::ServerHello> hello_;
    std::unique_ptr<net::Channel> channel_;
    std::unique_ptr<QObject> attempt_; ///< context of everything that belongs to the present attempt
    std::map<std::uint64_t, Waiting> waiting_;
    std::uint64_t nextRequest_ = 1;
    net::Backoff backoff_;
    std::unique_ptr<net::Liveness> liveness_;
    Timer retry_, heartbeat_, handshake_;
    std::optional<MonoTime> retryAt_;
    milliseconds serverPause_ { 0 }; ///< the server asked for it (GoAway)
};

} // namespace kith::client
