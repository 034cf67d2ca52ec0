// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/random.h"
#include "tests/e2e/conversation.h"
#include "tests/support/memory.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <csignal>

using namespace kith;
using namespace kith::e2e;

/// The life and the death of an agent process.
// covers: cli 1.1, 1.2, 1.3; security C25, L3
class TestAgentLife : public QObject {
    Q_OBJECT

    static constexpr int senders = 8;
    static constexpr int each = 12;

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_, bob_;

    /// `kith send` again and again, as a script does it: one process a message.
    class Loop {
    public:
        Loop(const Person &person, int number) : person_(person), number_(number) { next(); }

        bool isDone() const { return sent_ == each; }
        QStringList failures() const { return failures_; }
        static QString text(int number, int index)
        {
            return QStringLiteral("loop %1 message %2").arg(number).arg(index);
        }

    private:
        void next()
        {
            process_ = std::make_unique<QProcess>();
            process_->setProcessEnvironment(person_.environment());
            QObject::connect(process_.get(), &QProcess::finished, process_.get(), [this](int code) {
                if (code != 0)
                    failures_ << text(number_, sent_) + ": " + process_->readAllStandardError();
                ++sent_;
                if (sent_ < each)
                    QMetaObject::invokeMethod(
                        process_.get(), [this] { next(); }, Qt::QueuedConnection);
            });
            process_->start(
                programPath("kith"),
                { "-p", person_.name(), "--no-input", "send", "-t", "@bob", "--wait", "queued", text(number_, sent_) });
        }

        const Person &person_;
        int number_;
        int sent_ = 0;
        QStringList failures_;
        std::unique_ptr<QProcess> process_;
    };

    bool endsWithin(int ms)
    {
        return eventually([this] { return !mei_->agentPid(); }, ms);
    }

private Q_SLOTS:
    void initTestCase()
    {
        server_ = std::make_unique<Server>(folder_.filePath("server"));
        QVERIFY(server_->start());
        mei_ = std::make_unique<Person>(folder_.path(), "mei");
        bob_ = std::make_unique<Person>(folder_.path(), "bob");
        QCOMPARE(mei_->enrol(*server_).exit, 0);
        QCOMPARE(bob_->enrol(*server_).exit, 0);
        QVERIFY(introduce(*mei_, *bob_));
    }

