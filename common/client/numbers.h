// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/client/store/counter_table.h"
#include "common/wire/content/content.h"

#include <optional>
#include <vector>

namespace kith::client {

/// The numbers of counted contents, own and peers' (delivery ID8). Every call belongs to the caller's transaction.
class Numbers {
public:
    static constexpr std::uint64_t longestJump = 1'000; ///< ID8: more is one marker and asks for the newest ones only

    explicit Numbers(store::CounterTable &table) : table_(table) { }

    // -- ours

    struct Next {
        std::uint64_t n = 1;
        std::optional<Sha256> previous;
        std::vector<std::uint64_t> voided; ///< the latest void numbers, at most 64
    };
    Result<Next> next(const AccountId &chat);
    Result<void> use(const AccountId &chat, std::uint64_t n, const Sha256 &contentHash);

    // -- a peer's

    struct Arrival {
        bool filledShown = false; ///< a gap that was shown is smaller now
        bool chainBroken = false; ///< the content before is not the one that this content names
    };
    /// Counts a content of `header.sender`. The first one seen is the baseline: nothing before it is missed.
    Result<Arrival> arrive(const AccountId &chat, const wire::ContentHeader &header, const Sha256 &contentHash,
                           WallTime now);
    /// Numbers that will never come. True when a shown gap is smaller now.
    Result<bool> excuse(const AccountId &chat, const DeviceId &sender, const std::vector<std::uint64_t> &numbers);

    struct Gap {
        AccountId chat;
        DeviceId sender;
        std::uint64_t from = 0, to = 0; ///< both included
    };
    /// Ranges that are missing since `before` and were not shown yet; marks them as shown and asked for at `now`.
    Result<std::vector<Gap>> takeOverdue(WallTime before, WallTime now);

    /// What we hold of each device of the chat's peer (ACK7), at most 64.
    Result<std::vector<wire::ReceivedThrough>> through(const AccountId &chat);

private:
    Result<void> advance(const AccountId &chat, const DeviceId &sender);

    store::CounterTable &table_;
};

} // namespace kith::client
