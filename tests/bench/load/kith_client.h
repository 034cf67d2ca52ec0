// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/frames.h"
#include "tests/bench/load/client.h"
#include "tests/bench/load/kith_people.h"

namespace kith::bench {

/// A Kith device: upgrades, says hello, registers or logs in, then sends and acknowledges at once (a person's client
/// waits up to a second). Frames go through our own codec, both ways.
class KithClient final : public Client {
public:
    KithClient(Loop &loop, Audience &audience, int number, KithPeople &people)
        : Client(loop, audience, number)
        , people_(people)
    {
    }

    void befriend() override;
    void send(Token token) override;
    void heartbeat() override { say(wire::Heartbeat {}); }

private:
    void connected() override { write(upgradeText()); }
    std::size_t received(std::string_view bytes) override;
    static const std::string &upgradeText();

    std::size_t upgraded(std::string_view bytes);
    void say(wire::ClientBody body, bool answered = true);
    void hear(const QByteArray &bytes);
    void acknowledge();

    void on(const wire::ServerHello &hello) { serverId_ = hello.serverId; }
    void on(const wire::Challenge &challenge);
    void on(const wire::Ready &ready);
    void on(const wire::Accepted &accepted);
    void on(const wire::Deliver &row);
    void on(const wire::DeviceMismatch &) { ++audience_.refused; }
    void on(const wire::Fault &fault);
    template <class Other>
    void on(const Other &)
    {
    }
    void note(Qseq qseq, bool receipt);

    KithPeople &people_;
    Sha256 serverId_;
    std::uint64_t nextRequest_ = 1, sendCounter_ = 0, befriending_ = 0;
    std::vector<wire::AckRange> unacknowledged_;
    bool isUpgraded_ = false;
};

} // namespace kith::bench
