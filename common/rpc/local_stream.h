// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/result.h"

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace kith::rpc {

/// One end of a connected UNIX stream socket. One thread, never blocks.
///
/// Not QLocalSocket: that keeps its last buffers for as long as it lives, and passphrases and messages pass here. These
/// buffers are wiped as soon as their bytes have gone on (security B3, B5).
class LocalStream final : public QObject {
    Q_OBJECT
public:
    /// Takes over the descriptor of a connected socket.
    explicit LocalStream(int descriptor);
    ~LocalStream() override;

    /// Errors: notFound when nobody listens at `path`; busy when too many wait there already, try again; io.
    static Result<std::unique_ptr<LocalStream>> connectTo(const QString &path);

    bool isOpen() const { return descriptor_ >= 0; }
    /// Whether the process at the other end is of this user (security B2).
    bool isOwnUser() const;

    /// Sends now what the socket takes; the rest is copied and waits. Does nothing once closed.
    void write(ByteView bytes);
    /// Bytes that wait for the socket.
    qint64 unsent() const { return unsent_.size(); }
    /// Closes at once, without a signal; what waits is lost.
    void close();

Q_SIGNALS:
    /// Bytes arrived; they are wiped when the call returns.
    void received(kith::ByteView bytes);
    /// Some of what waited has gone.
    void drained();
    /// The other end has closed, or the socket broke. Last signal.
    void closed();

private:
    void onReadable();
    void onWritable();
    qsizetype send(ByteView bytes);

    int descriptor_;
    QByteArray unsent_;
    std::unique_ptr<QSocketNotifier> readable_, writable_;
};

} // namespace kith::rpc
