// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/acceptor.h"
#include "server/gateway/worker.h"

#include <memory>
#include <vector>

namespace kith::server::gateway {

/// One acceptor and its workers (architecture 4). Lives on the main thread.
class Gateway {
public:
    struct Settings {
        int workers = 1; ///< at least 1
        AdmissionLimits admission;
        WorkerSettings worker;
    };

    Gateway(const Clock &clock, Timers &timers, const Settings &settings);
    ~Gateway();

    /// Errors: as Acceptor::open.
    Result<void> listen(const QHostAddress &address, quint16 port);
    quint16 port() const { return acceptor_.serverPort(); }

    /// No new connections; those that are there hear GoAway, spread over `spread`, and close (1001).
    void drain(milliseconds spread);
    /// Ends every worker; what is still connected is cut.
    void stop();

    /// The slowest worker's answer, or nothing if one did not answer within `limit`. Not from a worker's thread.
    std::optional<std::chrono::duration<double>> answer(milliseconds limit) const;
    /// How long worker `index` took to answer.
    std::optional<std::chrono::duration<double>> answer(std::size_t index, milliseconds limit) const;
    std::size_t workers() const { return workers_.size(); }
    int connections() { return admission_.count(); }
    Admission &admission() { return admission_; }

private:
    Admission admission_; // outlives the workers: channels hold its seats
    std::vector<std::unique_ptr<Worker>> workers_;
    std::size_t next_ = 0;
    Acceptor acceptor_;
};

} // namespace kith::server::gateway
