// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/driver/child.h"
#include "tests/chaos/driver/rules.h"
#include "tests/chaos/driver/scene.h"

#include <vector>

namespace kith::chaos {

/// A process of many people that dies again and again at what its rules say and is started again at once.
class CrowdUnderFire final : public QObject {
    Q_OBJECT
public:
    struct Place {
        int number = 0;
        QString server; ///< the proxy's address
        int town = 0; ///< how many people know each other
    };
    struct Counts {
        qint64 sent = 0, received = 0, waiting = 0;
        int people = 0, online = 0, settled = 0, quiet = 0;
    };

    CrowdUnderFire(const Stage &stage, Place place, std::vector<int> people);

    void start();
    /// From now on every start has the next rule of `rules`; nothing: none, and the process is replaced.
    void fire(RuleBag *rules);
    /// These come first.
    void queueRules(const std::vector<Rule> &rules) { queued_.insert(queued_.end(), rules.begin(), rules.end()); }
    void killNow(const QString &why);
    void say(const QByteArray &line) { child_.say(line); }
    void write(bool on);
    void addPerson(int index) { people_.push_back(index); }
    void setPeople(std::vector<int> people) { people_ = std::move(people); }
    /// Everybody writes down what there is and the process ends; finished() comes.
    void exportAll();
    void signal(int number) const { child_.signal(number); }

    const Counts &counts() const { return counts_; }
    const std::vector<int> &people() const { return people_; }
    const Rule &rule() const { return rule_; }
    bool isQuiet() const
    {
        return counts_.people == static_cast<int>(people_.size()) && counts_.quiet == counts_.people;
    }
    bool isSettled() const
    {
        return counts_.people == static_cast<int>(people_.size()) && counts_.settled == counts_.people;
    }
    TestClock &clock() { return clock_; }

Q_SIGNALS:
    /// Started under a rule: the scene may have to be set.
    void armed();
    void finished(bool cleanly);
    void trouble(const QString &what);

private:
    void launch();
    void died(const Death &death);
    QString name() const { return QStringLiteral("crowd%1").arg(place_.number); }

    const Stage &stage_;
    Place place_;
    std::vector<int> people_;
    Child child_;
    TestClock clock_;
    RuleBag *rules_ = nullptr;
    std::vector<Rule> queued_;
    Rule rule_;
    Counts counts_;
    QString killedAs_;
    int incarnation_ = 0, failedStarts_ = 0;
    bool writing_ = false, exporting_ = false, told_ = false, expired_ = false;
    Timer lifetime_;
};

} // namespace kith::chaos
