// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/conversation.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <set>

using namespace kith;
using namespace kith::e2e;

namespace {

int setting(const char *name, int otherwise)
{
    const int value = qEnvironmentVariableIntValue(name);
    return value > 0 ? value : otherwise;
}

/// A `kith receive --follow` that is killed and started again, each run with a file of its own.
class Reader {
public:
    Reader(Person &person, QString name) : person_(person), name_(std::move(name)) { }

    void start()
    {
        process_ = std::make_unique<QProcess>();
        process_->setProcessEnvironment(person_.environment());
        process_->setStandardOutputFile(file(run_));
        process_->start(programPath("kith"),
                        { "-p", person_.name(), "receive", "--consumer", name_, "--types", "message.received",
                          "--follow", "--output", "jsonl" });
    }

    /// kill -9, then notes up to where the consumer had acknowledged.
    void kill()
    {
        process_->kill();
        process_->waitForFinished();
        acked_.push_back(cursor());
        ++run_;
    }

    bool stop()
    {
        ::kill(static_cast<pid_t>(process_->processId()), SIGINT);
        return eventually([this] { return process_->state() == QProcess::NotRunning; }, 10'000)
            && process_->exitCode() == 130;
    }

    bool isRunning() const { return process_ && process_->state() == QProcess::Running; }

    QJsonObject state()
    {
        const auto all = person_.call("consumers.list", { { "limit", 200 } });
        if (all) {
            for (const auto &item : all->toObject()["items"].toArray())
                if (item.toObject()["name"].toString() == name_)
                    return item.toObject();
        }
        return {};
    }
    qint64 cursor() { return state()["cursor"].toString().toLongLong(); }

    /// What is wrong with all that was printed; empty when each of `mids` came, in every run in order and once, and no
    /// run began with something that had been acknowledged.
    QString problem(const std::set<QString> &mids) const
    {
        std::set<QString> seen;
        for (int run = 0; run <= run_; ++run) {
            qint64 last = run > 0 ? acked_[static_cast<std::size_t>(run) - 1] : 0;
            QFile out(file(run));
            if (!out.open(QIODevice::ReadOnly))
                return "a run without output";
            while (!out.atEnd()) {
                const QByteArray line = out.readLine();
                if (!line.endsWith('\n'))
                    break; // torn by the kill: it was not acknowledged
                const QJsonObject event = QJsonDocument::fromJson(line).object();
                const qint64 cursor = event["cursor"].toString().toLongLong();
                if (cursor <= last)
                    return QStringLiteral("run %1: %2 came again after %3").arg(run).arg(cursor).arg(last);
                last = cursor;
                seen.insert(event["message"].toObject()["mid"].toString());
            }
        }
        return seen == mids ? QString() : QStringLiteral("%1 of %2 messages").arg(seen.size()).arg(mids.size());
    }

private:
    QString file(int run) const { return QStringLiteral("%1/%2.%3").arg(person_.folder(), name_).arg(run); }

    Person &person_;
    QString name_;
    std::unique_ptr<QProcess> process_;
    std::vector<qint64> acked_;
    int run_ = 0;
};

} // namespace

// covers: cli 2.2, security B6, product F6
//
// Three consumers as processes while messages arrive; consumers and the agent are killed with -9 at random.
// KITH_E2E_MESSAGES raises the default of 300 messages; 10,000 of them are label soak.
class TestReceive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstReceiveHasWhatCameBeforeIt()
    {
        const QTemporaryDir folder;
        Server server(folder.filePath("server"));
        QVERIFY(server.start());
        Person mei(folder.path(), "mei");
        Person bob(folder.path(), "bob");
        QCOMPARE(mei.enrol(server).exit, 0);
        QCOMPARE(bob.enrol(server).exit, 0);
        QVERIFY(bob.stopAgent()); // nobody listens, not even an agent
        QCOMPARE(mei.kith({ "send", "-t", "@bob", "early" }).exit, 0);
        const QStringList receive { "receive", "--types", "message.received", "--fields", "message.text" };
        const Outcome first = bob.kith(receive);
        QCOMPARE(first.out, QByteArray("early\n"));
        QCOMPARE(first.err, QByteArray());
        QCOMPARE(bob.kith(receive).out, QByteArray());
        QCOMPARE(bob.kith({ "receive", "--consumer", "late" }).out, QByteArray()); // begins now
        QCOMPARE(bob.kith({ "consumer", "reset", "default", "--to", "start" }).exit, 0);
        Person ann(folder.path(), "ann"); // her agent has it before she first asks
        QCOMPARE(ann.enrol(server).exit, 0);
        QCOMPARE(mei.kith({ "send", "-t", "@ann", "--wait", "accepted", "early" }).exit, 0);
        QVERIFY(eventually([&] { return ann.kith({ "request", "list" }).out.contains("mei"); }));
        QCOMPARE(ann.kith(receive).out, QByteArray("early\n"));
        QVERIFY(server.stop());
        QVERIFY(bob.stopAgent());
        const Outcome offline = bob.kith(receive);
        QCOMPARE(offline.exit, 0);
        QVERIFY(offline.err.contains("server cannot be reached"));
    }

