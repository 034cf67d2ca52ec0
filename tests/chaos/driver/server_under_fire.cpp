// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/server_under_fire.h"

#include <QFile>
#include <QUrl>

#include <csignal>

namespace kith::chaos {

namespace {

constexpr milliseconds usualLifetime { 12'000 }; // a rule that did not fire by then does not; counted as a kill
constexpr int mostFailedStarts = 20; // in a row: a start that a rule ended is none

} // namespace

void countDiskFaults(const QString &log, const QString &whose, Tallies &tallies)
{
    QFile file(log);
    if (!file.open(QIODevice::ReadOnly))
        return;
    for (const auto &line : file.readAll().split('\n')) {
        if (!line.isEmpty())
            ++tallies.faults[whose + "-disk-" + QString::fromLatin1(line)];
    }
    file.remove();
}

ServerUnderFire::ServerUnderFire(const Stage &stage, std::vector<RuleBag::Entry> rules)
    : stage_(stage)
    , child_(QStringLiteral(KITH_BIN_DIR "/kith-server"), stage.logs + "/server.err")
    , rules_(std::move(rules), stage.seed * 31 + 1)
    , clock_(stage.logs + "/server.clock")
{
    child_.onLine = [this](const QJsonObject &line) {
        port_ = static_cast<quint16>(QUrl(line["gateway"].toString()).port());
        ready_ = true;
        failedStarts_ = 0;
        stage_.tallies.slowestStartMs = std::max(stage_.tallies.slowestStartMs, static_cast<int>(starting_.elapsed()));
        Q_EMIT ready();
    };
    child_.onDeath = [this](const Death &death) { died(death); };
}

void ServerUnderFire::start()
{
    launch();
}

void ServerUnderFire::fire(bool on)
{
    firing_ = on;
    signal(SIGCONT);
    killNow("kill-server");
}

void ServerUnderFire::killNow(const QString &why)
{
    killedAs_ = why;
    signal(SIGKILL);
}

void ServerUnderFire::stop()
{
    stopping_ = true;
    if (child_.isRunning())
        return signal(SIGTERM);
    lifetime_ = stage_.timers.after(milliseconds { 0 }, [this] { Q_EMIT finished(false); }); // it had given up
}

void ServerUnderFire::launch()
{
    auto environment = cleanEnvironment();
    environment.insert("XDG_STATE_HOME", stage_.folder + "/state");
    environment.insert("XDG_RUNTIME_DIR", stage_.folder);
    environment.insert("KITH_TEST_CLOCK", clock_.path());
    rule_ = firing_ ? rules_.next() : Rule {};
    rule_.put(environment, stage_.folder + "/data", stage_.logs + "/server.disk");
    ready_ = false;
    lifetime_.cancel();
    if (firing_)
        lifetime_ = stage_.timers.after(usualLifetime, [this] { killNow("kill-server"); });
    starting_.start();
    child_.start({ "run", "--dev", "--listen", QStringLiteral("127.0.0.1:%1").arg(port_), "--data-dir",
                   stage_.folder + "/data", "--listen-admin", "127.0.0.1:0", "--print-ready", "json" },
                 environment);
}

void ServerUnderFire::died(const Death &death)
{
    const bool wasReady = std::exchange(ready_, false);
    countDiskFaults(stage_.logs + "/server.disk", "server", stage_.tallies);
    const auto killedAs = std::exchange(killedAs_, {});
    if (!death.point.isEmpty()) {
        ++stage_.tallies.points[death.point];
        ++stage_.tallies.faults["server-crash-point"];
    } else if (death.killed && !killedAs.isEmpty()) {
        ++stage_.tallies.faults[killedAs];
    }
    if (stopping_) {
        Q_EMIT finished(!death.killed && death.code == 0);
        return;
    }
    const bool expected = death.killed || rule_.kind == Rule::Kind::disk; // a full disk may refuse a start
    if (!expected)
        Q_EMIT trouble(QStringLiteral("the server ended by itself, code %1, rule %2").arg(death.code).arg(rule_.name));
    if (!wasReady && ++failedStarts_ >= mostFailedStarts) {
        Q_EMIT trouble("the server does not start any more");
        return;
    }
    launch();
}

} // namespace kith::chaos
