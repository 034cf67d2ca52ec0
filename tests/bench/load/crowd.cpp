// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/crowd.h"

namespace kith::bench {

namespace {

constexpr int joiningAtOnce = 128;
constexpr double quiet = 30; // seconds without a login: give up
constexpr std::uint32_t perAddress = 20'000; // of the 28,000 ports that one address has

} // namespace

bool Crowd::dial(int number)
{
    auto &client = clients_[number];
    client = contender_.client(loop_, audience, number);
    auto dial = contender_.address();
    dial.source = source_ + static_cast<std::uint32_t>(clients_.size()) / perAddress;
    beats_.push({ now() + 25 + static_cast<double>(random_.below(5'000)) / 1'000, number });
    return client->dial(dial);
}

Result<void> Crowd::join(int first, int end, int step)
{
    const int before = audience.online, lostBefore = audience.lost, wanted = (end - first + step - 1) / step;
    int dialled = 0, seen = before;
    double lastLogin = now();
    const auto isDone = [&] {
        while (dialled < wanted && dialled - (audience.online - before) < joiningAtOnce) {
            if (!dial(first + step * dialled++))
                ++audience.lost;
        }
        if (audience.online != seen)
            lastLogin = now();
        seen = audience.online;
        return seen - before == wanted || audience.lost != lostBefore || now() > lastLogin + quiet;
    };
    (void)until(isDone, 3'600);
    if (audience.lost != lostBefore)
        return Error { ErrorCode::network, "the server closed a connection while it logged in" };
    if (audience.online - before != wanted)
        return Error { ErrorCode::timeout, "the logins have stopped" };
    return {};
}

Result<void> Crowd::befriend()
{
    const auto wanted = static_cast<int>(clients_.size());
    int asked = 0;
    auto next = clients_.begin();
    const auto isDone = [&] {
        for (; next != clients_.end() && asked - audience.ready < joiningAtOnce; ++next, ++asked)
            next->second->befriend();
        return audience.ready == wanted;
    };
    if (!until(isDone, quiet + wanted / 100.0))
        return Error { ErrorCode::timeout, "not everybody could accept the partner" };
    return {};
}

void Crowd::leave(int parity)
{
    std::erase_if(clients_, [&](const auto &entry) {
        if (entry.first % 2 != parity)
            return false;
        audience.online -= entry.second->isOnline() ? 1 : 0;
        return true;
    });
}

void Crowd::beat()
{
    const double at = now();
    while (!beats_.empty() && beats_.top().due <= at) {
        const int number = beats_.top().number;
        beats_.pop();
        const auto found = clients_.find(number);
        if (found == clients_.end() || !found->second->isOnline())
            continue;
        found->second->heartbeat();
        beats_.push({ at + 25 + static_cast<double>(random_.below(5'000)) / 1'000, number });
    }
}

bool Crowd::until(const std::function<bool()> &done, double limit)
{
    return loop_.until([&] { return beat(), done(); }, limit);
}

void Crowd::run(double seconds)
{
    (void)until([] { return false; }, seconds);
}

} // namespace kith::bench
