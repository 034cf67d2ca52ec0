// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/net/web_socket_channel.h"

#include "common/base/failpoint.h"
#include "common/wire/limits.h"

#include <QHostAddress>
#include <QWebSocket>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace kith::net {

namespace {

constexpr int abnormal = 1006; // RFC 6455 7.4.1: the connection died without a close frame
constexpr milliseconds closeDeadline { 3'000 };
constexpr unsigned userTimeoutMs = 30'000; // security S8
constexpr qint64 frameHeader = 16; // RFC 6455 5.2: 14 bytes at most

/// QWebSocket 6.4 does not know 1012 to 1014, which all mean "later", and reports 1002 with this text (its own number
/// in it by mistake; untranslated, because no program of ours installs Qt's translations).
int codeOf(const QWebSocket &socket)
{
    const bool isTryLater = socket.closeCode() == QWebSocketProtocol::CloseCodeProtocolError
        && socket.closeReason() == QLatin1String("Invalid close code 1002 detected.");
    return isTryLater ? static_cast<int>(wire::CloseCode::tryLater) : static_cast<int>(socket.closeCode());
}

} // namespace

void WebSocketChannel::limit(QWebSocket &socket, std::size_t bytes)
{
    socket.setMaxAllowedIncomingFrameSize(bytes);
    socket.setMaxAllowedIncomingMessageSize(bytes);
    // QWebSocket waits until a whole frame lies in the socket's buffer: a smaller one would never get it.
    socket.setReadBufferSize(static_cast<qint64>(bytes) + frameHeader);
}

void WebSocketChannel::setUserTimeout(qintptr descriptor)
{
    if (descriptor >= 0)
        ::setsockopt(static_cast<int>(descriptor), IPPROTO_TCP, TCP_USER_TIMEOUT, &userTimeoutMs, sizeof userTimeoutMs);
}

WebSocketChannel::WebSocketChannel(std::unique_ptr<QWebSocket> socket, QByteArray certificateHash, Timers &timers)
    : socket_(std::move(socket))
    , certificateHash_(std::move(certificateHash))
    , timers_(timers)
{
    connect(socket_.get(), &QWebSocket::binaryFrameReceived, this,
            [this](const QByteArray &, bool last) { onFragment(last); });
    connect(socket_.get(), &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &frame) {
        if (open_)
            Q_EMIT received(frame);
    });
    connect(socket_.get(), &QWebSocket::textFrameReceived, this,
            [this] { close(wire::CloseCode::policy, QStringLiteral("binary messages only")); });
    connect(socket_.get(), &QWebSocket::pong, this, [this] {
        if (open_)
            Q_EMIT heard();
    });
    connect(socket_.get(), &QWebSocket::bytesWritten, this, [this] {
        KITH_FAILPOINT("c4");
        if (open_)
            Q_EMIT written();
    });
    connect(socket_.get(), &QWebSocket::aboutToClose, this, [this] { shaken_ = true; });
    connect(socket_.get(), &QWebSocket::disconnected, this, &WebSocketChannel::onDisconnected);
}

WebSocketChannel::~WebSocketChannel()
{
    ended_ = true;
    socket_->disconnect(this);
    socket_->abort();
    socket_.release()->deleteLater(); // may be emitting right now
}

void WebSocketChannel::send(const QByteArray &frame)
{
    if (!open_)
        return;
    // What a death in the middle of a write leaves: a header, and half of what it announces (RFC 6455 5.2).
    KITH_FAILPOINT("c3", [&] {
        const auto size = static_cast<quint16>(std::min<qsizetype>(frame.size(), 0xffff));
        QByteArray half("\x82", 1);
        if (size < 126)
            half.append(static_cast<char>(0x80 | size));
        else
            half.append('\xfe').append(static_cast<char>(size >> 8)).append(static_cast<char>(size));
        half.append("mask").append(frame.first(size / 2));
        auto *socket = socket_->findChild<QAbstractSocket *>();
        socket->write(half);
        socket->flush();
    });
    socket_->sendBinaryMessage(frame);
}

void WebSocketChannel::close(wire::CloseCode code, const QString &reason)
{
    if (!open_)
        return;
    open_ = false;
    closeCode_ = static_cast<int>(code);
    closeReason_ = reason;
    closing_ = timers_.after(closeDeadline, [this] { socket_->abort(); });
    socket_->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

void WebSocketChannel::abort()
{
    if (ended_)
        return;
    open_ = false;
    closeCode_ = closeCode_ ? closeCode_ : abnormal;
    socket_->abort();
}

void WebSocketChannel::ping()
{
    if (open_)
        socket_->ping();
}

qint64 WebSocketChannel::bytesToWrite() const
{
    return socket_->bytesToWrite();
}

QString WebSocketChannel::peerAddress() const
{
    return socket_->peerAddress().toString();
}

void WebSocketChannel::onFragment(bool last)
{
    if (!open_)
        return;
    const QPointer<WebSocketChannel> self(this);
    Q_EMIT heard();
    if (!self)
        return;
    fragments_ = last ? 0 : fragments_ + 1;
    if (fragments_ >= wire::limits::messageFragments)
        close(wire::CloseCode::policy, QStringLiteral("too many fragments"));
}

void WebSocketChannel::onDisconnected()
{
    if (std::exchange(ended_, true))
        return;
    open_ = false;
    closing_.cancel();
    if (closeCode_)
        Q_EMIT closed(closeCode_, closeReason_);
    else if (shaken_)
        Q_EMIT closed(codeOf(*socket_), socket_->closeReason());
    else
        Q_EMIT closed(abnormal, {}); // where QWebSocket says 1000
}

} // namespace kith::net
