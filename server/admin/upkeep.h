// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/timers.h"
#include "server/delivery/delivery.h"
#include "server/ports/message_queue.h"
#include "server/ports/metrics.h"

#include <QObject>

namespace kith::server::admin {

/// Every 10 minutes: expired rows of the queues are replaced by notes, at most 1,000 looked at in a turn, and connected
/// devices hear of it; then the queues are measured. Main thread.
class Upkeep final : public QObject {
public:
    struct Parts {
        MessageQueue &queues;
        delivery::Delivery &delivery;
        const Clock &clock;
        Timers &timers;
        Metrics &metrics;
    };
    explicit Upkeep(const Parts &parts);

private:
    void later();
    void sweep();
    void sample();

    Parts parts_;
    Timer timer_;
};

} // namespace kith::server::admin