    void aSecondAgentEndsAtOnceAndNamesTheFirst()
    {
        QVERIFY(mei_->link());
        const QByteArray pid = QByteArray::number(*mei_->agentPid());
        QElapsedTimer watch;
        watch.start();
        const Outcome second = mei_->kith({ "agent", "--foreground" });
        QCOMPARE(second.exit, 9);
        QVERIFY2(second.err.contains(pid), second.err);
        QVERIFY(watch.elapsed() < 5'000);
    }

    void theAgentCannotBeDumpedAndKeepsItsKeyInMemory()
    {
        QVERIFY(mei_->link());
        QFile status(QStringLiteral("/proc/%1/status").arg(*mei_->agentPid()));
        QVERIFY(status.open(QIODevice::ReadOnly));
        const QByteArray text = status.readAll();
        QVERIFY2(support::isSanitized || !text.contains("VmLck:\t       0 kB"), text); // a sanitizer locks nothing
        // What may not be dumped belongs to root in /proc, whoever runs it; for root itself there is no difference.
        const QFileInfo memory(QStringLiteral("/proc/%1/mem").arg(*mei_->agentPid()));
        QCOMPARE(memory.ownerId(), 0U);
    }

    void sigtermEndsItCleanly()
    {
        QVERIFY(mei_->link());
        ::kill(static_cast<pid_t>(*mei_->agentPid()), SIGTERM);
        QVERIFY(endsWithin(5'000));
        const QFileInfo log(mei_->profileDir() + "/kith.db-wal");
        QVERIFY(!log.exists() || log.size() == 0); // checkpointed
        QCOMPARE(mei_->kith({ "history", "@bob" }).exit, 0);
    }

    void stopsWhenIdleOnlyWhenNothingWaits()
    {
        server_->kill();
        QCOMPARE(mei_->kith({ "send", "-t", "@bob", "--wait", "queued", "waits" }).exit, 0);
        const qint64 pid = *mei_->agentPid();
        const Outcome busy = mei_->kith({ "agent", "stop", "--idle", "--json" });
        QCOMPARE(busy.exit, 0);
        QVERIFY2(!busy.json()["stopping"].toBool(true), busy.out);
        QCOMPARE(*mei_->agentPid(), pid);
        QVERIFY(server_->start());
        QVERIFY(eventually([&] { return history(*mei_, "@bob").back()["state"].toString() == "delivered"; }));
        QVERIFY(mei_->kith({ "agent", "stop", "--idle", "--json" }).json()["stopping"].toBool());
        QVERIFY(endsWithin(5'000));
    }

    void lingersAsLongAsSomebodyIsAttached()
    {
        QCOMPARE(mei_->kith({ "config", "set", "agent.linger", "300ms" }).exit, 0);
        const auto front = mei_->link();
        QVERIFY(front);
        const qint64 pid = *mei_->agentPid();
        QElapsedTimer watch;
        watch.start();
        while (watch.elapsed() < 1'000)
            QCOMPARE(mei_->kith({ "chats" }).exit, 0);
        QCOMPARE(*mei_->agentPid(), pid);
        front->close();
        QVERIFY(endsWithin(10'000));
        QCOMPARE(mei_->kith({ "config", "set", "agent.linger", "60s" }).exit, 0);
    }

    void killedUnderAFollowerAndEightSendersLosesAndRepeatsNothing()
    {
        QVERIFY(mei_->link());
        QProcess follower;
        follower.setProcessEnvironment(mei_->environment());
        follower.start(programPath("kith"),
                       { "-p", "mei", "--no-input", "receive", "--consumer", "watch", "--follow", "--types",
                         "message.sent", "--output", "jsonl" });
        QVERIFY(eventually([&] { return mei_->kith({ "consumer", "list", "--json" }).out.contains("watch"); }));
        std::vector<std::unique_ptr<Loop>> loops;
        for (int i = 0; i < senders; ++i)
            loops.push_back(std::make_unique<Loop>(*mei_, i));
        const auto allDone = [&] {
            return std::ranges::all_of(loops, [](const auto &loop) { return loop->isDone(); });
        };
        QByteArray followed;
        const auto seen = [&] { return (followed += follower.readAllStandardOutput()).count('\n'); };
        SystemRandom random;
        const auto seed = random.below(1'000'000);
        qInfo() << "seed" << seed;
        SeededRandom chance(seed);
        qint64 slowest = 0;
        for (int kills = 0; kills < 2 && !allDone(); ++kills) { // 3 starts a minute: one front end follows them all
            const qsizetype from = seen() + 1 + static_cast<qsizetype>(chance.below(senders * each / 3));
            QVERIFY(eventually([&] { return seen() >= from || allDone(); }, 120'000));
            QVERIFY(mei_->killAgent());
            QElapsedTimer back;
            back.start();
            QVERIFY(eventually([&] { return mei_->agentPid().has_value(); }));
            slowest = std::max(slowest, back.elapsed());
        }
        QVERIFY(eventually(allDone, 180'000));
        for (const auto &loop : loops)
            QCOMPARE(loop->failures(), QStringList {}); // no lock was ever waited for, no call failed
        QVERIFY(eventually([&] { return seen() >= senders * each; }, 60'000));
        qInfo() << "an agent was back after at most" << slowest << "ms";
        QVERIFY(slowest < 3'000); // 1 s on a machine that has nothing else to do
        QSet<QString> wanted, shown;
        for (int i = 0; i < senders; ++i)
            for (int n = 0; n < each; ++n)
                wanted << Loop::text(i, n);
        for (const QByteArray &line : followed.split('\n')) {
            const QString text = QJsonDocument::fromJson(line).object()["message"].toObject()["text"].toString();
            QVERIFY2(text.isEmpty() || !shown.contains(text), qPrintable(text));
            if (!text.isEmpty())
                shown << text;
        }
        QCOMPARE(shown, wanted);
        QVERIFY(eventually([&] { return history(*mei_, "@bob").back()["state"].toString() == "delivered"; }));
        QStringList arrived = textsOf(history(*bob_, "@mei"), false);
        arrived.removeIf([](const QString &text) { return !text.startsWith("loop "); });
        QCOMPARE(arrived.size(), senders * each);
        QCOMPARE(QSet<QString>(arrived.begin(), arrived.end()), wanted);
        QCOMPARE(bob_->kith({ "send", "-t", "@mei", "--wait", "delivered", "the ratchet turns" }).exit, 0);
        follower.terminate();
        QVERIFY(follower.waitForFinished(10'000));
    }
};

QTEST_GUILESS_MAIN(TestAgentLife)
#include "tst_e2e_agent.moc"
