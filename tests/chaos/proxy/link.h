// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/timers.h"
#include "tests/chaos/proxy/frame_splitter.h"

#include <QTcpSocket>

#include <array>
#include <deque>
#include <memory>

namespace kith::chaos {

enum class Direction { toServer, toClient };

enum class BreakKind {
    cutBetweenFrames, ///< both ends are reset
    cutInsideFrame, ///< after `amount` bytes of the next frame
    stall, ///< nothing moves for `time`, and no end hears that the other one left: half open
    delay, ///< frames arrive `time` later
    duplicate, ///< the next `amount` frames arrive twice
    reorder, ///< the next `amount` frames change places with the one behind
    throttle, ///< at most `amount` bytes a second for `time`, and no more is read: a slow reader
};
const char *toString(BreakKind kind);

struct Break {
    BreakKind kind {};
    Direction direction {};
    int amount = 0;
    milliseconds time { 0 };
};

/// One client's connection through the proxy, and what is wrong with it. Frames keep their bytes.
class Link final : public QObject {
    Q_OBJECT
public:
    Link(std::unique_ptr<QTcpSocket> client, quint16 serverPort, Timers &timers);

    /// Whether so many frames went to the server that the login is over.
    bool isLoggedIn() const { return way(Direction::toServer).frames >= loginFrames; }
    /// A new one takes the place of the one before.
    void breakAs(const Break &what);
    void heal();
    void cut();

Q_SIGNALS:
    void fired(kith::chaos::BreakKind kind);
    void finished();

private:
    static constexpr int loginFrames = 3; ///< the HTTP head, hello, authenticate

    /// One direction.
    struct Way {
        QTcpSocket *from = nullptr;
        QTcpSocket *to = nullptr;
        FrameSplitter splitter;
        int frames = 0;
        std::optional<Break> fault;
        QByteArray held; ///< reorder: waits for the one behind it
        std::deque<QByteArray> late; ///< delay and throttle: in order
        bool moving = false;
        Timer move, end;
    };

    Way &way(Direction direction) { return ways_[static_cast<std::size_t>(direction)]; }
    const Way &way(Direction direction) const { return ways_[static_cast<std::size_t>(direction)]; }
    bool isStalled() const;
    void pump(Direction direction);
    void forward(Direction direction, const QByteArray &piece);
    void applyFault(Direction direction, const QByteArray &piece);
    void later(Direction direction, const QByteArray &piece, milliseconds time);
    void moveLate(Direction direction);
    void fire(Way &way, bool last);
    void sideEnded();

    Timers &timers_;
    std::unique_ptr<QTcpSocket> client_;
    QTcpSocket server_;
    std::array<Way, 2> ways_;
    bool ended_ = false; ///< a side is gone, the other one does not know
    bool over_ = false;
};

} // namespace kith::chaos
