// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/qt_upgrader.h"

#include "common/net/web_socket_channel.h"
#include "common/wire/frames.h"
#include "server/gateway/lean/tls_context.h"

#include <QPointer>
#include <QSslSocket>
#include <QWebSocketCorsAuthenticator>

#include <limits>
#include <unistd.h>

namespace kith::server::gateway {

QtUpgrader::QtUpgrader(const WorkerSettings &settings, const Clock &clock, Timers &timers, OnArrival onArrival)
    : settings_(settings)
    , clock_(clock)
    , timers_(timers)
    , onArrival_(std::move(onArrival))
    , server_(QStringLiteral("kith"), QWebSocketServer::NonSecureMode)
{
    server_.setSupportedSubprotocols({ QString::fromLatin1(wire::subprotocol) });
    server_.setMaxPendingConnections(std::numeric_limits<int>::max()); // taken out at once; 30 by default (TR23)
    connect(&server_, &QWebSocketServer::newConnection, this, &QtUpgrader::onUpgraded);
    connect(&server_, &QWebSocketServer::originAuthenticationRequired, this,
            [](QWebSocketCorsAuthenticator *page) { page->setAllowed(page->origin().isEmpty()); }); // no browser pages
}

QtUpgrader::~QtUpgrader()
{
    for (const auto &pending : std::exchange(pending_, {})) {
        pending->socket->disconnect(this);
        delete pending->socket;
    }
}

std::pair<QTcpSocket *, ControlFrames *> QtUpgrader::newSocket() const
{
    if (settings_.tls) {
        auto *socket = new Watched<QSslSocket>(clock_);
        return { socket, socket->control() };
    }
    auto *socket = new Watched<QTcpSocket>(clock_);
    return { socket, socket->control() };
}

void QtUpgrader::take(int descriptor, Admission::Verdict verdict)
{
    const auto [made, control] = newSocket();
    auto *socket = made; // a structured binding cannot be captured
    if (!socket->setSocketDescriptor(descriptor)) {
        ::close(descriptor);
        delete socket;
        return;
    }
    socket->setReadBufferSize(requestBytes);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); // the loop batches; Nagle would only delay
    net::WebSocketChannel::setUserTimeout(descriptor);
    const Peer peer { socket->peerAddress(), socket->peerPort() };
    auto pending = std::make_shared<Pending>();
    pending->socket = socket;
    pending->control = control;
    pending->verdict = std::move(verdict);
    pending->deadline = timers_.after(settings_.handshake, [this, peer] { drop(peer); });
    pending_.insert(peer, std::move(pending));
    connect(socket, &QTcpSocket::disconnected, this, [this, peer] { drop(peer); });
    if (settings_.tls)
        startTls(socket);
    else
        server_.handleConnection(socket);
}

void QtUpgrader::startTls(QTcpSocket *socket)
{
    auto *tls = static_cast<QSslSocket *>(socket);
    tls->setSslConfiguration(settings_.tls->configuration());
    connect(tls, &QSslSocket::encrypted, this, [this, tls] { server_.handleConnection(tls); });
    tls->startServerEncryption();
}

/// A peer that did not get as far as the upgrade.
void QtUpgrader::drop(const Peer &peer)
{
    const auto pending = pending_.take(peer);
    if (!pending)
        return;
    pending->socket->disconnect(this);
    pending->socket->abort();
    pending->socket->deleteLater();
}

void QtUpgrader::onUpgraded()
{
    std::unique_ptr<QWebSocket> socket(server_.nextPendingConnection());
    if (!socket)
        return;
    net::WebSocketChannel::limit(*socket, settings_.frameBytes);
    socket->setParent(nullptr);
    const auto pending = pending_.take({ socket->peerAddress(), socket->peerPort() });
    if (!pending) {
        socket.release()->deleteLater(); // the time was over in this very turn
        return;
    }
    pending->socket->disconnect(this);
    auto &raw = *socket;
    const bool speaksKith = socket->subprotocol() == QLatin1String(wire::subprotocol);
    std::unique_ptr<net::Channel> channel =
        std::make_unique<net::WebSocketChannel>(std::move(socket), settings_.certificateHash, timers_);
    limitControlFrames(*pending, raw, *channel);
    onArrival_({ std::move(channel), std::move(pending->verdict), speaksKith });
}

/// LIM3. Pings and pongs count; who sends more hears 1008, and not another byte of his is read.
void QtUpgrader::limitControlFrames(const Pending &pending, QWebSocket &socket, net::Channel &channel)
{
    auto *control = pending.control;
    connect(&socket, &QWebSocket::pong, control, [control] { control->count(); });
    control->watch([socket = pending.socket, channel = QPointer(&channel)] {
        socket->disconnect(SIGNAL(readyRead()));
        if (channel)
            channel->close(wire::CloseCode::policy, QStringLiteral("too many control frames"));
    });
}

} // namespace kith::server::gateway
