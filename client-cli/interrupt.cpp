// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/interrupt.h"

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace kith::cli {

namespace {

// A signal handler has nothing but globals.
int pipeEnds[2] = { -1, -1 };
std::atomic_flag seen = ATOMIC_FLAG_INIT;

void onSignal(int)
{
    if (seen.test_and_set())
        ::_exit(130);
    const char byte = 1;
    if (::write(pipeEnds[1], &byte, 1) != 1)
        ::_exit(130);
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    notifier_ = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
        notifier_->setEnabled(false);
        Q_EMIT raised();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal; // no SA_RESTART: a read at a prompt ends
    ::sigaction(SIGINT, &action, nullptr);
}

Interrupt::~Interrupt()
{
    ::signal(SIGINT, SIG_DFL);
}

bool Interrupt::isRaised() const
{
    return seen.test();
}

} // namespace kith::cli
