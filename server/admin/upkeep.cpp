// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/upkeep.h"

#include "common/base/log.h"

namespace kith::server::admin {

KITH_LOG_CATEGORY(logUpkeep, "kith.store")

namespace {
constexpr milliseconds between = std::chrono::minutes { 10 };
constexpr int rowsPerTurn = 1'000;
} // namespace

Upkeep::Upkeep(const Parts &parts) : parts_(parts)
{
    later();
    sample();
}

void Upkeep::later()
{
    timer_ = parts_.timers.after(between, [this] { sweep(); });
}

void Upkeep::sweep()
{
    later();
    parts_.queues.sweep(parts_.clock.now(), rowsPerTurn).then(this, [this](Result<std::vector<DeviceId>> told) {
        if (!told) {
            qCWarning(logUpkeep, "the sweep of the queues failed: %s", told.error().detail.c_str());
            return;
        }
        if (!told->empty())
            parts_.metrics.count("kith_queue_expired_total", {}, static_cast<double>(told->size()));
        parts_.delivery.hint(*told);
        sample();
    });
}

void Upkeep::sample()
{
    parts_.queues.totals().then(this, [this](Result<QueueTotals> totals) {
        if (!totals)
            return;
        parts_.metrics.gauge("kith_queue_messages", static_cast<double>(totals->messages));
        parts_.metrics.gauge("kith_queue_bytes", static_cast<double>(totals->bytes));
        const std::chrono::duration<double> age = parts_.clock.now() - totals->oldest.value_or(parts_.clock.now());
        parts_.metrics.gauge("kith_queue_oldest_seconds", age.count());
    });
}

} // namespace kith::server::admin
