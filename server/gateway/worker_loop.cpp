// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/worker_loop.h"

#include "common/net/web_socket_channel.h"
#include "common/wire/codec.h"

#include <QPointer>
#include <QSslSocket>
#include <QWebSocketCorsAuthenticator>

#include <limits>
#include <unistd.h>

namespace kith::server::gateway {

namespace {

constexpr qint64 handshakeBytes = 16 * 1024; // an upgrade request has a few hundred
constexpr int maxTurningAway = 256; // beyond this a word costs more than a cut

} // namespace

WorkerLoop::WorkerLoop(const Clock &clock, WorkerSettings settings)
    : clock_(clock)
    , settings_(std::move(settings))
    , handlers_(settings_.makeHandlers(timers_))
    , server_(QStringLiteral("kith"), QWebSocketServer::NonSecureMode)
{
    server_.setSupportedSubprotocols({ QString::fromLatin1(wire::subprotocol) });
    server_.setMaxPendingConnections(std::numeric_limits<int>::max()); // taken out at once; 30 by default (TR23)
    connect(&server_, &QWebSocketServer::newConnection, this, &WorkerLoop::onUpgraded);
    connect(&server_, &QWebSocketServer::originAuthenticationRequired, this,
            [](QWebSocketCorsAuthenticator *page) { page->setAllowed(page->origin().isEmpty()); }); // no browser pages
}

WorkerLoop::~WorkerLoop()
{
    for (const auto &pending : std::exchange(pending_, {})) {
        pending->socket->disconnect(this);
        delete pending->socket;
    }
}

std::pair<QTcpSocket *, ControlFrames *> WorkerLoop::newSocket() const
{
    if (settings_.tls) {
        auto *socket = new Watched<QSslSocket>(clock_);
        return { socket, socket->control() };
    }
    auto *socket = new Watched<QTcpSocket>(clock_);
    return { socket, socket->control() };
}

void WorkerLoop::take(qintptr descriptor, Admission::Verdict verdict)
{
    const auto [made, control] = newSocket();
    auto *socket = made; // a structured binding cannot be captured
    if ((!verdict.seat && turningAway_ >= maxTurningAway) || !socket->setSocketDescriptor(descriptor)) {
        ::close(static_cast<int>(descriptor));
        delete socket;
        return;
    }
    socket->setReadBufferSize(handshakeBytes);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); // the loop batches; Nagle would only delay
    net::WebSocketChannel::setUserTimeout(descriptor);
    const Peer peer { socket->peerAddress(), socket->peerPort() };
    if (!verdict.seat)
        ++turningAway_;
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

void WorkerLoop::startTls(QTcpSocket *socket)
{
    auto *tls = static_cast<QSslSocket *>(socket);
    tls->setSslConfiguration(*settings_.tls);
    connect(tls, &QSslSocket::encrypted, this, [this, tls] { server_.handleConnection(tls); });
    tls->startServerEncryption();
}

/// A peer that did not get as far as the upgrade.
void WorkerLoop::drop(const Peer &peer)
{
    const auto pending = pending_.take(peer);
    if (!pending)
        return;
    if (!pending->verdict.seat)
        --turningAway_;
    pending->socket->disconnect(this);
    pending->socket->abort();
    pending->socket->deleteLater();
}

void WorkerLoop::onUpgraded()
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
    const bool ours = socket->subprotocol() == QLatin1String(wire::subprotocol);
    std::unique_ptr<net::Channel> channel =
        std::make_unique<net::WebSocketChannel>(std::move(socket), settings_.certificateHash, timers_);
    limitControlFrames(*pending, raw, *channel);
    if (!pending->verdict.seat)
        return turnAway(std::move(channel), pending->verdict.retryAfter);
    QObject::connect(channel.get(), &QObject::destroyed, [seat = pending->verdict.seat] {}); // frees the seat
    if (ours)
        return handlers_.connected(std::move(channel));
    auto *refused = channel.release();
    connect(refused, &net::Channel::closed, refused, &QObject::deleteLater);
    refused->close(wire::CloseCode::policy, QStringLiteral("this server speaks kith.v1"));
}

/// LIM3. Pings and pongs count; who sends more hears 1008, and not another byte of his is read.
void WorkerLoop::limitControlFrames(const Pending &pending, QWebSocket &socket, net::Channel &channel)
{
    auto *control = pending.control;
    connect(&socket, &QWebSocket::pong, control, [control] { control->count(); });
    control->watch([socket = pending.socket, channel = QPointer(&channel)] {
        socket->disconnect(SIGNAL(readyRead()));
        if (channel)
            channel->close(wire::CloseCode::policy, QStringLiteral("too many control frames"));
    });
}

void WorkerLoop::turnAway(std::unique_ptr<net::Channel> channel, milliseconds retryAfter)
{
    auto *refused = channel.release();
    connect(refused, &net::Channel::closed, this, [this, refused] {
        --turningAway_;
        refused->deleteLater();
    });
    refused->setParent(this);
    refused->send(wire::encode(wire::ServerFrame { 0, wire::GoAway { retryAfter } }));
    refused->close(wire::CloseCode::tryLater, QStringLiteral("come back later"));
}

} // namespace kith::server::gateway
