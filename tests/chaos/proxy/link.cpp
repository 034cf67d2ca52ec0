// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/proxy/link.h"

#include <QHostAddress>

#include <algorithm>

namespace kith::chaos {

namespace {

constexpr milliseconds patience { 200 }; // a held frame waits so long for the one behind it
constexpr qint64 slowBuffer = 16 * 1024;

} // namespace

const char *toString(BreakKind kind)
{
    switch (kind) {
    case BreakKind::cutBetweenFrames:
        return "cut-between-frames";
    case BreakKind::cutInsideFrame:
        return "cut-inside-frame";
    case BreakKind::stall:
        return "stall";
    case BreakKind::delay:
        return "delay";
    case BreakKind::duplicate:
        return "duplicate-frame";
    case BreakKind::reorder:
        return "reorder-frame";
    case BreakKind::throttle:
        return "throttle";
    }
    return "";
}

Link::Link(std::unique_ptr<QTcpSocket> client, quint16 serverPort, Timers &timers)
    : timers_(timers)
    , client_(std::move(client))
{
    way(Direction::toServer).from = way(Direction::toClient).to = client_.get();
    way(Direction::toServer).to = way(Direction::toClient).from = &server_;
    for (auto *socket : { client_.get(), &server_ }) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::disconnected, this, &Link::sideEnded);
        connect(socket, &QTcpSocket::errorOccurred, this, &Link::sideEnded);
    }
    connect(client_.get(), &QTcpSocket::readyRead, this, [this] { pump(Direction::toServer); });
    connect(&server_, &QTcpSocket::readyRead, this, [this] { pump(Direction::toClient); });
    connect(&server_, &QTcpSocket::connected, this, [this] { pump(Direction::toServer); });
    server_.connectToHost(QHostAddress::LocalHost, serverPort);
}

bool Link::isStalled() const
{
    return std::ranges::any_of(ways_, [](const Way &one) { return one.fault && one.fault->kind == BreakKind::stall; });
}

void Link::pump(Direction direction)
{
    auto &one = way(direction);
    if (over_ || isStalled() || server_.state() != QAbstractSocket::ConnectedState)
        return;
    if (one.fault && one.fault->kind == BreakKind::throttle && !one.late.empty())
        return; // unread bytes fill the peer's buffers
    one.splitter.add(one.from->readAll());
    while (auto piece = one.splitter.next()) {
        ++one.frames;
        forward(direction, *piece);
        if (over_ || isStalled())
            return;
    }
}

void Link::forward(Direction direction, const QByteArray &piece)
{
    auto &one = way(direction);
    if (one.fault)
        applyFault(direction, piece);
    else if (!one.late.empty())
        one.late.push_back(piece); // behind what is late
    else
        one.to->write(piece);
}

void Link::applyFault(Direction direction, const QByteArray &piece)
{
    auto &one = way(direction);
    const auto fault = *one.fault;
    switch (fault.kind) {
    case BreakKind::cutBetweenFrames:
        one.to->write(piece);
        one.to->flush();
        fire(one, true);
        return cut();
    case BreakKind::cutInsideFrame:
        one.to->write(piece.first(std::min<qsizetype>(piece.size() - 1, std::max(fault.amount, 1))));
        one.to->flush();
        fire(one, true);
        return cut();
    case BreakKind::stall:
        return;
    case BreakKind::delay:
        return later(direction, piece, fault.time);
    case BreakKind::throttle:
        return later(direction, piece, milliseconds { 1'000 * piece.size() / std::max(fault.amount, 1) });
    case BreakKind::duplicate:
        one.to->write(piece);
        one.to->write(piece);
        --one.fault->amount;
        return fire(one, one.fault->amount <= 0);
    case BreakKind::reorder:
        if (one.held.isEmpty()) {
            one.held = piece;
            one.move = timers_.after(patience, [&one] { one.to->write(std::exchange(one.held, {})); });
            return;
        }
        one.move.cancel();
        one.to->write(piece);
        one.to->write(std::exchange(one.held, {}));
        --one.fault->amount;
        return fire(one, one.fault->amount <= 0);
    }
}

void Link::later(Direction direction, const QByteArray &piece, milliseconds time)
{
    auto &one = way(direction);
    one.late.push_back(piece);
    if (std::exchange(one.moving, true))
        return;
    one.move = timers_.after(time, [this, direction] { moveLate(direction); });
}

void Link::moveLate(Direction direction)
{
    auto &one = way(direction);
    one.moving = false;
    const bool slow = one.fault && one.fault->kind == BreakKind::throttle;
    do {
        one.to->write(one.late.front());
        one.late.pop_front();
    } while (!slow && !one.late.empty());
    if (slow && !one.late.empty()) {
        one.moving = true;
        const milliseconds pause { 1'000 * one.late.front().size() / std::max(one.fault->amount, 1) };
        one.move = timers_.after(pause, [this, direction] { moveLate(direction); });
    }
    pump(direction);
}

void Link::fire(Way &one, bool last)
{
    const auto kind = one.fault->kind;
    if (last)
        one.fault.reset();
    Q_EMIT fired(kind);
}

void Link::breakAs(const Break &what)
{
    heal();
    auto &one = way(what.direction);
    one.fault = what;
    const bool lasts =
        what.kind == BreakKind::stall || what.kind == BreakKind::delay || what.kind == BreakKind::throttle;
    if (!lasts)
        return;
    if (what.kind == BreakKind::throttle)
        one.from->setReadBufferSize(slowBuffer);
    one.end = timers_.after(what.kind == BreakKind::delay ? 4 * what.time : what.time, [this] { heal(); });
    Q_EMIT fired(what.kind);
}

void Link::heal()
{
    if (over_)
        return;
    for (auto &one : ways_) {
        one.end.cancel();
        one.fault.reset();
        one.from->setReadBufferSize(0);
        if (!one.held.isEmpty()) {
            one.move.cancel();
            one.to->write(std::exchange(one.held, {}));
        }
    }
    if (ended_)
        return cut();
    pump(Direction::toServer);
    if (!over_)
        pump(Direction::toClient);
}

void Link::sideEnded()
{
    ended_ = true;
    if (isStalled())
        return;
    for (const auto &one : ways_)
        one.to->flush(); // what was said before the end, a close frame above all
    cut();
}

void Link::cut()
{
    if (std::exchange(over_, true))
        return;
    for (auto &one : ways_) {
        one.move.cancel();
        one.end.cancel();
    }
    for (auto *socket : { client_.get(), &server_ }) {
        socket->disconnect(this);
        socket->abort();
    }
    Q_EMIT finished();
}

} // namespace kith::chaos
