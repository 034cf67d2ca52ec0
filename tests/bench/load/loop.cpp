// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/loop.h"

#include "tests/bench/load/socket.h"

#include <algorithm>
#include <array>

#include <sys/epoll.h>
#include <unistd.h>

namespace kith::bench {

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Loop::Loop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) { }

Loop::~Loop()
{
    ::close(epoll_);
}

void Loop::watch(Socket &socket, int descriptor, bool first, bool writable) const
{
    epoll_event event {};
    event.events = EPOLLIN | (writable ? EPOLLOUT : 0U);
    event.data.ptr = &socket;
    ::epoll_ctl(epoll_, first ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

void Loop::turn(std::chrono::milliseconds wait)
{
    for (auto *socket : std::exchange(unsent_, {}))
        socket->flush();
    std::array<epoll_event, 512> events;
    const int count =
        ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), static_cast<int>(wait.count()));
    for (int i = 0; i < count; ++i) {
        const auto &event = events[static_cast<std::size_t>(i)];
        static_cast<Socket *>(event.data.ptr)->onEvents(event.events);
    }
}

bool Loop::until(const std::function<bool()> &done, double limit)
{
    const double end = now() + limit;
    while (!done()) {
        if (now() > end)
            return false;
        turn(std::chrono::milliseconds { 2 });
    }
    return true;
}

void Loop::run(double seconds)
{
    (void)until([] { return false; }, seconds);
}

} // namespace kith::bench
