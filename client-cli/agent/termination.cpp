// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/agent/termination.h"

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace kith::agent {

Termination::Termination()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : { SIGTERM, SIGINT, SIGHUP })
        sigaddset(&signals, signal);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    fd_ = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd_ < 0)
        return;
    notifier_ = std::make_unique<QSocketNotifier>(fd_, QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info {};
        while (::read(fd_, &info, sizeof info) == sizeof info)
            Q_EMIT requested();
    });
}

Termination::~Termination()
{
    notifier_.reset();
    if (fd_ >= 0)
        ::close(fd_);
}

} // namespace kith::agent
