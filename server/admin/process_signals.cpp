// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/process_signals.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace kith::server::admin {

ProcessSignals::ProcessSignals()
{
    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int number : { SIGTERM, SIGINT, SIGHUP, SIGUSR1 })
        sigaddset(&wanted, number);
    pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    descriptor_ = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

ProcessSignals::~ProcessSignals()
{
    notifier_.reset();
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void ProcessSignals::listen(Handlers handlers)
{
    handlers_ = std::move(handlers);
    notifier_ = std::make_unique<QSocketNotifier>(descriptor_, QSocketNotifier::Read);
    QObject::connect(notifier_.get(), &QSocketNotifier::activated, notifier_.get(), [this] { read(); });
}

void ProcessSignals::read()
{
    signalfd_siginfo info {};
    while (::read(descriptor_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        if (info.ssi_signo == SIGHUP)
            handlers_.reload();
        else if (info.ssi_signo == SIGUSR1)
            handlers_.dump();
        else
            handlers_.terminate();
    }
}

std::size_t raiseFileLimit()
{
    rlimit limit {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    const rlimit raised { limit.rlim_max, limit.rlim_max };
    return ::setrlimit(RLIMIT_NOFILE, &raised) == 0 ? limit.rlim_max : limit.rlim_cur;
}

} // namespace kith::server::admin
