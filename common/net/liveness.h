// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/timers.h"
#include "common/net/channel.h"

namespace kith::net {

/// Notices a dead peer: nothing heard for 30 s, a ping; still nothing 15 s later, the channel closes with 1001
/// (security S8, LIM12). Costs one timer a channel and no timer call a frame. Same thread as the channel, dies before
/// it.
class Liveness final : public QObject {
public:
    Liveness(Channel &channel, const Clock &clock, Timers &timers);

private:
    void wait(milliseconds span);
    void onTimer();

    Channel &channel_;
    const Clock &clock_;
    Timers &timers_;
    MonoTime lastHeard_;
    bool pinged_ = false;
    Timer timer_;
};

} // namespace kith::net
