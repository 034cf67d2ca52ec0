// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/upgrader.h"
#include "server/gateway/worker.h"

namespace kith::server::gateway {

/// What lives on a worker's thread: descriptors become channels, and channels go to the handlers, or hear why not.
class WorkerLoop final : public QObject {
public:
    WorkerLoop(const Clock &clock, WorkerSettings settings);
    ~WorkerLoop() override;

    void take(int descriptor, Admission::Verdict verdict);
    void goAway(milliseconds spread) { handlers_.goAway(spread); }

private:
    std::unique_ptr<Upgrader> newUpgrader();
    void onArrival(Upgrader::Arrival arrival);
    void turnAway(std::unique_ptr<net::Channel> channel, const Admission::Verdict &verdict);

    const Clock &clock_;
    WorkerSettings settings_;
    QtTimers timers_;
    std::unique_ptr<Upgrader> upgrader_; // outlives the channels, which are the handlers' and children of this
    WorkerHandlers handlers_;
    std::shared_ptr<void> turning_ = std::make_shared<int>(); // shared: its owners are those who are being turned away
};

} // namespace kith::server::gateway
