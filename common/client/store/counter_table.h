// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kith::client::store {

/// The last number used in a chat and the hash of its content.
struct OwnCounter {
    std::uint64_t n = 0;
    QByteArray hash;
};

/// What is known of the numbers of one sender device in one chat (delivery ID8).
struct PeerCounter {
    std::uint64_t through = 0; ///< all up to here are here, void, or given up
    std::uint64_t highest = 0;
    QByteArray hash; ///< of the content with number `highest`
};

/// A number below `highest` that is not here.
struct GapRow {
    AccountId chat;
    DeviceId sender;
    std::uint64_t n = 0;
    WallTime since {};
    std::optional<WallTime> asked;
    bool shown = false;
};

/// Tables own_counter, own_void, peer_counter and gap.
class CounterTable {
public:
    explicit CounterTable(sql::Connection &sql) : sql_(sql) { }

    Result<std::optional<OwnCounter>> own(const AccountId &chat);
    Result<void> setOwn(const AccountId &chat, const OwnCounter &counter);

    Result<void> addVoid(const AccountId &chat, std::uint64_t n);
    Result<std::vector<std::uint64_t>> voids(const AccountId &chat, std::uint64_t from, std::uint64_t to);
    /// The `limit` highest, ascending.
    Result<std::vector<std::uint64_t>> latestVoids(const AccountId &chat, int limit);
    /// The number came into use after all (a retry): no void any more.
    Result<void> removeVoid(const AccountId &chat, std::uint64_t n);

    Result<std::optional<PeerCounter>> peer(const AccountId &chat, const DeviceId &sender);
    Result<std::vector<std::pair<DeviceId, PeerCounter>>> peers(const AccountId &chat);
    Result<void> setPeer(const AccountId &chat, const DeviceId &sender, const PeerCounter &counter);

    /// Numbers from..to, both included; those known already stay as they are.
    Result<void> addGaps(const AccountId &chat, const DeviceId &sender, std::uint64_t from, std::uint64_t to,
                         WallTime since);
    /// True when it was one.
    Result<bool> removeGap(const AccountId &chat, const DeviceId &sender, std::uint64_t n);
    Result<std::vector<GapRow>> gaps(const AccountId &chat);
    Result<std::vector<GapRow>> gaps(const AccountId &chat, const DeviceId &sender);
    /// Not shown yet and older than `before`: time for the marker and a resend request.
    Result<std::vector<GapRow>> unshownGaps(WallTime before, int limit);
    /// When the oldest gap that was not shown appeared.
    Result<std::optional<WallTime>> oldestUnshownGap();
    Result<void> markAsked(const AccountId &chat, const DeviceId &sender, std::uint64_t from, std::uint64_t to,
                           WallTime at);
    Result<void> markShown(const AccountId &chat, const DeviceId &sender, std::uint64_t from, std::uint64_t to);
    /// Forgets the chat's peers and gaps; own numbers and voids stay, so that none repeats.
    Result<void> forgetPeers(const AccountId &chat);

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
