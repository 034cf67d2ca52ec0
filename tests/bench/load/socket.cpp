// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/socket.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kith::bench {

namespace {

sockaddr_in loopback(std::uint32_t offset, std::uint16_t port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + offset);
    return address;
}

} // namespace

Socket::~Socket()
{
    close();
    if (queued_)
        std::erase(loop_.unsent_, this);
}

bool Socket::dial(const Dial &dial)
{
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0)
        return false;
    stage_ = Stage::connecting;
    context_ = dial.tls;
    session_ = dial.session;
    const int yes = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    ::setsockopt(descriptor_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    const auto from = loopback(1 + dial.source, 0), to = loopback(0, dial.port);
    if (::bind(descriptor_, reinterpret_cast<const sockaddr *>(&from), sizeof from) != 0
        || (::connect(descriptor_, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0 && errno != EINPROGRESS)) {
        close();
        return false;
    }
    waitsWritable_ = true;
    loop_.watch(*this, descriptor_, true, true);
    return true;
}

void Socket::write(std::string_view bytes)
{
    out_ += bytes;
    if (!queued_) {
        queued_ = true;
        loop_.unsent_.push_back(this);
    }
}

void Socket::close()
{
    if (descriptor_ < 0)
        return;
    if (tls_ && stage_ == Stage::open)
        SSL_shutdown(tls_.get()); // else OpenSSL takes the session for damaged and never resumes it
    tls_.reset();
    ::close(descriptor_);
    descriptor_ = -1;
    std::string().swap(in_);
    std::string().swap(out_);
}

void Socket::fail()
{
    close();
    lost();
}

void Socket::onEvents(std::uint32_t events)
{
    if (descriptor_ < 0)
        return; // closed earlier in this turn
    if (stage_ == Stage::connecting)
        return onConnected();
    if (stage_ == Stage::shaking)
        return shake();
    if (events & EPOLLOUT)
        flush();
    if (descriptor_ >= 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        read();
}

void Socket::onConnected()
{
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return fail();
    if (!context_) {
        stage_ = Stage::open;
        wantWritable(false);
        return connected();
    }
    stage_ = Stage::shaking;
    tls_.reset(SSL_new(context_));
    SSL_set_fd(tls_.get(), descriptor_);
    if (session_)
        SSL_set_session(tls_.get(), session_);
    SSL_set_connect_state(tls_.get());
    shake();
}

void Socket::shake()
{
    const int done = SSL_do_handshake(tls_.get());
    if (done == 1) {
        stage_ = Stage::open;
        wantWritable(false);
        return connected();
    }
    const int error = SSL_get_error(tls_.get(), done);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
        return fail();
    wantWritable(error == SSL_ERROR_WANT_WRITE);
}

long Socket::sendSome(std::string_view bytes)
{
    if (tls_)
        return SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
    return ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void Socket::flush()
{
    queued_ = false;
    if (descriptor_ < 0 || stage_ != Stage::open)
        return;
    std::size_t sent = 0;
    while (sent < out_.size()) {
        const long now = sendSome(std::string_view(out_).substr(sent));
        if (now <= 0) {
            const bool later =
                tls_ ? SSL_get_error(tls_.get(), static_cast<int>(now)) == SSL_ERROR_WANT_WRITE : errno == EAGAIN;
            if (!later)
                return fail();
            break;
        }
        sent += static_cast<std::size_t>(now);
    }
    out_.erase(0, sent);
    wantWritable(!out_.empty());
    if (out_.empty() && out_.capacity() > 4'096)
        std::string().swap(out_);
}

long Socket::receiveSome(char *out, std::size_t size)
{
    if (tls_)
        return SSL_read(tls_.get(), out, static_cast<int>(size));
    return ::recv(descriptor_, out, size, 0);
}

void Socket::read()
{
    static thread_local std::array<char, 256 * 1024> buffer;
    do {
        const long got = receiveSome(buffer.data(), buffer.size());
        if (got <= 0) {
            const bool later = tls_ ? SSL_get_error(tls_.get(), static_cast<int>(got)) == SSL_ERROR_WANT_READ
                                    : got < 0 && errno == EAGAIN;
            return later ? void() : fail();
        }
        take({ buffer.data(), static_cast<std::size_t>(got) });
    } while (tls_ && SSL_pending(tls_.get()) > 0);
}

void Socket::take(std::string_view bytes)
{
    if (in_.empty()) {
        const auto used = received(bytes);
        if (descriptor_ >= 0)
            in_ = bytes.substr(used);
        return;
    }
    in_ += bytes;
    const auto used = received(std::string(in_)); // a copy: closing inside empties in_
    if (descriptor_ < 0)
        return;
    in_.erase(0, used);
    if (in_.empty())
        std::string().swap(in_);
}

void Socket::wantWritable(bool wanted)
{
    if (wanted == waitsWritable_)
        return;
    waitsWritable_ = wanted;
    loop_.watch(*this, descriptor_, false, wanted);
}

} // namespace kith::bench
