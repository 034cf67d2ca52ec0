// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/timers.h"
#include "common/net/channel.h"

#include <QPointer>

#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace kith::support {

/// What happens to the frames of one direction. May be changed at any time; frames on their way keep their delay.
struct Faults {
    milliseconds delay { 0 };
    bool silent = false; ///< frames, pings and closes vanish without a sign: a cable that was pulled
    bool stalled = false; ///< the peer does not read: bytesToWrite() grows; goes on with MemoryChannel::resume()
    /// How often a frame arrives: 0 lost, 1 as usual, 2 doubled. Unset: 1.
    std::function<int(const QByteArray &frame)> copies;
    /// What arrives in place of a frame: a liar in between. Unset: the frame. Its answer may be empty: lost.
    std::function<QByteArray(const QByteArray &frame)> alter;
};

/// The in-memory twin of WebSocketChannel: ordered frames between two objects on one thread, on injected timers.
class MemoryChannel final : public net::Channel {
    Q_OBJECT
public:
    struct Ends {
        std::unique_ptr<MemoryChannel> client, server;
    };
    /// Two connected ends. `hash` is what both report as certificateHash().
    static Ends makePair(Timers &timers, const QByteArray &hash = {});
    static Ends makePair(Timers &timers, const QByteArray &hash, std::shared_ptr<Faults> toServer,
                         std::shared_ptr<Faults> toClient);
    ~MemoryChannel() override;

    void send(const QByteArray &frame) override;
    void close(wire::CloseCode code, const QString &reason) override;
    void abort() override;
    void ping() override;
    bool isOpen() const override { return open_; }
    qint64 bytesToWrite() const override { return waitingBytes_; }
    QString peerAddress() const override { return address_; }
    QByteArray certificateHash() const override { return hash_; }

    /// What happens to frames that this end sends.
    Faults &faults() { return *faults_; }
    /// Moves what stalled.
    void resume();
    void setPeerAddress(const QString &address) { address_ = address; }

private:
    MemoryChannel(Timers &timers, QByteArray hash, std::shared_ptr<Faults> faults);
    void later(milliseconds delay, std::function<void()> f);
    void launch(const QByteArray &frame);
    void arrive(const QByteArray &frame);
    void end(int code, const QString &reason);
    void endPeer(int code, const QString &reason);

    Timers &timers_;
    std::shared_ptr<Faults> faults_; // shared: a network changes the faults of all its links at once
    QPointer<MemoryChannel> peer_;
    QByteArray hash_;
    QString address_ = QStringLiteral("127.0.0.1");
    bool open_ = true;
    bool aborted_ = false;
    qint64 waitingBytes_ = 0;
    std::deque<QByteArray> stalled_;
    std::uint64_t nextCall_ = 0;
    std::map<std::uint64_t, Timer> calls_;
};

} // namespace kith::support
