// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/embedded/queue_writer.h"

namespace kith::server::embedded {

/// MessageQueue::sweep() inside one commit: looks at the queues that are due, oldest first. The idempotency rows that
/// are over need no sweep: readers compare their time, compactions drop them (expired_filter.h).
Result<std::vector<DeviceId>> sweepQueues(Batch &batch, QueueWriter queues, const QueueLimits &limits, WallTime now,
                                          int limit);

} // namespace kith::server::embedded
