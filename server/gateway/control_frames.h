// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/allowance.h"

#include <QObject>

#include <functional>

namespace kith::server::gateway {

/// The control frames of one connection: 10 a second, and as many at once (security LIM3).
///
/// QWebSocket 6.4 answers pings itself and tells nobody. What it does tell is its answers, on their way out: so the
/// pongs that are written are counted as the pings that came. One thread; dies with its socket.
class ControlFrames final : public QObject {
public:
    ControlFrames(const Clock &clock, QObject *socket);

    /// The upgrade is over: what is written from here on is frames. `tooMany` is called once, from the event loop.
    void watch(std::function<void()> tooMany);
    /// `size` bytes that are about to be written.
    void onWrite(const char *data, qint64 size);
    /// A control frame came.
    void count();

private:
    void addToHead(char byte);

    Allowance allowance_;
    std::function<void()> tooMany_; ///< empty: not watching (yet)
    QByteArray head_; ///< the begun head of a frame
    qint64 payload_ = 0; ///< what is left of the frame under way
};

/// A QTcpSocket or QSslSocket that shows its ControlFrames what is written.
template <class Socket>
class Watched final : public Socket {
public:
    explicit Watched(const Clock &clock) : control_(new ControlFrames(clock, this)) { }
    ControlFrames *control() const { return control_; }

protected:
    qint64 writeData(const char *data, qint64 size) override
    {
        control_->onWrite(data, size);
        return Socket::writeData(data, size);
    }

private:
    ControlFrames *control_;
};

} // namespace kith::server::gateway
