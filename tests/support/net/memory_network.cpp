// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/net/memory_network.h"

#include <algorithm>

namespace kith::support {

MemoryNetwork::MemoryNetwork(Timers &timers) : MemoryNetwork(timers, std::make_shared<Listeners>()) { }

MemoryNetwork::MemoryNetwork(Timers &timers, std::shared_ptr<Listeners> listeners)
    : timers_(timers)
    , listeners_(std::move(listeners))
{
}

std::unique_ptr<MemoryNetwork> MemoryNetwork::sibling() const
{
    return std::unique_ptr<MemoryNetwork>(new MemoryNetwork(timers_, listeners_));
}

void MemoryNetwork::listen(const QString &url, OnChannel onChannel, const QByteArray &hash)
{
    (*listeners_)[url] = Listener { std::move(onChannel), hash };
}

void MemoryNetwork::stopListening(const QString &url)
{
    listeners_->erase(url);
}

void MemoryNetwork::dial(const net::ServerAddress &address, QObject *context, Done done)
{
    const int id = dials_++;
    const QPointer<QObject> guard(context);
    calls_[id] = timers_.after(dialTime_, [this, id, guard, url = address.url, done = std::move(done)] {
        calls_.erase(id);
        if (guard)
            connectTo(url, done);
    });
}

void MemoryNetwork::connectTo(const QString &url, const Done &done)
{
    if (refusal_) {
        done(*refusal_);
        return;
    }
    const auto listener = listeners_->find(url);
    if (listener == listeners_->end()) {
        done(Error { ErrorCode::network, "nobody listens there" });
        return;
    }
    auto ends = MemoryChannel::makePair(timers_, listener->second.hash, toServer_, toClient_);
    std::erase_if(clients_, [](const auto &client) { return client.isNull(); });
    clients_.emplace_back(ends.client.get());
    const auto onChannel = listener->second.onChannel;
    onChannel(std::move(ends.server));
    done(std::unique_ptr<net::Channel>(std::move(ends.client)));
}

void MemoryNetwork::cut()
{
    for (const auto &client : std::exchange(clients_, {})) {
        if (client)
            client->abort();
    }
}

int MemoryNetwork::openChannels() const
{
    return static_cast<int>(
        std::count_if(clients_.begin(), clients_.end(), [](const auto &client) { return client && client->isOpen(); }));
}

} // namespace kith::support
