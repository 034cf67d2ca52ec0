// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <QHostAddress>

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace kith::server::gateway {

struct AdmissionLimits {
    int connections = 100'000; ///< limits.connections
    int perAddress = 64; ///< LIM13, limits.per_ip
    double acceptsPerSecond = 200; ///< limits.accept, of all workers together; 0: none (security S17)
};

/// Who may connect now: the total, the connections per IP (loopback is exempt, IPv6 counts by /64), and so many new
/// ones a second that a restart does not end in a stampede (security S17). Any thread.
class Admission {
public:
    /// One admitted connection; it counts until it dies.
    class Seat {
    public:
        Seat(Admission &owner, std::string address) : owner_(owner), address_(std::move(address)) { }
        ~Seat() { owner_.leave(address_); }
        Seat(const Seat &) = delete;
        Seat &operator=(const Seat &) = delete;

    private:
        Admission &owner_;
        std::string address_;
    };

    struct Verdict {
        std::shared_ptr<Seat> seat; ///< null: turned away. Shared: it hangs on a channel's signal
        milliseconds retryAfter { 0 }; ///< for who is turned away
        std::shared_ptr<void> turning {}; ///< for who is turned away: counts while somebody tells him so
    };

    Admission(const Clock &clock, AdmissionLimits limits);

    Verdict enter(const QHostAddress &address);
    /// Of those who are in.
    int count();
    /// After a reload of the configuration; who is in stays.
    void setLimits(AdmissionLimits limits);

private:
    void leave(const std::string &address);
    bool takeToken();

    const Clock &clock_;
    std::mutex mutex_;
    AdmissionLimits limits_;
    double tokens_;
    MonoTime filled_;
    int turnedAway_ = 0; ///< since the last one who came in: spreads their return
    int connections_ = 0;
    std::unordered_map<std::string, int> perAddress_;
};

} // namespace kith::server::gateway
