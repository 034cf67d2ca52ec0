// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/net/liveness.h"

#include "common/wire/limits.h"

namespace kith::net {

namespace {
constexpr milliseconds quiet { 30'000 }; // security S8; together with the answer's time: limits::silence
constexpr milliseconds answerTime = wire::limits::silence - quiet;
} // namespace

Liveness::Liveness(Channel &channel, const Clock &clock, Timers &timers)
    : channel_(channel)
    , clock_(clock)
    , timers_(timers)
    , lastHeard_(clock.monotonic())
{
    connect(&channel, &Channel::heard, this, [this] {
        lastHeard_ = clock_.monotonic();
        pinged_ = false;
    });
    connect(&channel, &Channel::closed, this, [this] { timer_.cancel(); });
    wait(quiet);
}

void Liveness::wait(milliseconds span)
{
    timer_ = timers_.after(span, [this] { onTimer(); });
}

void Liveness::onTimer()
{
    const milliseconds silent = clock_.monotonic() - lastHeard_;
    if (silent < quiet) {
        wait(quiet - silent);
    } else if (!pinged_) {
        pinged_ = true;
        channel_.ping();
        wait(answerTime);
    } else if (silent < quiet + answerTime) {
        wait(quiet + answerTime - silent);
    } else if (channel_.bytesToWrite() > 0) {
        channel_.abort(); // a close frame would only queue up behind what the peer does not take
    } else {
        channel_.close(wire::CloseCode::goingAway, QStringLiteral("nothing heard"));
    }
}

} // namespace kith::net
