// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/embedded/compactor.h"

#include "common/base/log.h"

namespace kith::server::embedded {

namespace {

KITH_LOG_CATEGORY(logCompactor, "kith.store")

constexpr std::chrono::hours interval { 12 };

} // namespace

Compactor::~Compactor()
{
    database_.cancelCompaction();
    if (thread_.joinable())
        thread_.join();
}

void Compactor::runIfDue()
{
    const auto now = clock_.monotonic();
    if (running_ || (startedAt_ && now - *startedAt_ < interval))
        return;
    if (thread_.joinable())
        thread_.join();
    startedAt_ = now;
    running_ = true;
    thread_ = std::thread([this] {
        if (const auto done = database_.compact(); !done)
            qCWarning(logCompactor) << "compaction failed:" << toString(done.error().code);
        running_ = false;
    });
}

} // namespace kith::server::embedded
