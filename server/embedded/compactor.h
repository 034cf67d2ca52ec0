// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/embedded/database.h"

#include <atomic>
#include <optional>
#include <thread>

namespace kith::server::embedded {

/// Rewrites the store's files twice a day on a thread of its own, so that acknowledged payloads leave them within
/// 24 h (security S12), and soon after a start, because nobody knows when it was done last. The committer's thread
/// calls.
class Compactor {
public:
    Compactor(Database &database, const Clock &clock) : database_(database), clock_(clock) { }
    ~Compactor();

    void runIfDue();

private:
    Database &database_;
    const Clock &clock_;
    std::optional<MonoTime> startedAt_;
    std::atomic<bool> running_ { false };
    std::thread thread_;
};

} // namespace kith::server::embedded
