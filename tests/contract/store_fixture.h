// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "server/ports/account_directory.h"
#include "server/ports/key_directory.h"
#include "server/ports/message_queue.h"
#include "server/ports/queue_limits.h"
#include "tests/support/net/virtual_time.h"

#include <memory>
#include <string>

namespace kith::contract {

/// The ports of one implementation on virtual time. Rows of the suites: memory, weak, embedded.
class StoreFixture {
public:
    virtual ~StoreFixture() = default;
    virtual server::MessageQueue &queue() = 0;
    virtual server::KeyDirectory &keys() = 0;
    virtual server::AccountDirectory &accounts() = 0;
    /// The process ends and starts again on the same store.
    virtual void restart() = 0;

    support::VirtualTime &time() { return time_; }
    Random &random() { return random_; }

    /// `kind`: memory, weak or embedded. Prints its seed.
    static std::unique_ptr<StoreFixture> make(const std::string &kind, server::QueueLimits limits = {});
    /// Adds the rows to a suite's global data, column "store".
    static void addRows();

protected:
    explicit StoreFixture(std::uint64_t seed) : random_(seed) { }

private:
    support::VirtualTime time_;
    SeededRandom random_;
};

/// Ids that differ by their number.
AccountId accountOf(int number);
DeviceId deviceOf(int account, std::uint16_t number = 1);
Mid midOf(int number);

} // namespace kith::contract