    void everyConsumerGetsEachMessageUntilItAcknowledgedIt()
    {
        const quint64 seed = static_cast<quint64>(setting("KITH_E2E_SEED", 1));
        const int count = setting("KITH_E2E_MESSAGES", 300);
        qInfo() << "seed" << seed << "messages" << count;
        const QTemporaryDir folder;
        Server server(folder.filePath("server"));
        QVERIFY(server.start());
        Person mei(folder.path(), "mei");
        Person bob(folder.path(), "bob");
        QCOMPARE(mei.enrol(server).exit, 0);
        QCOMPARE(bob.enrol(server).exit, 0);
        QVERIFY(introduce(mei, bob));

        std::vector<std::unique_ptr<Reader>> readers;
        for (const char *name : { "one", "two", "three" }) {
            readers.push_back(std::make_unique<Reader>(bob, name));
            readers.back()->start();
            QVERIFY(eventually([&] { return readers.back()->state()["connected"].toBool(); }));
        }
        const int before = static_cast<int>(history(bob, mei.address()).size());
        Sender sender(mei, bob.address(), randomTexts(seed, count), "receive-");
        SeededRandom random(seed);
        constexpr int kills = 12; // of each consumer and of the agent three
        std::vector<int> plan;
        for (int i = 0; i < kills; ++i)
            plan.push_back(static_cast<int>(random.below(static_cast<std::uint64_t>(count))));
        std::sort(plan.begin(), plan.end(), std::greater<>());
        int strike = 0;
        QVERIFY(eventually(
            [&] {
                while (!plan.empty() && sender.answered() >= plan.back()) {
                    plan.pop_back();
                    if (const int whom = strike++ % 4; whom == 3) {
                        bob.killAgent();
                    } else {
                        readers[static_cast<std::size_t>(whom)]->kill();
                        readers[static_cast<std::size_t>(whom)]->start();
                    }
                }
                return sender.advance();
            },
            1'800'000));
        QCOMPARE(sender.failures(), QStringList());
        QCOMPARE(strike, kills);

        const auto arrived = [&] { return static_cast<int>(history(bob, mei.address()).size()) - before; };
        QVERIFY(eventually([&] { return bob.link() && arrived() == count; }, 300'000));
        for (const auto &reader : readers) {
            QVERIFY(eventually([&] { return reader->state()["lag"].toInt(-1) == 0; }, 120'000));
            QVERIFY(reader->isRunning()); // the agent's deaths did not end it
            QVERIFY(reader->stop());
        }
        std::set<QString> mids;
        const auto messages = history(bob, mei.address());
        for (auto i = static_cast<std::size_t>(before); i < messages.size(); ++i)
            mids.insert(messages[i]["mid"].toString());
        QCOMPARE(static_cast<int>(mids.size()), count);
        for (const auto &reader : readers)
            QCOMPARE(reader->problem(mids), QString());
    }
};

QTEST_GUILESS_MAIN(TestReceive)
#include "tst_e2e_receive.moc"
