// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/driver/episode.h"

#include "tests/chaos/crowd/people.h"

#include <QDir>

#include <algorithm>
#include <csignal>

/// What an episode does to the world from outside, and how it makes rare crash points be passed.
namespace kith::chaos {

namespace {

constexpr std::uint64_t shortestPause = 40, pauseSpread = 200; // ms between two strikes
constexpr int newcomersAtOnce = 2;
constexpr int takenAtOnce = 25; // by each crowd, of a stock of 100: below the mark of 25
constexpr int refillDeaths = 10;
constexpr std::int64_t hourMs = 3'600'000, dayMs = 24 * hourMs;

} // namespace

void Episode::strike()
{
    const auto dice = below(100);
    if (dice < 80)
        strikeNetwork();
    else if (dice < 93)
        strikeProcess();
    else
        moveClock();
    strike_ = timers_.after(milliseconds { shortestPause + below(pauseSpread) }, [this] { strike(); });
}

void Episode::strikeNetwork()
{
    const auto direction = below(2) == 0 ? Direction::toServer : Direction::toClient;
    switch (below(24)) {
    case 0:
        if (below(2) == 0 && proxy_.cutAll() > 0)
            ++tallies_.faults["reconnect-storm"];
        return;
    case 1:
        proxy_.inject(
            { BreakKind::stall, direction, 0, milliseconds { below(6) == 0 ? 50'000 : 2'000 + below(6'000) } });
        return;
    case 2:
    case 3:
        proxy_.inject({ BreakKind::throttle, direction, 4'000, milliseconds { 1'000 + below(3'000) } });
        return;
    case 4:
    case 5:
    case 6:
        proxy_.inject({ BreakKind::delay, direction, 0, milliseconds { 50 + below(1'500) } });
        return;
    case 7:
    case 8:
    case 9:
        proxy_.inject({ BreakKind::duplicate, direction, 1 + static_cast<int>(below(12)), {} });
        return;
    case 10:
    case 11:
    case 12:
        proxy_.inject({ BreakKind::reorder, direction, 1 + static_cast<int>(below(8)), {} });
        return;
    case 13:
    case 14:
    case 15:
    case 16:
        proxy_.inject({ BreakKind::cutBetweenFrames, direction, 0, {} });
        return;
    case 17:
    case 18:
    case 19:
        proxy_.inject({ BreakKind::cutInsideFrame, direction, 1 + static_cast<int>(below(200)), {} });
        return;
    case 20:
    case 21:
        proxy_.inject({ BreakKind::duplicate, direction, 40, {} });
        return;
    default:
        proxy_.inject({ BreakKind::reorder, direction, 20, {} });
    }
}

void Episode::strikeProcess()
{
    switch (below(8)) {
    case 0:
        return server_.killNow("kill-server");
    case 1:
    case 2:
        return anyCrowd().killNow("kill-client");
    case 3:
        return pauseProcess();
    default:
        anyCrowd().say("offline " + QByteArray::number(static_cast<int>(1'000 + below(5'000))));
        ++tallies_.faults["offline-spell"];
    }
}

/// SIGSTOP: alive, and deaf.
void Episode::pauseProcess()
{
    const milliseconds time { 500 + below(2'500) };
    ++tallies_.faults["paused-process"];
    if (below(3) == 0) {
        server_.signal(SIGSTOP);
        resumes_.push_back(timers_.after(time, [this] { server_.signal(SIGCONT); }));
        return;
    }
    auto *crowd = &anyCrowd();
    crowd->signal(SIGSTOP);
    resumes_.push_back(timers_.after(time, [crowd] { crowd->signal(SIGCONT); }));
}

/// Steps of client and server apart: an hour back, a day on, minutes, and back again.
void Episode::moveClock()
{
    static constexpr std::int64_t steps[] = { -hourMs, dayMs, -7 * 60'000, 3 * 60'000, 0, 0 };
    const milliseconds step { steps[below(std::size(steps))] };
    if (below(4) == 0) {
        server_.clock().moveTo(step);
        ++tallies_.faults["server-clock-jump"];
    } else {
        anyCrowd().clock().moveTo(step);
        ++tallies_.faults["client-clock-jump"];
    }
}

/// Called when a crowd has come online under a rule, and for the server's rule now and then.
void Episode::setScene(CrowdUnderFire &crowd)
{
    switch (sceneOf(crowd.rule().name)) {
    case Scene::talk:
    case Scene::preKeys: // drained before
    case Scene::newcomer: // the house has one
        return;
    case Scene::firstMessage:
        crowds_.back()->say("newcomer " + QByteArray::number(newcomerFor(crowd)));
        return;
    case Scene::senderKey:
        crowd.say("sender-key");
        return;
    }
}

/// A person who knows nobody and will write to somebody of this crowd. The house keeps the last ones open.
int Episode::newcomerFor(const CrowdUnderFire &crowd)
{
    int index = newcomers_.empty() ? plan_.people : newcomers_.back() + 1;
    while (std::ranges::find(crowd.people(), firstPeerOf(index, plan_.people)) == crowd.people().end())
        ++index;
    newcomers_.push_back(index);
    const auto kept = std::min<std::ptrdiff_t>(newcomersAtOnce, std::ssize(newcomers_));
    crowds_.back()->setPeople({ newcomers_.end() - kept, newcomers_.end() });
    return index;
}

/// Somebody who dies while she makes her profile or registers, and does it again.
void Episode::sendNewcomer()
{
    auto &house = *crowds_.back();
    newcomerFor(*crowds_[below(crowds_.size() - 1)]);
    const bool registering = below(2) == 0;
    house.queueRules(
        { { Rule::Kind::failpoint, registering ? "c11" : "s9", registering ? 1 : 1 + static_cast<int>(below(3)) } });
    house.killNow("kill-client");
    newcomer_ = timers_.after(milliseconds { 6'000 + below(4'000) }, [this] { sendNewcomer(); });
}

/// Strangers take nearly all prekeys of a crowd; the refill dies again and again.
void Episode::drainPreKeys()
{
    auto &victims = *crowds_[below(crowds_.size() - 1)];
    QByteArray order = "take " + QByteArray::number(takenAtOnce);
    for (const int person : victims.people())
        order += ' ' + QByteArray::number(person);
    for (const auto &crowd : crowds_) {
        if (crowd.get() != &victims && crowd != crowds_.back())
            crowd->say(order);
    }
    std::vector<Rule> rules;
    for (int i = 0; i < refillDeaths; ++i)
        rules.push_back({ Rule::Kind::failpoint, 2 * i < refillDeaths ? "c12" : "c13", 1 });
    victims.queueRules(rules);
    victims.killNow("kill-client");
    drain_ = timers_.after(milliseconds { 45'000 + below(20'000) }, [this] { drainPreKeys(); });
}

/// A server that dies while it makes its store (s9) must make it whole at the next start.
void Episode::killYoungServer()
{
    young_ = std::make_unique<Child>(QStringLiteral(KITH_BIN_DIR "/kith-server"), stage_.logs + "/young.err");
    const QString folder = stage_.folder + QStringLiteral("/young%1").arg(++youngServers_);
    const QStringList arguments { "run",  "--dev",          "--listen",    "127.0.0.1:0",   "--data-dir",
                                  folder, "--listen-admin", "127.0.0.1:0", "--print-ready", "json" };
    auto environment = cleanEnvironment();
    environment.insert("XDG_STATE_HOME", folder + "-state");
    environment.insert("XDG_RUNTIME_DIR", stage_.folder);
    young_->onLine = [this](const QJsonObject &) { young_->signal(SIGKILL); }; // it serves
    young_->onDeath = [this, arguments, environment, folder](const Death &death) {
        if (death.point != "s9") {
            QDir(folder).removeRecursively();
            if (!death.killed)
                trouble(QStringLiteral("a server that died young does not start, code %1").arg(death.code));
            return;
        }
        ++tallies_.points["s9"];
        ++tallies_.faults["server-crash-point"];
        young_->start(arguments, environment);
    };
    auto armed = environment;
    Rule { Rule::Kind::failpoint, "s9", 1 + static_cast<int>(below(2)) }.put(armed, {}, {});
    young_->start(arguments, armed);
    youngTimer_ = timers_.after(milliseconds { 12'000 + below(8'000) }, [this] { killYoungServer(); });
}

/// The server dies when somebody's prekey is taken: somebody takes one.
void Episode::helpServerRule()
{
    if (!server_.isReady() || sceneOf(server_.rule().name) != Scene::preKeys)
        return;
    auto &taker = *crowds_[below(crowds_.size() - 1)];
    taker.say("take 1 " + QByteArray::number(static_cast<int>(below(static_cast<std::uint64_t>(plan_.people)))));
}

} // namespace kith::chaos
