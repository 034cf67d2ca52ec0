// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/client-cli/program/kith_run.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace kith;
using namespace kith::test;
using rpc::RpcError;
using rpc::RpcResult;

// covers: cli 1, cli 2.1, cli 2.2, cli 3, cli 4
class TestKithBehaviour : public QObject {
    Q_OBJECT

    using Answer = RpcResult<QJsonValue>;

    std::unique_ptr<KithHome> home_;

    static QString mid() { return QStringLiteral("01ARZ3NDEKTSV4RRFFQ69G5FAW"); }

    QJsonArray messages(int first, int last) const
    {
        QJsonArray events;
        for (int i = first; i <= last; ++i) {
            QJsonObject event = home_->documents().events().at(0).toObject();
            event.insert(QStringLiteral("cursor"), QString::number(i));
            events.append(event);
        }
        return events;
    }

    void offer(const QJsonArray &events)
    {
        home_->agent().setEvents(events);
        const auto pending = events.size();
        home_->agent().answer(QStringLiteral("events.subscribe"), [pending](const QJsonObject &) -> Answer {
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("cursor"), QStringLiteral("0") },
                                            { QStringLiteral("head"), QString::number(pending) },
                                            { QStringLiteral("pending"), pending } });
        });
    }

    void answerWait(const char *state, bool reached, const char *reason = "")
    {
        home_->agent().answer(QStringLiteral("messages.wait"), [=](const QJsonObject &) -> Answer {
            QJsonObject result { { QStringLiteral("schema"), 1 },
                                 { QStringLiteral("mid"), mid() },
                                 { QStringLiteral("state"), QLatin1StringView(state) },
                                 { QStringLiteral("reached"), reached } };
            if (*reason)
                result.insert(QStringLiteral("reason"), QLatin1StringView(reason));
            return QJsonValue(result);
        });
    }

    QString cursorAcked()
    {
        return home_->agent().lastParams(QStringLiteral("events.ack")).value(u"cursor").toString();
    }

