// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/acceptor.h"

#include <sys/socket.h>

namespace kith::server::gateway {

namespace {

constexpr int backlog = 4096; // kith-server.socket has the same
constexpr milliseconds retryAccept { 1'000 };

QHostAddress peerOf(qintptr descriptor)
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (::getpeername(static_cast<int>(descriptor), address, &size) != 0)
        return {};
    return QHostAddress(address);
}

} // namespace

Acceptor::Acceptor(Admission &admission, Timers &timers, OnDescriptor onDescriptor)
    : admission_(admission)
    , timers_(timers)
    , onDescriptor_(std::move(onDescriptor))
{
    setListenBacklogSize(backlog);
    // Out of descriptors: QTcpServer stops accepting until it is told to go on.
    connect(this, &QTcpServer::acceptError, this,
            [this] { resume_ = timers_.after(retryAccept, [this] { resumeAccepting(); }); });
}

Result<void> Acceptor::open(const QHostAddress &address, quint16 port)
{
    if (listen(address, port))
        return {};
    switch (serverError()) {
    case QAbstractSocket::AddressInUseError:
        return Error { ErrorCode::busy, "the port is in use" };
    case QAbstractSocket::SocketAccessError:
        return Error { ErrorCode::permission, "the port is not allowed to this user" };
    default:
        return Error { ErrorCode::io, "the address cannot be listened on" };
    }
}

void Acceptor::incomingConnection(qintptr descriptor)
{
    onDescriptor_(descriptor, admission_.enter(peerOf(descriptor)));
}

} // namespace kith::server::gateway
