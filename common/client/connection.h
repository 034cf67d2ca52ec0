// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/base/timers.h"
#include "common/net/channel.h"
#include "common/wire/frames.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace kith::net {
class Backoff;
}

namespace kith::client {

struct Parts;

enum class ConnectionState { offline, connecting, online };
const char *toString(ConnectionState state);

/// The one WebSocket to the server: dial, hello, login, requests, heartbeat, back-off (security S2, S8, S17).
///
/// online means: Ready came. Events of the queue go out as signals in order; nothing here touches the database except
/// through Account and Profile.
class Connection final : public QObject {
    Q_OBJECT
public:
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
    bool isOnline() const { return state_ == ConnectionState::online; }
    /// Why the last attempt ended, for people; empty while online.
    const std::string &reason() const { return reason_; }
    std::optional<milliseconds> retryIn() const;
    const std::optional<wire::ServerHello> &serverHello() const { return hello_; }
    bool updateNeeded() const { return updateNeeded_; }

    /// Answered within 20 s (delivery ST3), or `unavailable` when the connection is not there or ends first.
    Task<wire::Outcome<wire::ServerBody>> request(wire::ClientBody body);
    /// Wants no answer; dropped without a connection.
    void post(wire::ClientBody body);
    /// Dials apart from the kept connection and reports the server's hello. `account` may not exist yet.
    Task<wire::Outcome<wire::ServerBody>> registerAt(const net::ServerAddress &address);
    /// Store trouble (delivery ST16): close without acknowledging, come back after a back-off.
    void fail(const std::string &reason);

Q_SIGNALS:
    void stateChanged();
    /// Logged in. `fresh`: the queue's epoch changed, everything is drained from the start (delivery ID3).
    void ready(const wire::Ready &ready);
    void delivered(const wire::Deliver &deliver);
    void drained(const wire::Drained &drained);
    void ephemeral(const wire::Ephemeral &ephemeral);
    void preKeysLow(const wire::PreKeysLow &low);

private:
    Parts &parts_;
    ConnectionState state_ = ConnectionState::offline;
    std::string reason_;
    std::optional<wire::ServerHello> hello_;
    bool updateNeeded_ = false;
};

} // namespace kith::client
