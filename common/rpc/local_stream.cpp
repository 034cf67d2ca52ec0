// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/local_stream.h"

#include "common/base/secret_bytes.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace kith::rpc {

namespace {

constexpr std::size_t readAtOnce = std::size_t { 64 } * 1024;

/// The first `size` of them.
void wipePart(QByteArray &bytes, qsizetype size)
{
    wipe({ reinterpret_cast<std::uint8_t *>(bytes.data()), static_cast<std::size_t>(size) });
}

bool isForLater(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

LocalStream::LocalStream(int descriptor) : descriptor_(descriptor)
{
    ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
    readable_ = std::make_unique<QSocketNotifier>(descriptor_, QSocketNotifier::Read);
    writable_ = std::make_unique<QSocketNotifier>(descriptor_, QSocketNotifier::Write);
    writable_->setEnabled(false);
    connect(readable_.get(), &QSocketNotifier::activated, this, &LocalStream::onReadable);
    connect(writable_.get(), &QSocketNotifier::activated, this, &LocalStream::onWritable);
}

LocalStream::~LocalStream()
{
    close();
}

Result<std::unique_ptr<LocalStream>> LocalStream::connectTo(const QString &path)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    if (static_cast<std::size_t>(name.size()) >= sizeof address.sun_path)
        return Error { ErrorCode::io, "a socket path of more than 107 bytes" };
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return Error { ErrorCode::io, std::string("socket: ") + std::strerror(errno) };
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return std::make_unique<LocalStream>(descriptor);
    const int cause = errno;
    ::close(descriptor);
    if (cause == ENOENT || cause == ECONNREFUSED)
        return Error { ErrorCode::notFound, "nobody listens there" };
    return Error { isForLater(cause) ? ErrorCode::busy : ErrorCode::io,
                   std::string("connect: ") + std::strerror(cause) };
}

bool LocalStream::isOwnUser() const
{
    ucred peer {};
    socklen_t size = sizeof peer;
    return ::getsockopt(descriptor_, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

void LocalStream::onReadable()
{
    std::uint8_t chunk[readAtOnce];
    const ssize_t n = ::recv(descriptor_, chunk, sizeof chunk, 0);
    if (n < 0 && isForLater(errno))
        return;
    if (n <= 0) {
        close();
        Q_EMIT closed();
        return;
    }
    const std::span<std::uint8_t> bytes(chunk, static_cast<std::size_t>(n));
    Q_EMIT received(bytes); // may be the end of this object
    wipe(bytes);
}

void LocalStream::write(ByteView bytes)
{
    if (!isOpen())
        return;
    const auto gone = unsent_.isEmpty() ? send(bytes) : 0;
    unsent_.append(reinterpret_cast<const char *>(bytes.data()) + gone, static_cast<qsizetype>(bytes.size()) - gone);
    writable_->setEnabled(!unsent_.isEmpty());
}

void LocalStream::onWritable()
{
    const auto gone = send(viewOf(unsent_));
    wipePart(unsent_, gone);
    unsent_.remove(0, gone);
    if (unsent_.isEmpty()) {
        unsent_.clear();
        writable_->setEnabled(false);
    }
    Q_EMIT drained();
}

/// How many of `bytes` need no more sending: all of them on a broken socket, whose reader will see the end.
qsizetype LocalStream::send(ByteView bytes)
{
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t n = ::send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n < 0 && isForLater(errno))
            break;
        sent += n < 0 ? bytes.size() - sent : static_cast<std::size_t>(n);
    }
    return static_cast<qsizetype>(sent);
}

void LocalStream::close()
{
    if (!isOpen())
        return;
    for (auto *notifier : { readable_.release(), writable_.release() }) {
        notifier->setEnabled(false);
        notifier->deleteLater(); // may be the one whose signal is being handled
    }
    ::close(std::exchange(descriptor_, -1));
    wipePart(unsent_, unsent_.size());
    unsent_.clear();
}

} // namespace kith::rpc
