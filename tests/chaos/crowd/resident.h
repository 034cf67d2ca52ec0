// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/timers.h"
#include "common/client/engine.h"
#include "common/client/values.h"
#include "common/net/channel.h"
#include "tests/chaos/crowd/intent_log.h"
#include "tests/chaos/crowd/people.h"

#include <memory>
#include <set>
#include <vector>

namespace kith::chaos {

/// What all residents of a process share.
struct Town {
    QString folder; ///< profiles lie in it, logs in `logs`
    QString logs;
    net::ServerAddress server;
    Clock &clock;
    Timers &timers;
    net::Dialer &dialer;
    std::uint64_t seed = 0;
    int people = 0; ///< residents 0 .. people-1 of all processes know each other; later ones are newcomers
};

struct Tally {
    std::int64_t sent = 0, waiting = 0, received = 0;
};

/// One person: the real engine on a real encrypted profile, and the habits of somebody who writes a lot. What it does
/// is chosen by the seed and logged before it is done. A newcomer writes to people who do not know her.
class Resident final : public QObject {
    Q_OBJECT
public:
    Resident(const Town &town, int index, int incarnation);
    ~Resident() override;

    const QString &name() const { return name_; }
    /// Opens or makes the profile, registers if need be, goes online. False: the profile does not open (said on
    /// standard error).
    bool open();
    void close();

    /// Everybody who should be known is, so that writing can begin.
    bool isSettled() const;
    /// One look around: new requests are accepted, unknown peers asked for, and with `mayWrite` something is written.
    void live(bool mayWrite);
    /// Nothing is under way in either direction.
    bool isQuiet();
    bool isOnline() const;
    Tally tally();
    void hurry();
    /// A spell without a network.
    void goOffline(milliseconds time);
    /// Takes one-time prekeys of these people, as their first correspondents would.
    void takePreKeys(const std::vector<int> &people, int times);
    /// No group exists yet that would: one transaction in which the library stores a sender key.
    void storeSenderKey();

    client::Engine &engine() { return *engine_; }

private:
    void registerNow();
    void meetPeers();
    void meet(const QString &peer);
    void acceptRequests();
    void write();
    void repeat();
    void send(const Intent &intent);
    void readSome();
    std::vector<QString> peers() const;
    QString databasePath() const { return town_.folder + '/' + name_ + ".db"; }
    std::int64_t count(const char *query);
    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

    const Town &town_;
    int index_;
    QString name_;
    SystemRandom secrets_;
    SeededRandom jitter_; ///< never the same twice: the engine takes message ids from it
    SeededRandom random_; ///< of the habits
    IntentLog log_;
    std::unique_ptr<client::Engine> engine_;
    bool registering_ = false, isNewcomer_ = false;
    std::set<QString> unmet_, meeting_;
    std::vector<Intent> again_; ///< calls without an answer
    std::set<QString> open_; ///< keys of calls that were not answered yet
    Timer back_;
    bool offline_ = false;
    int looks_ = 0;
};

} // namespace kith::chaos
