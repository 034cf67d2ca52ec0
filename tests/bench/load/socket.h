// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/loop.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

namespace kith::bench {

/// Where to connect to, and how.
struct Dial {
    std::uint16_t port = 0; ///< on 127.0.0.1
    /// Added to 127.0.0.2 for our own address: one address has 28,000 ports for one peer.
    std::uint32_t source = 0;
    SSL_CTX *tls = nullptr; ///< null: plain
    SSL_SESSION *session = nullptr; ///< to resume
};

/// A TCP or TLS connection of a loop, with what it received and could not send yet. Subclasses speak a protocol.
class Socket {
public:
    explicit Socket(Loop &loop) : loop_(loop) { }
    virtual ~Socket();
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    /// Starts to connect; connected() or lost() follows. False when the system refuses at once.
    bool dial(const Dial &dial);
    /// Sends at the next turn.
    void write(std::string_view bytes);
    /// Closes without lost().
    void close();
    bool isOpen() const { return descriptor_ >= 0; }
    const SSL *tls() const { return tls_.get(); }

protected:
    virtual void connected() = 0;
    /// Returns how many of the bytes were used; the rest comes again in front of what follows.
    virtual std::size_t received(std::string_view bytes) = 0;
    virtual void lost() { }

    Loop &loop_;

private:
    friend class Loop;
    enum class Stage { connecting, shaking, open };

    void onEvents(std::uint32_t events);
    void onConnected();
    void shake();
    void flush();
    void read();
    void take(std::string_view bytes);
    long sendSome(std::string_view bytes);
    long receiveSome(char *out, std::size_t size);
    void wantWritable(bool wanted);
    void fail();

    struct Freed {
        void operator()(SSL *tls) const { SSL_free(tls); }
    };
    int descriptor_ = -1;
    Stage stage_ = Stage::connecting;
    bool waitsWritable_ = false;
    bool queued_ = false; ///< in the loop's list
    SSL_CTX *context_ = nullptr;
    SSL_SESSION *session_ = nullptr;
    std::unique_ptr<SSL, Freed> tls_;
    std::string in_, out_;
};

} // namespace kith::bench
