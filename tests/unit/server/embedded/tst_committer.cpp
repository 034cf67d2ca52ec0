// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S1; delivery AT4
#include "server/embedded/committer.h"
#include "tests/support/gateway/counting_metrics.h"
#include "tests/support/server/await.h"

#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace kith;
using namespace kith::server::embedded;
using support::await;

/// The queue in front of the disk: how much of it there may be while a commit hangs.
class TestCommitter : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    SystemClock clock_;
    std::unique_ptr<Database> database_;
    support::CountingMetrics metrics_;
    std::unique_ptr<Committer> committer_;
    std::promise<void> gate_;
    std::optional<Task<Result<void>>> first_;

    Task<Result<void>> ask(Committer::Kind kind, std::size_t bytes = 0)
    {
        return committer_->run<void>(
            kind, [](Batch &) { return Result<void> {}; }, bytes);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto opened = Database::open(folder_.filePath("db").toStdString(), clock_, {});
        QVERIFY(opened.ok());
        database_ = std::move(*opened);
    }
    void init() // a commit that hangs until the gate opens
    {
        committer_ = std::make_unique<Committer>(Committer::Parts {
            *database_, clock_, CommitMark(folder_.filePath("mark").toStdString()), [] { return 0.5; }, &metrics_ });
        gate_ = {};
        std::promise<void> begun;
        auto hangs = [&begun, gate = gate_.get_future().share()](Batch &) {
            begun.set_value();
            gate.wait();
            return Result<void> {};
        };
        first_ = committer_->run<void>(Committer::Kind::other, hangs);
        begun.get_future().wait();
    }
    void cleanup()
    {
        if (committer_)
            committer_->stop();
        committer_.reset();
    }

    void refusesTheOperationThatIsOneTooMany()
    {
        std::vector<Task<Result<void>>> waiting;
        for (std::size_t i = 0; i < Committer::mostWaiting; ++i)
            waiting.push_back(ask(Committer::Kind::accept));
        const auto before = metrics_.value("kith_store_refused_total");
        QCOMPARE(await(ask(Committer::Kind::accept)).error().code, ErrorCode::busy);
        QCOMPARE(metrics_.value("kith_store_refused_total"), before + 1);
        auto settled = ask(Committer::Kind::settle); // makes room: it is taken
        gate_.set_value();
        QVERIFY(await(std::move(settled)).ok());
        QVERIFY(await(std::move(waiting.back())).ok());
        QVERIFY2(await(ask(Committer::Kind::accept)).ok(), "there is room again");
    }

    void refusesTheByteThatIsOneTooMany()
    {
        auto fits = ask(Committer::Kind::accept, Committer::mostWaitingBytes);
        QCOMPARE(await(ask(Committer::Kind::accept, 1)).error().code, ErrorCode::busy);
        gate_.set_value();
        QVERIFY(await(std::move(fits)).ok());
        QVERIFY(await(ask(Committer::Kind::accept, 1)).ok());
    }

    void evenAcknowledgementsHaveABound()
    {
        for (std::size_t i = 0; i < 2 * Committer::mostWaiting; ++i)
            (void)ask(Committer::Kind::settle);
        QCOMPARE(await(ask(Committer::Kind::settle)).error().code, ErrorCode::busy);
        gate_.set_value();
    }
};

QTEST_GUILESS_MAIN(TestCommitter)
#include "tst_committer.moc"
