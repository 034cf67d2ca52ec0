// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/delivery/routes.h"

#include <algorithm>

namespace kith::server::delivery {

namespace {

Mailbox::Call callFor(const std::weak_ptr<Listener> &listener, News news)
{
    return [listener, news = std::move(news)] {
        if (const auto alive = listener.lock())
            alive->take(news);
    };
}

} // namespace

Routes::Route *Routes::find(Shard &shard, const DeviceId &device)
{
    const auto account = shard.accounts.find(device.account);
    if (account == shard.accounts.end())
        return nullptr;
    auto &routes = account->second;
    const auto route = std::ranges::find(routes, device.number, [](const auto &entry) { return entry.first; });
    return route == routes.end() ? nullptr : &route->second;
}

std::uint64_t Routes::claim(const DeviceId &device, const std::shared_ptr<Listener> &listener)
{
    auto &shard = shardOf(device.account);
    Route before;
    std::uint64_t epoch = 0;
    {
        const std::scoped_lock lock(shard.mutex);
        epoch = ++shard.lastEpoch;
        Route route { Mailbox::ofThisThread(), listener, epoch };
        if (auto *held = find(shard, device))
            before = std::exchange(*held, std::move(route));
        else
            shard.accounts[device.account].push_back({ device.number, std::move(route) });
    }
    if (before.mailbox)
        before.mailbox->post(callFor(before.listener, Replaced {}));
    return epoch;
}

void Routes::release(const DeviceId &device, std::uint64_t epoch)
{
    auto &shard = shardOf(device.account);
    const std::scoped_lock lock(shard.mutex);
    const auto account = shard.accounts.find(device.account);
    if (account == shard.accounts.end())
        return;
    std::erase_if(account->second,
                  [&](const auto &entry) { return entry.first == device.number && entry.second.epoch == epoch; });
    if (account->second.empty())
        shard.accounts.erase(account);
}

void Routes::tell(std::vector<Note> notes)
{
    std::vector<std::pair<std::shared_ptr<Mailbox>, std::vector<Mailbox::Call>>> batches; // few threads: linear
    for (auto &note : notes) {
        auto &shard = shardOf(note.device.account);
        const std::scoped_lock lock(shard.mutex);
        const auto *route = find(shard, note.device);
        if (!route)
            continue;
        auto batch = std::ranges::find(batches, route->mailbox, [](const auto &one) { return one.first; });
        if (batch == batches.end())
            batch = batches.insert(batches.end(), { route->mailbox, {} });
        batch->second.push_back(callFor(route->listener, std::move(note.news)));
    }
    for (auto &[mailbox, calls] : batches)
        mailbox->post(std::move(calls));
}

std::vector<DeviceId> Routes::connected(const AccountId &account)
{
    auto &shard = shardOf(account);
    const std::scoped_lock lock(shard.mutex);
    std::vector<DeviceId> devices;
    if (const auto found = shard.accounts.find(account); found != shard.accounts.end()) {
        for (const auto &[number, route] : found->second)
            devices.push_back({ account, number });
    }
    return devices;
}

std::size_t Routes::size()
{
    std::size_t devices = 0;
    for (auto &shard : shards_) {
        const std::scoped_lock lock(shard.mutex);
        for (const auto &[account, routes] : shard.accounts)
            devices += routes.size();
    }
    return devices;
}

} // namespace kith::server::delivery
