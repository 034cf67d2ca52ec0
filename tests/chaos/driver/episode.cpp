// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/episode.h"

#include "tests/chaos/driver/world_after.h"

#include <QDir>

#include <algorithm>
#include <csignal>

namespace kith::chaos {

namespace {

constexpr milliseconds lookEvery { 250 };
constexpr qint64 settlingLimit = 40'000, peaceLimit = 100'000, exportLimit = 60'000, hopelessLimit = 25'000; // ms
constexpr qint64 mostUnread = 6'000; ///< beyond it nobody writes for a while

QString under(const QString &folder, const char *name)
{
    const QString path = folder + '/' + name;
    QDir().mkpath(path);
    return path;
}

} // namespace

Episode::Episode(EpisodePlan plan, Timers &timers)
    : plan_(std::move(plan))
    , timers_(timers)
    , stage_ { under(plan_.folder, "disk"), under(plan_.folder, "logs"), plan_.seed, timers, tallies_ }
    , random_(plan_.seed)
    , server_(stage_, plan_.lyingDisk ? lyingEntries() : serverEntries())
    , proxy_(timers, plan_.seed * 31 + 2)
    , crowdRules_(crowdEntries(), plan_.seed * 31 + 3)
{
    connect(&proxy_, &FaultProxy::fired, this, [this](BreakKind kind) { ++tallies_.faults[toString(kind)]; });
    connect(&server_, &ServerUnderFire::ready, this, &Episode::serverIsBack);
    connect(&server_, &ServerUnderFire::trouble, this, &Episode::trouble);
}

Episode::~Episode() = default;

void Episode::run()
{
    since_.start();
    server_.start();
    look();
}

void Episode::trouble(const QString &what)
{
    qWarning("seed %llu: %s", static_cast<unsigned long long>(plan_.seed), qPrintable(what));
    troubles_ << what;
}

void Episode::serverIsBack()
{
    if (!crowds_.empty()) {
        for (const auto &crowd : crowds_)
            crowd->say("hurry");
        return;
    }
    footprint_.insert("openFilesBefore", footprintOf(server_.pid())["openFiles"]);
    if (!proxy_.listen(server_.port()))
        return trouble("the proxy cannot listen");
    for (int number = 0; number <= plan_.crowds; ++number) {
        std::vector<int> people;
        for (int person = number; number < plan_.crowds && person < plan_.people; person += plan_.crowds)
            people.push_back(person);
        crowds_.push_back(std::make_unique<CrowdUnderFire>(
            stage_, CrowdUnderFire::Place { number, proxy_.url(), plan_.people }, std::move(people)));
        auto *crowd = crowds_.back().get();
        connect(crowd, &CrowdUnderFire::armed, this, [this, crowd] { setScene(*crowd); });
        connect(crowd, &CrowdUnderFire::trouble, this, &Episode::trouble);
        connect(crowd, &CrowdUnderFire::finished, this, [this](bool cleanly) {
            if (!cleanly)
                trouble("an export failed");
            ++exported_;
        });
        crowd->start();
    }
}

void Episode::look()
{
    const auto patience = [&](qint64 limit, const char *what) {
        if (since_.elapsed() < limit)
            return false;
        trouble(QStringLiteral("%1: %2").arg(what, describe()));
        return true;
    };
    switch (phase_) {
    case Phase::settling:
        if ((!crowds_.empty() && all([](const auto &crowd) { return crowd.isSettled(); }))
            || patience(settlingLimit, "not everybody arrived"))
            beginFire();
        break;
    case Phase::fire:
        keepBacklogBounded();
        helpServerRule();
        if (since_.elapsed() >= plan_.fire.count())
            beginPeace();
        break;
    case Phase::peace:
        if (all([](const auto &crowd) { return crowd.isQuiet(); })
            || patience(plan_.lyingDisk ? hopelessLimit : peaceLimit, "did not become quiet"))
            beginExport();
        break;
    case Phase::exporting:
        if (exported_ == static_cast<int>(crowds_.size()) || patience(exportLimit, "not everybody exported")) {
            phase_ = Phase::over;
            const auto after = footprintOf(server_.pid());
            footprint_.insert("openFilesAfter", after["openFiles"]);
            footprint_.insert("residentBytes", after["residentBytes"]);
            connect(&server_, &ServerUnderFire::finished, this, [this](bool cleanly) {
                if (!cleanly)
                    trouble("the server did not end cleanly");
                Q_EMIT finished();
            });
            server_.stop();
            return;
        }
        break;
    case Phase::over:
        return;
    }
    look_ = timers_.after(lookEvery, [this] { look(); });
}

void Episode::beginFire()
{
    phase_ = Phase::fire;
    since_.restart();
    if (plan_.faults) {
        server_.fire(true);
        for (const auto &crowd : crowds_)
            crowd->fire(crowd == crowds_.back() ? nullptr : &crowdRules_);
        strike_ = timers_.after(milliseconds { 1'000 }, [this] { strike(); });
        newcomer_ = timers_.after(milliseconds { 3'000 }, [this] { sendNewcomer(); });
        drain_ = timers_.after(milliseconds { 2'000 }, [this] { drainPreKeys(); });
        youngTimer_ = timers_.after(milliseconds { 5'000 }, [this] { killYoungServer(); });
    }
    writing_ = true;
    for (const auto &crowd : crowds_)
        crowd->write(true);
}

/// Messages that wait at the server cost nothing but make the end late.
void Episode::keepBacklogBounded()
{
    qint64 sent = 0, received = 0, waiting = 0;
    for (const auto &crowd : crowds_) {
        if (crowd->counts().people == 0)
            return; // it has just been started: nobody knows
        sent += crowd->counts().sent;
        received += crowd->counts().received;
        waiting += crowd->counts().waiting;
    }
    const bool wish = sent - waiting - received < (writing_ ? mostUnread : mostUnread / 2);
    if (wish == writing_)
        return;
    writing_ = wish;
    for (const auto &crowd : crowds_)
        crowd->write(wish);
}

void Episode::beginPeace()
{
    phase_ = Phase::peace;
    since_.restart();
    strike_.cancel();
    newcomer_.cancel();
    drain_.cancel();
    youngTimer_.cancel();
    resumes_.clear();
    young_.reset();
    proxy_.healAll();
    server_.clock().moveTo(milliseconds { 0 });
    if (plan_.faults)
        server_.fire(false);
    crowds_.back()->setPeople(newcomers_);
    for (const auto &crowd : crowds_) {
        crowd->clock().moveTo(milliseconds { 0 });
        crowd->write(false);
        if (plan_.faults)
            crowd->fire(nullptr);
    }
}

void Episode::beginExport()
{
    phase_ = Phase::exporting;
    since_.restart();
    for (const auto &crowd : crowds_)
        crowd->exportAll();
}

QString Episode::describe() const
{
    QStringList words;
    for (const auto &crowd : crowds_) {
        const auto &counts = crowd->counts();
        words << QStringLiteral("%1 of %2 people, %3 online, %4 settled, %5 quiet, %6 waiting")
                     .arg(counts.people)
                     .arg(crowd->people().size())
                     .arg(counts.online)
                     .arg(counts.settled)
                     .arg(counts.quiet)
                     .arg(counts.waiting);
    }
    return words.join("; ");
}

} // namespace kith::chaos
