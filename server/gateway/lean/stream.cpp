// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/lean/stream.h"

#include "server/gateway/lean/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <sys/socket.h>
#include <unistd.h>

namespace kith::server::gateway {

namespace {

class PlainStream final : public Stream {
public:
    explicit PlainStream(int descriptor) : descriptor_(descriptor) { }
    ~PlainStream() override { ::close(descriptor_); }

    std::optional<std::size_t> read(std::span<char> into) override
    {
        const auto count = ::recv(descriptor_, into.data(), into.size(), 0);
        return count == 0 ? std::nullopt : progressOf(count); // 0: the peer's end
    }
    std::optional<std::size_t> write(QByteArrayView bytes) override
    {
        return progressOf(::send(descriptor_, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL));
    }
    void finish() override { ::shutdown(descriptor_, SHUT_WR); }

private:
    static std::optional<std::size_t> progressOf(ssize_t count)
    {
        if (count >= 0)
            return static_cast<std::size_t>(count);
        return errno == EAGAIN || errno == EINTR ? std::optional<std::size_t>(0) : std::nullopt;
    }

    int descriptor_;
};

class TlsStream final : public Stream {
public:
    TlsStream(int descriptor, const TlsContext &context) : descriptor_(descriptor), ssl_(context.newConnection())
    {
        if (ssl_)
            SSL_set_fd(ssl_.get(), descriptor);
    }
    ~TlsStream() override
    {
        ssl_.reset();
        ::close(descriptor_);
    }

    std::optional<std::size_t> read(std::span<char> into) override
    {
        if (!ssl_)
            return std::nullopt;
        ERR_clear_error();
        return progressOf(SSL_read(ssl_.get(), into.data(), sizeOf(into.size())));
    }
    std::optional<std::size_t> write(QByteArrayView bytes) override
    {
        if (!ssl_)
            return std::nullopt;
        ERR_clear_error();
        return progressOf(SSL_write(ssl_.get(), bytes.data(), sizeOf(static_cast<std::size_t>(bytes.size()))));
    }
    void finish() override
    {
        if (ssl_ && SSL_is_init_finished(ssl_.get()))
            SSL_shutdown(ssl_.get());
        ERR_clear_error();
        ::shutdown(descriptor_, SHUT_WR);
    }

private:
    static int sizeOf(std::size_t size)
    {
        return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
    }
    /// Renegotiation is off and a fresh socket takes a whole flight of the handshake: nobody waits for the opposite
    /// direction.
    std::optional<std::size_t> progressOf(int count)
    {
        if (count > 0)
            return static_cast<std::size_t>(count);
        const int why = SSL_get_error(ssl_.get(), count);
        if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE)
            return 0;
        if (why == SSL_ERROR_SSL || why == SSL_ERROR_SYSCALL)
            ssl_.reset(); // it says so itself: no further call, not even a shutdown
        return std::nullopt;
    }

    int descriptor_;
    TlsContext::Connection ssl_;
};

} // namespace

std::unique_ptr<Stream> Stream::plain(int descriptor)
{
    return std::make_unique<PlainStream>(descriptor);
}

std::unique_ptr<Stream> Stream::tls(int descriptor, const TlsContext &context)
{
    return std::make_unique<TlsStream>(descriptor, context);
}

} // namespace kith::server::gateway
