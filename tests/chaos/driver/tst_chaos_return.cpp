// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery FI3, ST11; security S8
#include "tests/chaos/driver/crowd_under_fire.h"
#include "tests/chaos/driver/server_under_fire.h"
#include "tests/chaos/proxy/fault_proxy.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::chaos;

namespace {

constexpr int people = 4;
constexpr int patience = 30'000; // ms, for what has no deadline of its own

} // namespace

/// How soon people are back, with nobody who hurries them: after a server's death, and on a line that went dead without
/// a word.
class TestChaosReturn : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QtTimers timers_;
    Tallies tallies_;
    std::unique_ptr<Stage> stage_;
    std::unique_ptr<ServerUnderFire> server_;
    FaultProxy proxy_ { timers_, 3 };
    std::unique_ptr<CrowdUnderFire> crowd_;

    int online() const { return crowd_->counts().online; }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : { "disk", "logs" })
            QVERIFY(QDir(folder_.path()).mkdir(name));
        stage_ =
            std::make_unique<Stage>(Stage { folder_.filePath("disk"), folder_.filePath("logs"), 1, timers_, tallies_ });
        server_ = std::make_unique<ServerUnderFire>(*stage_, serverEntries());
        server_->start();
        QTRY_VERIFY_WITH_TIMEOUT(server_->isReady(), patience);
        QVERIFY(proxy_.listen(server_->port()));
        crowd_ = std::make_unique<CrowdUnderFire>(*stage_, CrowdUnderFire::Place { 0, proxy_.url(), people },
                                                  std::vector { 0, 1, 2, 3 });
        crowd_->start();
        QTRY_VERIFY_WITH_TIMEOUT(crowd_->isSettled(), patience);
    }

    /// The back-off begins between 0 and 1 s, and a start takes less than 2 s: 5 s for everybody.
    void everybodyIsBackAfterAKill()
    {
        QTRY_COMPARE_WITH_TIMEOUT(online(), people, patience);
        QElapsedTimer clock;
        server_->killNow("kill-server");
        QTRY_VERIFY_WITH_TIMEOUT(!server_->isReady() || proxy_.links() == 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(server_->isReady(), patience);
        clock.start();
        QTRY_COMPARE_WITH_TIMEOUT(proxy_.links(), people, 5'000);
        QTRY_COMPARE_WITH_TIMEOUT(online(), people, 5'000);
        qInfo() << "everybody was back" << clock.elapsed() << "ms after the server; it took" << tallies_.slowestStartMs
                << "ms to start";
    }

    /// No FIN, no RST, just silence: both ends notice within 45 s, and what was written meanwhile arrives.
    void aDeadLineIsNoticedIn45Seconds()
    {
        QTRY_COMPARE_WITH_TIMEOUT(online(), people, patience);
        QVERIFY(proxy_.inject({ BreakKind::stall, Direction::toClient, 0, milliseconds { 120'000 } }));
        crowd_->write(true);
        QTRY_VERIFY_WITH_TIMEOUT(proxy_.links() > people, 47'000); // the second line of who noticed
        crowd_->write(false);
        QTRY_VERIFY_WITH_TIMEOUT(crowd_->isQuiet(), patience);
        QVERIFY(crowd_->counts().sent > 0);
        QCOMPARE(crowd_->counts().received, crowd_->counts().sent);
    }
};

QTEST_GUILESS_MAIN(TestChaosReturn)
#include "tst_chaos_return.moc"
