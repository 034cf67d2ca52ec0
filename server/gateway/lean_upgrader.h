// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/timers.h"
#include "server/gateway/lean/lean_channel.h"
#include "server/gateway/lean/lean_turn.h"
#include "server/gateway/upgrader.h"
#include "server/gateway/worker.h"

#include <unordered_map>

namespace kith::server::gateway {

/// Makes LeanChannels.
class LeanUpgrader final : public QObject, public Upgrader {
public:
    /// `settings`, `clock` and `timers` outlive it. On a thread with an event dispatcher.
    LeanUpgrader(const WorkerSettings &settings, const Clock &clock, Timers &timers, OnArrival onArrival);
    ~LeanUpgrader() override;

    void take(int descriptor, Admission::Verdict verdict) override;

private:
    struct Attempt {
        std::unique_ptr<Stream> stream; // dies after the notifier
        std::unique_ptr<QSocketNotifier> readable;
        Admission::Verdict verdict;
        QByteArray request;
        Timer deadline;
    };

    void onReadable(int descriptor);
    std::unique_ptr<Attempt> release(int descriptor);

    const WorkerSettings &settings_;
    const Clock &clock_;
    Timers &timers_;
    OnArrival onArrival_;
    LeanTurn turn_;
    std::unordered_map<int, Attempt> attempts_; ///< by descriptor
};

} // namespace kith::server::gateway