private Q_SLOTS:
    void init() { home_ = std::make_unique<KithHome>(); }

    void helpAndVersionNeedNoAgent()
    {
        home_->removeAgent();
        QDir(home_->paths().dataRoot).removeRecursively();
        QFile broken(home_->path(QStringLiteral("broken.toml")));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("nonsense");
        broken.close();
        for (const char *line : { "version", "--version", "-h", "help", "help send", "help contact", "help exit-codes",
                                  "send -h", "completion bash", "completion zsh", "completion fish" }) {
            const Ran ran =
                home_->run((QString::fromLatin1(line) + QStringLiteral(" --config ") + broken.fileName()).split(u' '));
            QVERIFY2(ran.exit == 0 && !ran.out.isEmpty() && ran.err.isEmpty(), line);
        }
        QVERIFY(!QFile::exists(home_->paths().dataRoot));
    }

    void completionScriptsAreValidBash()
    {
        const Ran script = home_->run("completion bash");
        QProcess bash;
        bash.start(QStringLiteral("bash"), { QStringLiteral("-n") });
        bash.write(script.out);
        bash.closeWriteChannel();
        QVERIFY(bash.waitForFinished());
        QCOMPARE(bash.readAllStandardError(), QByteArray());
        QCOMPARE(bash.exitCode(), 0);
    }

    void missingProfileIsFourAndMakesNothing()
    {
        home_->removeAgent();
        QDir(home_->paths().dataRoot).removeRecursively();
        for (const char *line : { "send -t @mei hi", "receive", "history @mei", "contact list", "account show",
                                  "agent status", "doctor", "rpc" })
            QVERIFY2(home_->run(line).exit == 4, line);
        QVERIFY(!QFile::exists(home_->paths().dataRoot));
    }

    void unreachableAgentIsNine()
    {
        home_->removeAgent();
        QCOMPARE(home_->run("chats").exit, 9);
        QCOMPARE(home_->run("chats --no-autostart").exit, 9);
        home_->set(QStringLiteral("KITH_NO_AUTOSTART"), QStringLiteral("1"));
        const Ran ran = home_->run("chats --json");
        QCOMPARE(ran.exit, 9);
        QVERIFY(ran.out.isEmpty());
        const QJsonObject error = QJsonDocument::fromJson(ran.err).object();
        QCOMPARE(error.value(u"schema").toInt(), 1);
        QCOMPARE(error.value(u"error").toObject().value(u"code").toString(), QStringLiteral("stopping"));
        QCOMPARE(error.value(u"error").toObject().value(u"exit").toInt(), 9);
    }

    void everyErrorHasItsExitCode_data()
    {
        QTest::addColumn<int>("row");
        for (const rpc::ErrorRow &row : rpc::errorTable()) {
            if (row.code != rpc::ErrorCode::locked && row.code != rpc::ErrorCode::stopping)
                QTest::newRow(row.name) << static_cast<int>(row.code);
        }
    }
    void everyErrorHasItsExitCode()
    {
        QFETCH(int, row);
        const auto code = static_cast<rpc::ErrorCode>(row);
        home_->agent().answer(QStringLiteral("chats.list"), [code](const QJsonObject &) -> Answer {
            return RpcError { code, QStringLiteral("the message"), QStringLiteral("the hint") };
        });
        const Ran ran = home_->run("chats");
        QCOMPARE(ran.exit, rpc::rowOf(code).exit);
        QCOMPARE(ran.out, QByteArray());
        QCOMPARE(ran.err, QByteArray("kith: the message\nhint: the hint\n"));
        QCOMPARE(home_->run("chats -q").err, QByteArray("kith: the message\n"));
    }

    void lockedWithoutATerminalIsEleven()
    {
        home_->agent().answer(QStringLiteral("chats.list"), [](const QJsonObject &) -> Answer {
            return RpcError { rpc::ErrorCode::locked, QStringLiteral("locked") };
        });
        QCOMPARE(home_->run("chats").exit, 11);
        QCOMPARE(home_->agent().count(QStringLiteral("agent.unlock")), 0);
    }

    void usageIsTwoAndOnStandardError()
    {
        for (const char *line : { "sned",
                                  "contact",
                                  "send",
                                  "send -t @mei hi --wait never",
                                  "chats --output xml",
                                  "receive --max 0",
                                  "receive --ack perhaps",
                                  "chats --color blue",
                                  "history @mei -n 0",
                                  "chats --timeout 5",
                                  "-p ../x chats",
                                  "register --no-input",
                                  "register --server http://x --user a",
                                  "receive --types nope",
                                  "receive --consumer BAD!",
                                  "receive --since abc",
                                  "info xx",
                                  "wait xx read",
                                  "history @mei --before xx",
                                  "send -t @mei hi --reply-to xx",
                                  "send -t @mei hi --at 2030-01-01T00:00:00Z",
                                  "register --server wss://x --user a --pin nonsense",
                                  "chats --progress auto" }) {
            const Ran ran = home_->run(line);
            QVERIFY2(ran.exit == 2, line);
            QVERIFY2(ran.out.isEmpty() && ran.err.startsWith("kith: "), line);
        }
    }

    void sendWaitsForAcceptedByDefault()
    {
        const Ran ran = home_->run("send -t @mei hi");
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.out, "sent " + mid().toLatin1() + " to @mei (2 devices)\n");
        const QJsonObject params = home_->agent().lastParams(QStringLiteral("send"));
        QCOMPARE(params.value(u"text").toString(), QStringLiteral("hi"));
        QCOMPARE(params.value(u"key").toString().size(), 26);
        QCOMPARE(home_->agent().lastParams(QStringLiteral("messages.wait")).value(u"state").toString(),
                 QStringLiteral("accepted"));
    }

    void sendReadsStandardInput()
    {
        const QByteArray text = "line 1\nline 2 \xf0\x9f\x98\x80\n";
        QCOMPARE(home_->run("send -t @mei -", text).exit, 0);
        QCOMPARE(home_->agent().lastParams(QStringLiteral("send")).value(u"text").toString().toUtf8(), text);
        QCOMPARE(home_->run("send @mei", text).exit, 0);
        QCOMPARE(home_->run("send -t @mei -", QByteArray(65537, 'x')).exit, 12);
        QCOMPARE(home_->run("send -t @mei -", "\xff\xfe").exit, 2);
        QCOMPARE(home_->run("send -t @mei -", "").exit, 2);
    }

    void sendQueuedDoesNotWait()
    {
        QCOMPARE(home_->run("send -t @mei hi --wait queued").out,
                 "queued " + mid().toLatin1() + " to @mei (2 devices)\n");
        QCOMPARE(home_->agent().count(QStringLiteral("messages.wait")), 0);
    }

    void sendOverTimeIsTenWithTheStateReached()
    {
        answerWait("accepted", false);
        const Ran ran = home_->run("send -t @mei hi --wait delivered --timeout 50ms --json");
        QCOMPARE(ran.exit, 10);
        QCOMPARE(QJsonDocument::fromJson(ran.out).object().value(u"state").toString(), QStringLiteral("accepted"));
        QCOMPARE(home_->agent().lastParams(QStringLiteral("messages.wait")).value(u"timeoutMs").toInt(), 50);
    }

    void sendThatFailsSaysWhy()
    {
        answerWait("failed", false, "blocked");
        QCOMPARE(home_->run("send -t @mei hi").exit, 12);
        answerWait("queued", false, "untrustedIdentity"); // held
        const Ran held = home_->run("send -t @mei hi");
        QCOMPARE(held.exit, 6);
        QVERIFY(held.err.contains("kith safety reset @mei"));
        answerWait("failed", false, "somethingNew");
        QCOMPARE(home_->run("send -t @mei hi").exit, 12);
    }

    void someFailedTargetsAreEight()
    {
        home_->agent().answer(QStringLiteral("send"), [](const QJsonObject &) -> Answer {
            const QJsonObject good { { QStringLiteral("to"), QStringLiteral("@mei") },
                                     { QStringLiteral("mid"), mid() },
                                     { QStringLiteral("state"), QStringLiteral("queued") },
                                     { QStringLiteral("devices"), 1 } };
            const QJsonObject bad { { QStringLiteral("to"), QStringLiteral("@nobody") },
                                    { QStringLiteral("state"), QStringLiteral("failed") },
                                    { QStringLiteral("error"),
                                      QJsonObject { { QStringLiteral("code"), QStringLiteral("notFound") },
                                                    { QStringLiteral("message"), QStringLiteral("no such user") } } } };
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("mid"), mid() },
                                            { QStringLiteral("key"), QStringLiteral("k") },
                                            { QStringLiteral("state"), QStringLiteral("queued") },
                                            { QStringLiteral("targets"), QJsonArray { good, bad } } });
        });
        const Ran ran = home_->run("send -t @mei -t @nobody hi");
        QCOMPARE(ran.exit, 8);
        QVERIFY(ran.err.contains("1 of 2 targets failed; @nobody: no such user"));
    }

    void aHeldMessageSaysHowToGoOn()
    {
        home_->agent().answer(QStringLiteral("send"), [](const QJsonObject &) -> Answer {
            const QJsonObject held { { QStringLiteral("to"), QStringLiteral("@mei") },
                                     { QStringLiteral("mid"), mid() },
                                     { QStringLiteral("state"), QStringLiteral("queued") },
                                     { QStringLiteral("devices"), 0 },
                                     { QStringLiteral("error"),
                                       QJsonObject {
                                           { QStringLiteral("code"), QStringLiteral("untrustedIdentity") },
                                           { QStringLiteral("message"), QStringLiteral("untrustedIdentity") } } } };
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("mid"), mid() },
                                            { QStringLiteral("key"), QStringLiteral("k") },
                                            { QStringLiteral("state"), QStringLiteral("queued") },
                                            { QStringLiteral("targets"), QJsonArray { held } } });
        });
        const Ran ran = home_->run("send -t @mei hi");
        QCOMPARE(ran.exit, 6);
        QVERIFY(ran.err.contains("kith safety reset @mei"));
    }

    void repeatsACallWithTheSameKeyWhenTheAgentDies()
    {
        home_->agent().dieAt(QStringLiteral("send"));
        QCOMPARE(home_->run("send -t @mei hi").exit, 0);
        QCOMPARE(home_->agent().count(QStringLiteral("send")), 2);
        QStringList keys;
        for (const rpc::Request &call : home_->agent().calls()) {
            if (call.method == u"send")
                keys.append(call.params.value(u"key").toString());
        }
        QVERIFY(!keys.first().isEmpty());
        QCOMPARE(keys.first(), keys.last());
    }

    void startsAtMostThreeAgentsAMinute()
    {
        home_->removeAgent();
        home_->set(QStringLiteral("KITH_AGENT_BIN"), QStringLiteral(KITH_BIN_DIR "/../tests/bin/kith_spawned_agent"));
        QFile behaviour(home_->paths().dataRoot + QStringLiteral("/behaviour"));
        QVERIFY(behaviour.open(QIODevice::WriteOnly));
        behaviour.write("mortal"); // dies at every subscription
        behaviour.close();
        const Ran ran = home_->run("receive --follow");
        QCOMPARE(ran.exit, 9);
        QVERIFY2(ran.err.contains("3 times"), ran.err);
        QFile starts(home_->paths().dataRoot + QStringLiteral("/starts"));
        QVERIFY(starts.open(QIODevice::ReadOnly));
        QCOMPARE(starts.readAll().count('\n'), 3);
    }

    void interruptIsOneHundredAndThirty()
    {
        home_->agent().ignore(QStringLiteral("messages.wait"));
        const Ran ran = home_->interruptAt(
            QStringLiteral("messages.wait"),
            { QStringLiteral("send"), QStringLiteral("-t"), QStringLiteral("@mei"), QStringLiteral("hi") });
        QCOMPARE(ran.exit, 130);
        QVERIFY(ran.out.contains(mid().toLatin1())); // the message stays queued: its id is known
    }

    void receiveAcknowledgesWhatItPrinted()
    {
        offer(messages(1, 200));
        const Ran ran = home_->run("receive --output jsonl");
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.out.count('\n'), 200);
        QCOMPARE(cursorAcked(), QStringLiteral("200"));
        QCOMPARE(home_->agent().lastParams(QStringLiteral("events.ack")).value(u"consumer").toString(),
                 QStringLiteral("default"));
    }

    void receiveEndsWhenNothingIsPending()
    {
        offer({});
        const Ran ran = home_->run("receive");
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.out, QByteArray());
    }

    void receiveStopsAtMax()
    {
        offer(messages(1, 10));
        QCOMPARE(home_->run("receive --max 3 --follow").out.count('\n'), 3);
        QCOMPARE(cursorAcked(), QStringLiteral("3"));
    }

    void receiveSinceAcknowledgesNothing()
    {
        offer(messages(6, 7));
        QCOMPARE(home_->run("receive --since 5").exit, 0);
        const auto &calls = home_->agent().calls();
        const auto first = std::ranges::find(calls, QStringLiteral("events.subscribe"), &rpc::Request::method);
        QVERIFY(first != calls.end());
        QCOMPARE(first->params.value(u"since").toString(), QStringLiteral("5"));
        QCOMPARE(home_->agent().count(QStringLiteral("events.ack")), 0);
    }

    void receiveEndsWhenIdle()
    {
        offer(messages(1, 2));
        QCOMPARE(home_->run("receive --follow --until-idle 50ms").exit, 0);
        QCOMPARE(cursorAcked(), QStringLiteral("2"));
    }

    void receiveRunsACommandForEachEvent()
    {
        offer(messages(1, 3));
        const QString log = home_->path(QStringLiteral("log"));
        const Ran ran = home_->run({ QStringLiteral("receive"), QStringLiteral("--exec"), QStringLiteral("sh"),
                                     QStringLiteral("-c"), QStringLiteral("cat >> ") + log });
        QCOMPARE(ran.exit, 0);
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        const QJsonObject last = QJsonDocument::fromJson(lines.at(2)).object();
        QCOMPARE(last.value(u"cursor").toString(), QStringLiteral("3"));
        QVERIFY(last.contains(u"time")); // the document of --output jsonl
        QCOMPARE(cursorAcked(), QStringLiteral("3"));
    }

    void aFailingCommandKeepsItsEvent()
    {
        offer(messages(1, 3));
        const Ran ran = home_->run({ QStringLiteral("receive"), QStringLiteral("--exec"), QStringLiteral("grep"),
                                     QStringLiteral("-q"), QStringLiteral("\"cursor\":\"1\"") });
        QCOMPARE(ran.exit, 1);
        QCOMPARE(cursorAcked(), QStringLiteral("1"));
    }

    void manualReadersAcknowledgeThemselves()
    {
        offer(messages(1, 3));
        const Ran ran = home_->run("receive --ack manual", "");
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.out.count('\n'), 3);
        QCOMPARE(home_->agent().count(QStringLiteral("events.ack")), 0);
    }

    void manualAcknowledgementsAreSent()
    {
        offer(messages(1, 3));
        QProcess process;
        process.setProcessEnvironment(home_->environment());
        process.start(QStringLiteral(KITH_BIN_DIR "/kith"),
                      { QStringLiteral("receive"), QStringLiteral("--ack"), QStringLiteral("manual") });
        QByteArray out;
        QVERIFY(QTest::qWaitFor(
            [&] {
                out += process.readAllStandardOutput();
                return out.count('\n') == 3;
            },
            20000));
        process.write("ack 2\n");
        QVERIFY(QTest::qWaitFor([&] { return home_->agent().count(QStringLiteral("events.ack")) == 1; }, 20000));
        QCOMPARE(cursorAcked(), QStringLiteral("2"));
        process.write("ack 99\n"); // more than was printed
        QVERIFY(QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20000));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(cursorAcked(), QStringLiteral("3"));
    }

    void receiveStatesItsFilterEachTime()
    {
        offer(messages(1, 1));
        QCOMPARE(home_->run("receive --types message.received").exit, 0);
        QCOMPARE(home_->run("receive").exit, 0);
        const QJsonObject params = home_->agent().lastParams(QStringLiteral("events.subscribe"));
        for (const char *member : { "types", "chats", "from" })
            QCOMPARE(params.value(QLatin1StringView(member)), QJsonValue(QJsonArray()));
    }

    void receiveWaitsForWhatTheServerKeeps()
    {
        offer({});
        home_->agent().answer(QStringLiteral("agent.status"), [this](const QJsonObject &) -> Answer {
            const bool caughtUp = home_->agent().count(QStringLiteral("agent.status")) > 2;
            if (caughtUp)
                offer(messages(1, 2));
            QJsonObject status = home_->documents().result(QStringLiteral("agent.status"));
            status.insert(QStringLiteral("caughtUp"), caughtUp);
            return QJsonValue(status);
        });
        const Ran ran = home_->run("receive --output jsonl");
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.out.count('\n'), 2);
        QCOMPARE(ran.err, QByteArray());
    }

    void receiveDoesNotWaitForAServerThatIsAway()
    {
        offer(messages(1, 2));
        home_->agent().answer(QStringLiteral("agent.status"), [this](const QJsonObject &) -> Answer {
            QJsonObject status = home_->documents().result(QStringLiteral("agent.status"));
            status.insert(QStringLiteral("caughtUp"), false);
            status.insert(QStringLiteral("connection"), QStringLiteral("offline"));
            return QJsonValue(status);
        });
        const Ran ran = home_->run("receive");
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.out.count('\n'), 2);
        QVERIFY(ran.err.startsWith("hint: the server cannot be reached"));
    }

    void aGapSaysWhatIsGone()
    {
        QJsonArray events = messages(8, 8);
        events.prepend(QJsonObject { { QStringLiteral("schema"), 1 },
                                     { QStringLiteral("ts"), 1 },
                                     { QStringLiteral("type"), QStringLiteral("event.gap") },
                                     { QStringLiteral("from"), QStringLiteral("3") },
                                     { QStringLiteral("to"), QStringLiteral("7") } });
        offer(events);
        home_->agent().answer(QStringLiteral("events.subscribe"), [](const QJsonObject &) -> Answer {
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("cursor"), QStringLiteral("2") },
                                            { QStringLiteral("head"), QStringLiteral("8") },
                                            { QStringLiteral("pending"), 1 } });
        });
        const Ran plain = home_->run("receive");
        QVERIFY2(plain.out.contains("\tevent.gap\t") && plain.out.contains("events 3 to 7 are no longer kept"),
                 plain.out.constData());
        QVERIFY(home_->run("receive --output jsonl").out.contains("\"from\":\"3\",\"schema\":1"));
        QCOMPARE(cursorAcked(), QStringLiteral("8"));
    }

    void aReaderThatLeftEndsFollowing()
    {
        offer(messages(1, 1)); // head has its line, and nothing more is ever written
        QProcess shell;
        shell.setProcessEnvironment(home_->environment());
        shell.start(QStringLiteral("bash"),
                    { QStringLiteral("-c"),
                      QStringLiteral("%1/kith receive --follow | head -1 >/dev/null; echo ${PIPESTATUS[0]}")
                          .arg(QStringLiteral(KITH_BIN_DIR)) });
        QVERIFY(QTest::qWaitFor([&] { return shell.state() == QProcess::NotRunning; }, 20000));
        QCOMPARE(shell.readAllStandardOutput(), QByteArray::number(128 + SIGPIPE) + '\n');
        QCOMPARE(shell.readAllStandardError(), QByteArray());
    }

    void verboseTellsCallsButNoSecret()
    {
        QVERIFY(home_->run("chats").err.isEmpty());
        const Ran once = home_->run("-v chats");
        QVERIFY2(once.err.contains("note: chats.list: ok in "), once.err.constData());
        QVERIFY(!once.err.contains('{'));
        const Ran twice = home_->run("chats -vv");
        QVERIFY(twice.err.contains("note: -> chats.list {") && twice.err.contains("note: <- {"));
        const Ran secret = home_->run("-vv agent unlock --passphrase-fd 0", "correct horse\n");
        QVERIFY(secret.err.contains("agent.unlock: ok") && !secret.err.contains("correct"));
    }

    void systemdsCredentialUnlocks()
    {
        QFile file(home_->path(QStringLiteral("kith.passphrase")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("from systemd\n");
        file.close();
        home_->set(QStringLiteral("CREDENTIALS_DIRECTORY"), QFileInfo(file).path());
        QCOMPARE(home_->run("register --server wss://x --user alice").exit, 0);
        const QJsonObject unlock =
            home_->agent().lastParams(QStringLiteral("account.register")).value(u"unlock").toObject();
        QCOMPARE(unlock.value(u"secret").toString(), QStringLiteral("from systemd"));
        home_->agent().answer(QStringLiteral("chats.list"), [this](const QJsonObject &) -> Answer {
            if (home_->agent().count(QStringLiteral("agent.unlock")) == 0)
                return RpcError { rpc::ErrorCode::locked, QStringLiteral("locked") };
            return QJsonValue(home_->documents().result(QStringLiteral("chats.list")));
        });
        QCOMPARE(home_->run("chats").exit, 0);
        QCOMPARE(home_->agent().lastParams(QStringLiteral("agent.unlock")).value(u"secret").toString(),
                 QStringLiteral("from systemd"));
    }

    void aRunningRegisterShowsNoSecret()
    {
        home_->agent().ignore(QStringLiteral("account.register"));
        QProcess process;
        process.setProcessEnvironment(home_->environment());
        process.start(QStringLiteral(KITH_BIN_DIR "/kith"),
                      { QStringLiteral("register"), QStringLiteral("--server"), QStringLiteral("wss://x"),
                        QStringLiteral("--user"), QStringLiteral("alice"), QStringLiteral("--passphrase-file"),
                        QStringLiteral("-") });
        process.write("correct horse\n");
        QVERIFY(QTest::qWaitFor([&] { return home_->agent().count(QStringLiteral("account.register")) > 0; }, 20000));
        for (const char *shown : { "cmdline", "environ" }) {
            QFile file(QStringLiteral("/proc/%1/%2").arg(process.processId()).arg(QLatin1StringView(shown)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            QVERIFY(!text.isEmpty() && !text.contains("correct horse"));
        }
        process.kill();
        process.waitForFinished();
    }

    void removingWhatIsNotThereIsFive()
    {
        home_->agent().answer(QStringLiteral("consumers.remove"), [](const QJsonObject &params) -> Answer {
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("name"), params.value(u"name") },
                                            { QStringLiteral("removed"), false } });
        });
        const Ran ran = home_->run("consumer remove nobody");
        QCOMPARE(ran.exit, 5);
        QCOMPARE(ran.out, QByteArray());
    }

    void safetyCodesAreDrawnOnlyWhereWanted()
    {
        QVERIFY(!home_->run("safety show @mei").out.contains("\u2588"));
        const QByteArray drawn = home_->run("safety show @mei --qr").out;
        QVERIFY(drawn.contains("\u2588") && !drawn.contains('\x1b'));
        QVERIFY(home_->run("safety show @mei --qr --color always").out.contains('\x1b'));
        QVERIFY(!home_->run("safety show @mei --qr --json").out.contains("\u2588"));
    }

    void receiveGoesOnWhereItWasWhenTheAgentDies()
    {
        offer(messages(1, 5));
        home_->agent().dieAt(QStringLiteral("events.ack"));
        const Ran ran = home_->run("receive --follow --until-idle 300ms --output jsonl");
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.out.count('\n'), 5); // each once, though the agent sent them twice
        QCOMPARE(cursorAcked(), QStringLiteral("5"));
    }

    void followsWithoutAConsumer()
    {
        offer(messages(1, 2));
        home_->agent().answer(QStringLiteral("events.ack"), [](const QJsonObject &) -> Answer {
            return RpcError { rpc::ErrorCode::internal, QStringLiteral("nobody asked for that") };
        });
        const QJsonObject late = messages(3, 3).first().toObject();
        home_->agent().answer(QStringLiteral("events.subscribe"), [this, late](const QJsonObject &) -> Answer {
            QTimer::singleShot(300, this,
                               [this, late] { home_->agent().sendRaw(rpc::toLine(rpc::notification(late))); });
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("cursor"), QStringLiteral("0") },
                                            { QStringLiteral("head"), QStringLiteral("2") },
                                            { QStringLiteral("pending"), 2 } });
        });
        const Ran ran = home_->run("receive --since 0 --follow --max 3 --output jsonl");
        QCOMPARE(ran.exit, 0);
        QCOMPARE(ran.out.count('\n'), 3);
    }

    void transientEventsComeOnlyWhenAsked()
    {
        QJsonArray events = messages(1, 1);
        events.prepend(home_->documents().events().at(10));
        offer(events);
        home_->agent().answer(QStringLiteral("events.subscribe"), [](const QJsonObject &) -> Answer {
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("cursor"), QStringLiteral("0") },
                                            { QStringLiteral("head"), QStringLiteral("1") },
                                            { QStringLiteral("pending"), 1 } });
        });
        QVERIFY(!home_->run("receive --output jsonl").out.contains("\"typing\""));
        QVERIFY(home_->run("receive --output jsonl --types typing,message.received").out.contains("\"typing\""));
    }

    void bridgeAnswersInLines()
    {
        const Ran ran = home_->run("rpc",
                                   "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"chats.list\"}\n{\"jsonrpc\":\"2.0\","
                                   "\"id\":9,\"method\":\"privacy.get\"}");
        QCOMPARE(ran.exit, 0);
        const QList<QByteArray> lines = ran.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(QJsonDocument::fromJson(lines.at(0)).object().value(u"id").toString(), QStringLiteral("x"));
        QCOMPARE(QJsonDocument::fromJson(lines.at(1)).object().value(u"id").toInt(), 9);
    }

    void bridgeRefusesAnEndlessLine() { QCOMPARE(home_->run("rpc", QByteArray(2 * 1024 * 1024, 'x')).exit, 12); }

    void passphraseComesFromAFileOrDescriptor()
    {
        QFile file(home_->path(QStringLiteral("secret")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("correct horse\nbattery\n");
        file.close();
        QCOMPARE(home_
                     ->run(QStringLiteral("register --server wss://x --user alice --passphrase-file %1")
                               .arg(file.fileName())
                               .split(u' '))
                     .exit,
                 0);
        QJsonObject unlock = home_->agent().lastParams(QStringLiteral("account.register")).value(u"unlock").toObject();
        QCOMPARE(unlock.value(u"secret").toString(), QStringLiteral("correct horse"));
        QCOMPARE(home_->run("register --server wss://x --user alice --passphrase-fd 0", "from fd\n").exit, 0);
        unlock = home_->agent().lastParams(QStringLiteral("account.register")).value(u"unlock").toObject();
        QCOMPARE(unlock.value(u"secret").toString(), QStringLiteral("from fd"));
        QCOMPARE(home_->run("register --server wss://x --user alice --passphrase-file - --key-file k", "x\n").exit, 2);
        QCOMPARE(home_->run("register --server wss://x --user alice --passphrase-file -", "\n").exit, 2);
    }

    void registerWithoutKeyringAndTerminalIsEleven()
    {
        home_->agent().answer(QStringLiteral("account.register"), [](const QJsonObject &) -> Answer {
            return RpcError { rpc::ErrorCode::locked, QStringLiteral("no keyring answers") };
        });
        const Ran ran = home_->run("register --server wss://x --user @alice");
        QCOMPARE(ran.exit, 11);
        QVERIFY(ran.err.contains("--passphrase-file"));
        QCOMPARE(home_->agent().lastParams(QStringLiteral("account.register")).value(u"user").toString(),
                 QStringLiteral("alice"));
    }

    void registerTakesTheWholeAddress()
    {
        const QString pin = QStringLiteral("sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
        QCOMPARE(home_
                     ->run({ QStringLiteral("--server"), QStringLiteral("kith://server?host=h:1&pin=") + pin,
                             QStringLiteral("register"), QStringLiteral("--user"), QStringLiteral("a"),
                             QStringLiteral("--key-file"), QStringLiteral("k") })
                     .exit,
                 0);
        const QJsonObject params = home_->agent().lastParams(QStringLiteral("account.register"));
        QCOMPARE(params.value(u"server").toString(), QStringLiteral("wss://h:1"));
        QCOMPARE(params.value(u"pin").toString(), pin);
    }

    void historyPagesBackwards()
    {
        home_->agent().answer(QStringLiteral("messages.list"), [this](const QJsonObject &params) -> Answer {
            const int count = params.value(u"limit").toInt();
            QJsonArray items;
            for (int i = 0; i < count; ++i)
                items.append(home_->documents().result(QStringLiteral("messages.get")));
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("items"), items },
                                            { QStringLiteral("more"), true } });
        });
        QCOMPARE(home_->run("history @mei -n 450").out.count('\n'), 450);
        QCOMPARE(home_->agent().count(QStringLiteral("messages.list")), 3);
        QCOMPARE(home_->agent().lastParams(QStringLiteral("messages.list")).value(u"before").toString(), mid());
    }

    void readUnderstandsMessagesToo()
    {
        QCOMPARE(home_->run({ QStringLiteral("read"), mid() }).exit, 0);
        const QJsonObject params = home_->agent().lastParams(QStringLiteral("chats.markRead"));
        QCOMPARE(params.value(u"chat").toString(), QStringLiteral("@mei"));
        QCOMPARE(params.value(u"upTo").toString(), mid());
    }

    void deleteWantsTheNameTyped()
    {
        QCOMPARE(home_->run("account delete").exit, 2);
        QCOMPARE(home_->run("account delete --confirm @mei").exit, 2);
        QCOMPARE(home_->agent().count(QStringLiteral("account.delete")), 0);
    }

    void profilesAreListedAndRemoved()
    {
        QVERIFY(QDir().mkpath(home_->paths().dataRoot + QStringLiteral("/work")));
        QVERIFY(QFile::link(home_->path(QStringLiteral(".")), home_->paths().dataRoot + QStringLiteral("/link")));
        const Ran list = home_->run("profile list --fields profile,running");
        QCOMPARE(list.out, QByteArray("default\tno\nwork\tno\n"));
        QCOMPARE(home_->run("profile remove work").exit, 2);
        QCOMPARE(home_->run("profile remove work --yes").exit, 0);
        QVERIFY(!QFile::exists(home_->paths().dataRoot + QStringLiteral("/work")));
        QCOMPARE(home_->run("profile remove work --yes").exit, 5);
    }

    void doctorAddsItsOwnChecks()
    {
        const Ran ran = home_->run("doctor --json");
        QCOMPARE(ran.exit, 0);
        QStringList names;
        for (const QJsonValue &check : QJsonDocument::fromJson(ran.out).object().value(u"checks").toArray())
            names.append(check.toObject().value(u"name").toString());
        for (const char *name : { "profile", "runtime", "agent", "version", "clock", "keyring" })
            QVERIFY2(names.contains(QLatin1StringView(name)), name);
        QFile::setPermissions(home_->paths().dataDir,
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther);
        const Ran open = home_->run("doctor");
        QCOMPARE(open.exit, 1);
        QVERIFY(open.out.contains("chmod 700"));
    }

    void doctorsBundleTellsNothingOfTheUser()
    {
        home_->agent().answer(QStringLiteral("agent.doctor"), [this](const QJsonObject &) -> Answer {
            const QString message =
                QStringLiteral("@alice on wss://chat.example:8443 in %1").arg(home_->paths().dataDir);
            const QJsonObject check { { QStringLiteral("name"), QStringLiteral("planted") },
                                      { QStringLiteral("result"), QStringLiteral("warn") },
                                      { QStringLiteral("message"), message } };
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("ok"), true },
                                            { QStringLiteral("checks"), QJsonArray { check } } });
        });
        QVERIFY(QDir().mkpath(QFileInfo(home_->paths().logFile).path()));
        QFile log(home_->paths().logFile);
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write("a line of chat.example\n");
        log.close();
        const QStringList line { QStringLiteral("doctor"), QStringLiteral("--bundle"),
                                 home_->path(QStringLiteral("report.json")) };
        QCOMPARE(home_->run(line).exit, 0);
        QFile file(line.last());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        for (const QByteArray &told : { QByteArray("alice"), QByteArray("chat.example"), home_->path({}).toUtf8() })
            QVERIFY2(!text.contains(told), text.constData());
        const QJsonObject bundle = QJsonDocument::fromJson(text).object();
        QCOMPARE(bundle.value(u"log").toArray().first().toString(), QStringLiteral("a line of SERVER"));
        QVERIFY(text.contains("@USER on SERVER in DATA"));
        QCOMPARE(home_->run(line).exit, 2); // never over another file
    }

    void stoppingAStoppedAgentIsFine()
    {
        home_->removeAgent();
        QCOMPARE(home_->run("agent stop").exit, 0);
        QCOMPARE(home_->run("agent status").exit, 9);
    }

    void anAgentWithoutAnAccountCanBeStopped()
    {
        QVERIFY(QDir(home_->paths().dataDir).removeRecursively());
        QCOMPARE(home_->run("agent status").exit, 0);
        QCOMPARE(home_->run("agent stop").exit, 0);
        QCOMPARE(home_->agent().count(QStringLiteral("agent.stop")), 1);
    }

    void configurationMistakesAreNamed()
    {
        QVERIFY(QDir().mkpath(home_->paths().configDir));
        QFile file(home_->paths().configFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("agent.lingr = \"60s\"\n");
        file.close();
        const Ran ran = home_->run("chats");
        QCOMPARE(ran.exit, 2);
        QVERIFY(ran.err.contains("config.toml:1:7") && ran.err.contains("agent.linger"));
    }

    void completionWordsComeFromTheAgentOrNotAtAll()
    {
        QCOMPARE(home_->run("__complete chat").out, QByteArray("@mei\n"));
        QCOMPARE(home_->run("__complete profile").out, QByteArray("default\n"));
        home_->removeAgent();
        const Ran ran = home_->run("__complete user");
        QCOMPARE(ran.exit, 0);
        QVERIFY(ran.out.isEmpty() && ran.err.isEmpty());
    }

    void secretsAreInNoArgumentAndNoEnvironment()
    {
        for (const char *line :
             { "register --passphrase secret", "agent unlock --secret x", "agent unlock --passphrase x" })
            QCOMPARE(home_->run(line).exit, 2);
    }
};

QTEST_GUILESS_MAIN(TestKithBehaviour)
#include "tst_kith_behaviour.moc"
