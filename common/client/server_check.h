// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/client/engine.h"
#include "common/net/channel.h"
#include "common/wire/frames.h"

#include <QObject>

#include <memory>

namespace kith::client {

/// What a server says before anybody logs in.
struct ServerReport {
    net::ServerAddress address;
    QByteArray certificate; ///< SHA-256 of its certificate; empty without TLS
    wire::ServerHello hello;
    milliseconds ahead { 0 }; ///< its clock before ours
    milliseconds time { 0 }; ///< from the dialling to the greeting
};

/// Dials a server, hears its greeting and leaves: for somebody who has no account yet. Nothing is stored. One thread.
class ServerCheck final : public QObject {
    Q_OBJECT
public:
    ServerCheck(World world, net::ServerAddress address, QObject *parent);

    /// Called once; this deletes itself when it is answered. Errors: network; timeout; untrustedIdentity for a
    /// certificate or pin; unsupported for what speaks no Kith; updateNeeded.
    Task<Answer<ServerReport>> run();

private:
    void opened(Result<std::unique_ptr<net::Channel>> dialled);
    void receive(const QByteArray &bytes);
    void end(Answer<ServerReport> answer);

    World world_;
    ServerReport report_;
    Promise<Answer<ServerReport>> promise_;
    std::unique_ptr<net::Channel> channel_;
    Timer deadline_;
    MonoTime start_ {};
    bool greeted_ = false;
};

} // namespace kith::client
