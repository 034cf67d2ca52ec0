// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/driver/crowd_under_fire.h"
#include "tests/chaos/driver/server_under_fire.h"
#include "tests/chaos/proxy/fault_proxy.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>
#include <memory>
#include <vector>

namespace kith::chaos {

struct EpisodePlan {
    std::uint64_t seed = 0;
    QString folder; ///< everything lies in it, in two folders of its own
    milliseconds fire { 60'000 }; ///< how long faults happen
    int crowds = 8, people = 16;
    bool faults = true;
    bool lyingDisk = false; ///< the server's disk only says that it synced: messages must be seen to be lost
};

/// One seed: people on a server who write to each other while everything breaks, then peace, until all is quiet, then
/// exports. The order of what happens is chosen by the seed; when it happens is up to the machine.
class Episode final : public QObject {
    Q_OBJECT
public:
    Episode(EpisodePlan plan, Timers &timers);
    ~Episode() override;

    /// finished() comes, sooner or later.
    void run();

    const Tallies &tallies() const { return tallies_; }
    /// What went wrong beside the invariants: somebody did not come back, or did not become quiet.
    const QStringList &troubles() const { return troubles_; }
    QString logs() const { return stage_.logs; }
    QString storePath() const { return server_.storePath(); }
    /// Open files and memory of the server before anybody came and after everybody left.
    const QJsonObject &footprint() const { return footprint_; }

Q_SIGNALS:
    void finished();

private:
    enum class Phase { settling, fire, peace, exporting, over };

    void look();
    void beginFire();
    void beginPeace();
    void beginExport();
    void serverIsBack();
    void strike();
    void strikeNetwork();
    void strikeProcess();
    void moveClock();
    void pauseProcess();
    void setScene(CrowdUnderFire &crowd);
    int newcomerFor(const CrowdUnderFire &crowd);
    void sendNewcomer();
    void drainPreKeys();
    void killYoungServer();
    void helpServerRule();
    void keepBacklogBounded();
    QString describe() const;
    void trouble(const QString &what);
    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
    CrowdUnderFire &anyCrowd() { return *crowds_[below(crowds_.size())]; }
    template <class F>
    bool all(F f) const
    {
        return std::ranges::all_of(crowds_, [&](const auto &crowd) { return f(*crowd); });
    }

    EpisodePlan plan_;
    Timers &timers_;
    Tallies tallies_;
    QStringList troubles_;
    Stage stage_;
    SeededRandom random_;
    ServerUnderFire server_;
    FaultProxy proxy_;
    RuleBag crowdRules_;
    std::vector<std::unique_ptr<CrowdUnderFire>> crowds_; ///< the last one is the newcomers' house
    std::vector<int> newcomers_;
    std::unique_ptr<Child> young_; ///< a server that dies while it makes its store
    int youngServers_ = 0;
    Phase phase_ = Phase::settling;
    QElapsedTimer since_;
    QJsonObject footprint_;
    int exported_ = 0;
    bool writing_ = false;
    Timer look_, strike_, newcomer_, drain_, youngTimer_;
    std::vector<Timer> resumes_;
};

} // namespace kith::chaos
