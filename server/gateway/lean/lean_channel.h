// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/allowance.h"
#include "common/base/timers.h"
#include "common/net/channel.h"
#include "server/gateway/lean/frame_reader.h"
#include "server/gateway/lean/stream.h"

#include <QSocketNotifier>

#include <memory>

namespace kith::server::gateway {

class LeanTurn;

/// The server's side of an upgraded WebSocket, straight on its descriptor: 1/20 of QWebSocket's memory.
///
/// Binary messages only; limits as in FrameReader, and 10 control frames a second (LIM3). A close that the peer does
/// not finish within 3 s becomes a cut. After a violation what still comes is read and thrown away, so that the close
/// frame is not lost to a reset.
class LeanChannel final : public net::Channel {
    Q_OBJECT
public:
    struct Settings {
        std::size_t messageBytes; ///< LIM1
        QByteArray certificateHash; ///< as in Channel
    };

    /// `stream` lies on `descriptor`. `turn`, `clock` and `timers` outlive the channel.
    LeanChannel(int descriptor, std::unique_ptr<Stream> stream, LeanTurn &turn, const Clock &clock, Timers &timers,
                Settings settings);
    ~LeanChannel() override;

    /// Starts to read, with what came behind the upgrade request. After the owner has connected to the signals.
    void begin(QByteArrayView behindRequest);
    /// Writes what is queued, as far as the kernel takes it.
    void flush();

    void send(const QByteArray &frame) override;
    void close(wire::CloseCode code, const QString &reason) override;
    void abort() override;
    void ping() override;
    bool isOpen() const override { return phase_ == Phase::open; }
    qint64 bytesToWrite() const override { return out_.size() - written_; }
    QString peerAddress() const override;
    QByteArray certificateHash() const override { return certificateHash_; }

private:
    enum class Phase : unsigned char {
        open,
        closing, ///< our close frame is queued; the peer's is awaited
        leaving, ///< both close frames are there; ours is written, then this ends
        deaf, ///< closing after a violation: what comes is not looked at
        ended,
    };

    void onReadable();
    void take(QByteArrayView bytes);
    void handle(const Incoming &incoming);
    void onControl(const Incoming &incoming);
    void onClose(const Incoming &incoming);
    void fail(const Violation &violation);
    void queue(Opcode opcode, QByteArrayView payload);
    void watchWritable(bool wanted);
    void end();

    LeanTurn &turn_;
    Timers &timers_;
    std::unique_ptr<Stream> stream_;
    QSocketNotifier readable_;
    std::unique_ptr<QSocketNotifier> writable_; ///< made when the kernel first takes less than there is
    FrameReader reader_;
    Allowance controls_;
    QByteArray out_;
    qsizetype written_ = 0; ///< of `out_`
    QByteArray certificateHash_;
    Timer deadline_; ///< of the close
    int closeCode_; ///< what closed() will tell
    QString closeReason_;
    Phase phase_ = Phase::open;
    bool flushes_ = false; ///< is on the turn's list
};

} // namespace kith::server::gateway
