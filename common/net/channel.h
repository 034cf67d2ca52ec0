// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/wire/error.h"

#include <QByteArray>
#include <QObject>

#include <functional>
#include <memory>
#include <string>

namespace kith::net {

/// A connected, ordered, message-framed pipe: one binary WebSocket message is one frame. Two implementations:
/// WebSocketChannel (QWebSocket) and MemoryChannel (tests). Lives on one thread. Limits were set before the first byte.
///
/// `closed` comes exactly once, also after close() and when the peer dies; nothing is received after it. A channel is
/// never destroyed from inside its own signal: use deleteLater.
class Channel : public QObject {
    Q_OBJECT
public:
    explicit Channel(QObject *parent = nullptr) : QObject(parent) { }

    /// Queues one frame; written when the event loop turns. Ignored after close.
    virtual void send(const QByteArray &frame) = 0;
    /// Flushes what can be flushed, then closes with an RFC 6455 code.
    virtual void close(wire::CloseCode code, const QString &reason) = 0;
    /// Cuts without a handshake.
    virtual void abort() = 0;
    /// An RFC 6455 ping: any answer counts as heard.
    virtual void ping() = 0;
    virtual bool isOpen() const = 0;
    /// Bytes queued and not yet taken by the kernel.
    virtual qint64 bytesToWrite() const = 0;
    /// The peer's IP address, or empty.
    virtual QString peerAddress() const = 0;
    /// SHA-256 (RFC 5929 tls-server-end-point) of the server's certificate, or empty on a plain socket.
    virtual QByteArray certificateHash() const = 0;

Q_SIGNALS:
    void received(const QByteArray &frame);
    /// Any sign of life of the peer: a frame, a pong.
    void heard();
    /// Some queued bytes went to the kernel.
    void written();
    void closed(int code, const QString &reason);
};

/// Where a server is and how it is recognised (security L9).
struct ServerAddress {
    QString url; ///< wss://host:port, or ws:// on loopback only
    QByteArray pin; ///< 32 B SHA-256 of SubjectPublicKeyInfo (DER), or empty: the system's CAs decide
    bool operator==(const ServerAddress &) const = default;

    /// Reads `wss://host:port`, `ws://127.0.0.1:8480` or `kith://server?host=H:P&pin=sha256:...`. `pinText` is the
    /// value of --pin, or empty. Errors: invalid with a detail for people; permission for ws:// beyond loopback.
    static Result<ServerAddress> parse(const QString &text, const QString &pinText = {});
    /// The kith:// form, or the url where there is no pin.
    QString toText() const;
};

/// Opens channels to servers. Two implementations: WebSocketDialer and MemoryNetwork (tests).
class Dialer {
public:
    /// `channel` is open, or null with the reason: network, timeout (10 s), untrusted (certificate or pin), unsupported
    /// (no kith.v1 subprotocol).
    using Done = std::function<void(Result<std::unique_ptr<Channel>>)>;
    virtual ~Dialer() = default;
    /// Calls `done` once, later, on this thread, unless `context` died before.
    virtual void dial(const ServerAddress &address, QObject *context, Done done) = 0;
};

} // namespace kith::net
