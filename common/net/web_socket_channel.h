// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/timers.h"
#include "common/net/channel.h"

#include <memory>

class QWebSocket;

namespace kith::net {

/// A channel on an open QWebSocket, for either side.
///
/// Binary messages only: text closes with 1008, more than 64 fragments a message too (LIM3), more bytes than the limit
/// with 1009 (LIM1, by QWebSocket itself). A close that the peer does not finish within 3 s becomes a cut.
class WebSocketChannel final : public Channel {
    Q_OBJECT
public:
    /// Sets both size limits: QWebSocket takes 2 GiB by default (security TR23). Before the first byte is read.
    static void limit(QWebSocket &socket, std::size_t bytes);
    /// Lets the kernel give up on a peer that acknowledges nothing for 30 s (security S8).
    static void setUserTimeout(qintptr descriptor);

    /// `socket` is open and limited. `certificateHash` as in Channel.
    WebSocketChannel(std::unique_ptr<QWebSocket> socket, QByteArray certificateHash, Timers &timers);
    ~WebSocketChannel() override;

    void send(const QByteArray &frame) override;
    void close(wire::CloseCode code, const QString &reason) override;
    void abort() override;
    void ping() override;
    bool isOpen() const override { return open_; }
    qint64 bytesToWrite() const override;
    QString peerAddress() const override;
    QByteArray certificateHash() const override { return certificateHash_; }

private:
    void onFragment(bool last);
    void onDisconnected();

    std::unique_ptr<QWebSocket> socket_;
    QByteArray certificateHash_;
    Timers &timers_;
    Timer closing_;
    int fragments_ = 0;
    bool open_ = true;
    bool ended_ = false;
    bool shaken_ = false; ///< a close frame came or went
    int closeCode_ = 0; ///< ours, 0 while we have not closed
    QString closeReason_;
};

} // namespace kith::net
