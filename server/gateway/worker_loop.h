// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/control_frames.h"
#include "server/gateway/worker.h"

#include <QHash>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

namespace kith::server::gateway {

/// What lives on a worker's thread: sockets on their way to a channel. From the descriptor to the upgraded WebSocket
/// there are 5 s (LIM12) and 16 KiB.
class WorkerLoop final : public QObject {
public:
    WorkerLoop(const Clock &clock, WorkerSettings settings);
    ~WorkerLoop() override;

    void take(qintptr descriptor, Admission::Verdict verdict);
    void goAway(milliseconds spread) { handlers_.goAway(spread); }

private:
    using Peer = std::pair<QHostAddress, quint16>;
    struct Pending {
        QTcpSocket *socket = nullptr; // ours until the upgrade, QWebSocket's afterwards
        ControlFrames *control = nullptr; // the socket's
        Admission::Verdict verdict;
        Timer deadline;
    };

    std::pair<QTcpSocket *, ControlFrames *> newSocket() const;
    void startTls(QTcpSocket *socket);
    void drop(const Peer &peer);
    void onUpgraded();
    static void limitControlFrames(const Pending &pending, QWebSocket &socket, net::Channel &channel);
    void turnAway(std::unique_ptr<net::Channel> channel, milliseconds retryAfter);

    const Clock &clock_;
    WorkerSettings settings_;
    QtTimers timers_;
    WorkerHandlers handlers_;
    QWebSocketServer server_;
    QHash<Peer, std::shared_ptr<Pending>> pending_; // shared: QHash wants to copy
    int turningAway_ = 0;
};

} // namespace kith::server::gateway
