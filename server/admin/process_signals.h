// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace kith::server::admin {

/// SIGTERM, SIGINT, SIGHUP and SIGUSR1 as calls on the main thread. Construct before any other thread exists: the
/// signals are blocked everywhere and read from a descriptor.
class ProcessSignals {
public:
    struct Handlers {
        std::function<void()> terminate; ///< SIGTERM, SIGINT
        std::function<void()> reload; ///< SIGHUP
        std::function<void()> dump; ///< SIGUSR1
    };
    /// Blocks the signals and ignores SIGPIPE. Signals that come before listen() wait.
    ProcessSignals();
    ~ProcessSignals();
    void listen(Handlers handlers);

private:
    void read();

    int descriptor_ = -1;
    Handlers handlers_;
    std::unique_ptr<QSocketNotifier> notifier_;
};

/// Raises the limit of open files to what the system allows this process. Returns the limit that holds now; a refusal
/// (the systemd unit forbids it) changes nothing.
std::size_t raiseFileLimit();

} // namespace kith::server::admin
