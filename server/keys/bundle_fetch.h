// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/keys/keys.h"

#include <memory>

namespace kith::server::keys {

/// One FetchBundles on its way: reads every account, then takes from all devices at once, so that one commit serves
/// all. One thread; keeps itself alive until it has answered.
class BundleFetch : public std::enable_shared_from_this<BundleFetch> {
public:
    BundleFetch(Keys &keys, DeviceId asker, wire::FetchBundles request)
        : keys_(keys)
        , asker_(asker)
        , request_(std::move(request))
    {
    }
    Task<wire::Outcome<Fetched>> start();

private:
    struct Target {
        wire::AccountBundles answer;
        std::uint32_t reserve = 0;
        std::vector<std::uint16_t> devices;
    };
    struct Taken {
        std::size_t target = 0;
        std::uint16_t device = 0;
        Result<TakenKeys> keys;
    };

    void readAll();
    void addTarget(const wire::BundleRequest &wanted, const Result<Account> &found,
                   const Result<AccountDirectory::Standing> &standing);
    void takeAll();
    /// Upper bound of the answer's bytes on the wire.
    std::size_t mostBytes() const;
    void finish(std::vector<Taken> all);
    void put(Taken one);
    void countStock(const DeviceId &device, std::uint32_t left);
    void fail(wire::Fault fault);

    Keys &keys_;
    DeviceId asker_;
    wire::FetchBundles request_;
    Promise<wire::Outcome<Fetched>> promise_;
    std::vector<Target> targets_;
    Fetched fetched_;
    std::optional<wire::Fault> failure_;
    std::optional<milliseconds> wait_;
};

} // namespace kith::server::keys
