// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/driver/child.h"
#include "tests/chaos/driver/rules.h"
#include "tests/chaos/driver/scene.h"

#include <QElapsedTimer>

namespace kith::chaos {

/// The built kith-server, which dies again and again at what the rules say and is started again at once.
class ServerUnderFire final : public QObject {
    Q_OBJECT
public:
    ServerUnderFire(const Stage &stage, std::vector<RuleBag::Entry> rules);

    void start();
    /// From now on every start has a rule; without: none, and the one that runs is replaced.
    void fire(bool on);
    void killNow(const QString &why); ///< counted as `why`
    void stop(); ///< SIGTERM; finished() comes
    void signal(int number) const { child_.signal(number); }

    bool isReady() const { return ready_; }
    quint16 port() const { return port_; }
    qint64 pid() const { return child_.pid(); }
    const Rule &rule() const { return rule_; }
    QString storePath() const { return stage_.folder + "/data/store"; }
    TestClock &clock() { return clock_; }

Q_SIGNALS:
    void ready();
    void finished(bool cleanly);
    void trouble(const QString &what);

private:
    void launch();
    void died(const Death &death);

    const Stage &stage_;
    Child child_;
    RuleBag rules_;
    TestClock clock_;
    Rule rule_;
    bool firing_ = false, ready_ = false, stopping_ = false;
    QString killedAs_;
    quint16 port_ = 0;
    int failedStarts_ = 0;
    QElapsedTimer starting_;
    Timer lifetime_;
};

/// Counts the lines of the failing disk's log and empties it.
void countDiskFaults(const QString &log, const QString &whose, Tallies &tallies);

} // namespace kith::chaos
