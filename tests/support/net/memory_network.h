// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/net/channel.h"
#include "tests/support/net/memory_channel.h"

#include <QPointer>

#include <map>
#include <memory>
#include <vector>

namespace kith::support {

/// The in-memory twin of WebSocketDialer: servers listen by url, clients dial. One thread, on injected timers.
///
/// A network object is one client's way to the servers: its faults touch only what was dialled through it. sibling()
/// makes another client's way to the same servers.
class MemoryNetwork final : public net::Dialer {
public:
    using OnChannel = std::function<void(std::unique_ptr<net::Channel>)>;

    explicit MemoryNetwork(Timers &timers);
    std::unique_ptr<MemoryNetwork> sibling() const;

    /// `onChannel` gets the server's end of every dialled channel; `hash` is the certificate hash of both ends.
    void listen(const QString &url, OnChannel onChannel, const QByteArray &hash = {});
    void stopListening(const QString &url);

    void dial(const net::ServerAddress &address, QObject *context, Done done) override;

    /// Dialling fails with this until allowed again.
    void refuse(Error error) { refusal_ = std::move(error); }
    void allow() { refusal_.reset(); }
    /// How long dialling takes.
    void setDialTime(milliseconds time) { dialTime_ = time; }

    Faults &toServer() { return *toServer_; }
    Faults &toClient() { return *toClient_; }
    /// Cuts every channel that was dialled here: both ends see 1006.
    void cut();
    /// Channels dialled here that are open.
    int openChannels() const;
    int dials() const { return dials_; }

private:
    struct Listener {
        OnChannel onChannel;
        QByteArray hash;
    };
    using Listeners = std::map<QString, Listener>;

    MemoryNetwork(Timers &timers, std::shared_ptr<Listeners> listeners);
    void connectTo(const QString &url, const Done &done);

    Timers &timers_;
    std::shared_ptr<Listeners> listeners_; // shared with siblings
    std::shared_ptr<Faults> toServer_ = std::make_shared<Faults>();
    std::shared_ptr<Faults> toClient_ = std::make_shared<Faults>();
    std::optional<Error> refusal_;
    milliseconds dialTime_ { 0 };
    std::vector<QPointer<MemoryChannel>> clients_;
    std::map<int, Timer> calls_;
    int dials_ = 0;
};

} // namespace kith::support
