// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/mailbox.h"
#include "common/wire/frames.h"

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace kith::server::delivery {

/// The device's queue got a row. `item` is a hint that saves reading it; absent: read.
struct NewRow {
    Qseq qseq;
    std::optional<wire::QueueItem> item;
};
/// Something was queued, perhaps several rows: read.
struct NewRows { };
/// A newer connection of the same device took over (security S4).
struct Replaced { };
/// The device was removed or the account deleted.
struct SignedOut { };
/// What a connection hears from outside its own thread.
using News = std::variant<NewRow, NewRows, Replaced, SignedOut, wire::Ephemeral, wire::PreKeysLow>;

/// The ear of one connection. Its owner holds it; who posts holds it weakly, so that a dead connection hears nothing.
struct Listener {
    std::function<void(const News &)> take; ///< on the connection's own thread
};

/// Which connection serves a device, on this node. Hints only: what they lose is healed by reading the queue (delivery
/// AT7). Any thread.
class Routes {
public:
    /// The calling thread's listener takes over the device; the one before hears Replaced. Returns the claim's epoch.
    std::uint64_t claim(const DeviceId &device, const std::shared_ptr<Listener> &listener);
    /// Gives the device up, unless a newer claim has it (delivery s10).
    void release(const DeviceId &device, std::uint64_t epoch);

    struct Note {
        DeviceId device;
        News news;
    };
    /// Posts each note to the connection of its device, in one batch per thread; notes to nobody are dropped.
    void tell(std::vector<Note> notes);
    /// The connected devices of an account.
    std::vector<DeviceId> connected(const AccountId &account);
    std::size_t size();

private:
    struct Route {
        std::shared_ptr<Mailbox> mailbox; // shared: the thread may end before the route does
        std::weak_ptr<Listener> listener;
        std::uint64_t epoch = 0;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<AccountId, std::vector<std::pair<std::uint16_t, Route>>> accounts;
        std::uint64_t lastEpoch = 0;
    };
    static constexpr std::size_t shardCount = 16;

    Shard &shardOf(const AccountId &account) { return shards_[account.octets.back() % shardCount]; }
    static Route *find(Shard &shard, const DeviceId &device);

    std::array<Shard, shardCount> shards_;
};

} // namespace kith::server::delivery
