// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/crowd_under_fire.h"

#include "tests/chaos/driver/server_under_fire.h"

#include <QFile>
#include <QStringList>

#include <csignal>

namespace kith::chaos {

namespace {

constexpr milliseconds usualLifetime { 25'000 }; // a rule that did not fire by then does not; counted as a kill
constexpr milliseconds refillLifetime { 70'000 }; // a refill of prekeys waits up to a minute
constexpr int mostFailedStarts = 20;

QString listOf(const std::vector<int> &numbers)
{
    QStringList words;
    for (const int number : numbers)
        words << QString::number(number);
    return words.join(',');
}

} // namespace

CrowdUnderFire::CrowdUnderFire(const Stage &stage, Place place, std::vector<int> people)
    : stage_(stage)
    , place_(std::move(place))
    , people_(std::move(people))
    , child_(QStringLiteral(KITH_BIN_DIR "/kith-chaos-crowd"), stage.logs + '/' + name() + ".err")
    , clock_(stage.logs + '/' + name() + ".clock")
{
    child_.onLine = [this](const QJsonObject &line) {
        if (line.contains("exported"))
            return;
        failedStarts_ = 0;
        counts_ = { line["sent"].toInteger(), line["received"].toInteger(), line["waiting"].toInteger(),
                    line["people"].toInt(),   line["online"].toInt(),       line["settled"].toInt(),
                    line["quiet"].toInt() };
        if (counts_.online > 0 && rule_.kind != Rule::Kind::none && !std::exchange(told_, true))
            Q_EMIT armed();
    };
    child_.onDeath = [this](const Death &death) { died(death); };
}

void CrowdUnderFire::start()
{
    launch();
}

void CrowdUnderFire::fire(RuleBag *rules)
{
    rules_ = rules;
    queued_.clear();
    signal(SIGCONT);
    killNow("kill-client");
}

void CrowdUnderFire::killNow(const QString &why)
{
    killedAs_ = why;
    signal(SIGKILL);
}

void CrowdUnderFire::write(bool on)
{
    writing_ = on;
    say(on ? "write on" : "write off");
}

void CrowdUnderFire::exportAll()
{
    exporting_ = true;
    say("export");
}

void CrowdUnderFire::launch()
{
    auto environment = cleanEnvironment();
    environment.insert("KITH_TEST_CLOCK", clock_.path());
    rule_ = {};
    if (!queued_.empty()) {
        rule_ = queued_.front();
        queued_.erase(queued_.begin());
    } else if (rules_) {
        rule_ = rules_->next();
    }
    rule_.put(environment, stage_.folder, stage_.logs + '/' + name() + ".disk");
    counts_ = {};
    told_ = false;
    child_.start({ "--folder", stage_.folder, "--logs", stage_.logs, "--server", place_.server, "--seed",
                   QString::number(stage_.seed), "--town", QString::number(place_.town), "--incarnation",
                   QString::number(++incarnation_), "--people", listOf(people_) },
                 environment);
    if (writing_)
        child_.say("write on");
    lifetime_.cancel();
    if (rules_)
        lifetime_ = stage_.timers.after(rule_.name == "c12" ? refillLifetime : usualLifetime, [this] {
            expired_ = true;
            killNow("kill-client");
        });
}

void CrowdUnderFire::died(const Death &death)
{
    countDiskFaults(stage_.logs + '/' + name() + ".disk", "client", stage_.tallies);
    const auto killedAs = std::exchange(killedAs_, {});
    if (!death.point.isEmpty()) {
        ++stage_.tallies.points[death.point];
        ++stage_.tallies.faults["client-crash-point"];
    } else if (death.killed && !killedAs.isEmpty()) {
        ++stage_.tallies.faults[killedAs];
    }
    const bool waited = rule_.name == "c12" || rule_.name == "c13";
    const bool expired = std::exchange(expired_, false);
    if (waited && death.point != rule_.name && !expired && rules_)
        queued_.insert(queued_.begin(), rule_); // what it takes long to wait for is not lost to another fault
    if (exporting_) {
        Q_EMIT finished(!death.killed && death.code == 0);
        return;
    }
    const bool expected = death.killed || rule_.kind == Rule::Kind::disk;
    if (!expected)
        Q_EMIT trouble(
            QStringLiteral("%1 ended by itself, code %2, rule %3").arg(name()).arg(death.code).arg(rule_.name));
    if (++failedStarts_ >= mostFailedStarts) {
        Q_EMIT trouble(name() + " does not start any more");
        return;
    }
    launch();
}

} // namespace kith::chaos
