// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/timers.h"

#include <QString>

#include <map>

namespace kith::chaos {

/// What was seen to happen, by name: only what fired is counted (delivery RUN1).
struct Tallies {
    std::map<QString, int> faults;
    std::map<QString, int> points; ///< deaths at crash points
    int slowestStartMs = 0; ///< of the server, from its start to its readiness
};

/// What the parts of one episode share.
struct Stage {
    QString folder; ///< profiles and store: the disk that fails
    QString logs; ///< intents, exports, standard errors: the disk that does not
    std::uint64_t seed = 0;
    Timers &timers;
    Tallies &tallies;
};

/// A wall clock that can be moved while processes read it (KITH_TEST_CLOCK).
class TestClock {
public:
    explicit TestClock(QString path);
    const QString &path() const { return path_; }
    void moveTo(milliseconds offset);

private:
    QString path_;
};

} // namespace kith::chaos
