// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/agent_starter.h"
#include "tests/support/rpc/fake_agent.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace kith;
using namespace kith::rpc;

// covers: cli 1.1, 1.5
class TestAgentStarter : public QObject {
    Q_OBJECT

    using Started = RpcResult<std::shared_ptr<Client>>;

    std::unique_ptr<QTemporaryDir> folder_;
    QtTimers timers_;
    SystemClock clock_;
    StartOptions options_;

    void plant(const QByteArray &behaviour)
    {
        QFile file(options_.paths.dataRoot + QStringLiteral("/behaviour"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(behaviour);
    }

    QList<QByteArray> starts() const
    {
        QFile file(options_.paths.dataRoot + QStringLiteral("/starts"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QList<QByteArray> {};
    }

    QString olderBecause_;

    std::optional<Started> start()
    {
        AgentStarter starter(options_, timers_, clock_);
        std::optional<Started> started;
        starter.start().then(this, [&](Started result) { started = std::move(result); });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(started.has_value(), 10000); }();
        olderBecause_ = starter.olderBecause();
        return started;
    }

    void stop(const std::shared_ptr<Client> &client)
    {
        bool ended = false;
        client->call(QStringLiteral("agent.stop"), {}, milliseconds { 5000 }).then(this, [&](RpcResult<QJsonValue>) {
            ended = true;
        });
        QTRY_VERIFY(ended);
        QTRY_COMPARE(holderOf(options_.paths), QString());
    }

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("HOME"), folder_->path());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder_->path());
        environment.insert(QStringLiteral("XDG_STATE_HOME"), folder_->path());
        // The agent inherits the real environment: its socket must be where this side looks.
        for (const char *name : { "HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME" })
            qputenv(name, environment.value(QString::fromLatin1(name)).toLocal8Bit());
        options_ = {};
        options_.paths =
            *resolvePaths(environment, { QStringLiteral("p"), folder_->filePath(QStringLiteral("data")), {} });
        QVERIFY(QDir().mkpath(options_.paths.dataRoot));
        options_.name = { QStringLiteral("test"), QStringLiteral("1") };
        options_.program = QCoreApplication::applicationDirPath() + QStringLiteral("/kith_spawned_agent");
        options_.agentArguments = { QStringLiteral("--data-dir"), options_.paths.dataRoot };
    }

    void startsAnAgentInASessionOfItsOwn()
    {
        const auto started = start();
        QVERIFY2(started->ok(), started->ok() ? "" : qPrintable(started->error().message));
        QCOMPARE(starts().size(), 1);
        const QList<QByteArray> pids = starts().first().split(' ');
        QVERIFY(pids.at(1).toInt() != ::getsid(0));
        stop(**started);
    }

    void usesTheOneThatRuns()
    {
        const auto first = start();
        QVERIFY(first->ok());
        QVERIFY(start()->ok());
        QCOMPARE(starts().size(), 1);
        stop(**first);
    }

    void manyFrontEndsStartOneAgent()
    {
        std::vector<std::unique_ptr<AgentStarter>> starters;
        std::vector<std::shared_ptr<Client>> clients;
        for (int i = 0; i < 8; ++i) {
            starters.push_back(std::make_unique<AgentStarter>(options_, timers_, clock_));
            starters.back()->start().then(this, [&](Started result) {
                if (result)
                    clients.push_back(*result);
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(clients.size(), std::size_t { 8 }, 10000);
        QCOMPARE(starts().size(), 1);
        stop(clients.front());
    }

    void showsTheLastWordsOfOneThatDied()
    {
        plant("die");
        const auto started = start();
        QVERIFY(!started->ok());
        QCOMPARE(started->error().exitCode(), 9);
        QVERIFY(started->error().hint.contains(u"the planted last words"));
    }

    void passesOnWhyItRefusedToRun()
    {
        plant("refuse");
        const auto started = start();
        QVERIFY(!started->ok());
        QCOMPARE(started->error().code, rpc::ErrorCode::storeDamaged);
        QCOMPARE(started->error().message, QStringLiteral("the planted refusal"));
    }

    void aMissingProgramIsNoHang()
    {
        options_.program = QStringLiteral("/nonexistent/kith");
        QCOMPARE(start()->error().exitCode(), 9);
    }

    void aHeldProfileIsNamedByPidAtOnce()
    {
        QVERIFY(QDir().mkpath(options_.paths.dataDir));
        const auto lock = FileLock::take(options_.paths.lockFile.toStdString());
        QVERIFY(lock.ok());
        const MonoTime begun = clock_.monotonic();
        const auto started = start();
        QVERIFY(!started->ok());
        QCOMPARE(started->error().exitCode(), 9);
        QVERIFY(started->error().message.contains(QString::number(::getpid())));
        QVERIFY(clock_.monotonic() - begun < milliseconds { 3000 });
        QCOMPARE(starts().size(), 0);
    }

    void startsNothingWhenForbidden()
    {
        options_.mayStart = false;
        QCOMPARE(start()->error().exitCode(), 9);
        QCOMPARE(starts().size(), 0);
    }

    void replacesAnIdleAgentOfAnOlderVersion()
    {
        QVERIFY(start()->ok());
        options_.programVersion = QStringLiteral("0.2.0"); // the agents say 0.1.0
        const auto second = start();
        QVERIFY2(second->ok(), second->ok() ? "" : qPrintable(second->error().message));
        QCOMPARE(starts().size(), 2);
        QCOMPARE(olderBecause_, QString());
        options_.programVersion = QStringLiteral("0.1.0");
        QVERIFY(start()->ok());
        QCOMPARE(starts().size(), 2);
        stop(**second);
    }

    void leavesABusyAgentOfAnOlderVersionAlone()
    {
        plant("busy");
        options_.programVersion = QStringLiteral("0.2.0");
        const auto first = start();
        QVERIFY(first->ok());
        QCOMPARE(olderBecause_, QStringLiteral("of the planted reason"));
        QVERIFY((**first)->isOpen());
        QCOMPARE(starts().size(), 1);
        stop(**first);
    }

    void replacesAnAgentOfAnotherApi()
    {
        plant("another API");
        const auto first = start(); // both speak the other one, the second is not asked again
        QCOMPARE(first->error().code, rpc::ErrorCode::unsupported);
        QCOMPARE(starts().size(), 2);
        plant("");
        const auto second = start();
        QVERIFY2(second->ok(), second->ok() ? "" : qPrintable(second->error().message));
        QCOMPARE(starts().size(), 3);
        stop(**second);
    }

    void refusesAnUnsafeRuntimeFolder()
    {
        QVERIFY(QDir().mkpath(folder_->filePath(QStringLiteral("elsewhere"))));
        QVERIFY(QDir().mkpath(QFileInfo(options_.paths.runtimeDir).path()));
        QVERIFY(QFile::link(folder_->filePath(QStringLiteral("elsewhere")), options_.paths.runtimeDir));
        QCOMPARE(start()->error().exitCode(), 9);
        QCOMPARE(starts().size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestAgentStarter)
#include "tst_agent_starter.moc"
