// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/timers.h"
#include "server/gateway/control_frames.h"
#include "server/gateway/upgrader.h"
#include "server/gateway/worker.h"

#include <QHash>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

namespace kith::server::gateway {

/// Makes channels on QWebSocket, by a QWebSocketServer that does not listen.
class QtUpgrader final : public QObject, public Upgrader {
public:
    /// `settings`, `clock` and `timers` outlive it.
    QtUpgrader(const WorkerSettings &settings, const Clock &clock, Timers &timers, OnArrival onArrival);
    ~QtUpgrader() override;

    void take(int descriptor, Admission::Verdict verdict) override;

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

    const WorkerSettings &settings_;
    const Clock &clock_;
    Timers &timers_;
    OnArrival onArrival_;
    QWebSocketServer server_;
    QHash<Peer, std::shared_ptr<Pending>> pending_; // shared: QHash wants to copy
};

} // namespace kith::server::gateway
