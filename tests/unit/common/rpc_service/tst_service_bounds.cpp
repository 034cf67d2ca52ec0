// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/event_log.h"
#include "common/rpc/service/peer.h"
#include "tests/support/memory.h"
#include "tests/unit/common/rpc_service/test_agent.h"

#include <QTest>

#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace kith;
using namespace kith::rpc::service;

/// What a stranger, a front end that asks too much and one that does not read may do: nothing to the agent.
// covers: security B2, B4, L5; cli 1.4, 7.1
class TestServiceBounds : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<TestAgent> agent_;

    /// In a child of a fork: asks for the status and tells by its exit code whether an answer came.
    [[noreturn]] static void askAs(uid_t user, const QByteArray &socketPath)
    {
        constexpr std::string_view call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.status\"}\n";
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, socketPath.constData(), static_cast<std::size_t>(socketPath.size()));
        const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
        if ((user != ::geteuid() && ::setuid(user) != 0)
            || ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            ::_exit(3);
        char answer = 0;
        const bool asked = ::send(fd, call.data(), call.size(), MSG_NOSIGNAL) > 0;
        ::_exit(asked && ::read(fd, &answer, 1) == 1 ? 0 : 1);
    }

    int exitCodeOf(uid_t user)
    {
        const QByteArray path = agent_->socket().toUtf8();
        const pid_t child = ::fork();
        if (child == 0)
            askAs(user, path);
        int status = 0;
        bool ended = false;
        agent_->time().turnUntil([&] { return ended = ended || ::waitpid(child, &status, WNOHANG) == child; });
        return ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    /// Events of 8 KB each.
    bool appendLarge(int events)
    {
        const QString pad(8'000, u'x');
        auto *engine = agent_->host().engine();
        auto transaction = engine->database().transaction();
        for (int i = 0; i < events; ++i) {
            if (!engine->events().append("message.status", std::nullopt, std::nullopt, { { "pad", pad } }))
                return false;
        }
        return transaction && transaction->commit();
    }

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        agent_ = std::make_unique<TestAgent>(folder_->path());
        QVERIFY(agent_->open());
    }

    void cleanup() { agent_.reset(); }

    void refusesAnotherUser()
    {
        constexpr uid_t nobody = 65534;
        if (::geteuid() != 0)
            QSKIP("only root can become another user");
        // Everything that the file system would refuse is opened: the peer's credentials alone decide.
        QCOMPARE(::chmod(qPrintable(folder_->path()), 0755), 0);
        QCOMPARE(::chmod(qPrintable(agent_->socket()), 0666), 0);
        QCOMPARE(exitCodeOf(::geteuid()), 0);
        QCOMPARE(exitCodeOf(nobody), 1);
    }

    void theSocketIsClosedToOthersWhateverTheUmask()
    {
        const mode_t before = ::umask(0);
        QTemporaryDir folder;
        TestAgent agent(folder.path());
        const bool opened = agent.open();
        ::umask(before);
        QVERIFY(opened);
        for (const auto &[name, mode] : { std::pair { "sock", 0600U },
                                          { "work", 0700U },
                                          { "work/kith.db", 0600U },
                                          { "work/kith.db-wal", 0600U },
                                          { "work/keyslots", 0600U },
                                          { "work/lock", 0600U },
                                          { "key", 0600U } }) {
            struct stat info { };
            QVERIFY2(::lstat(qPrintable(folder.filePath(name)), &info) == 0, name);
            QVERIFY2((info.st_mode & 0777U) == mode, name);
        }
    }

    void answersNoMoreThan64CallsAtATime()
    {
        LineClient client(*agent_);
        agent_->keyring().isSilent = true;
        const QByteArray call = R"({"jsonrpc":"2.0","id":%1,"method":"slots.add","params":{"kind":"keyring"}})";
        for (int i = 1; i <= Peer::maxOpenCalls + 1; ++i)
            client.write(QByteArray(call).replace("%1", QByteArray::number(i)) + '\n');
        const QJsonObject refused = client.read().object();
        QCOMPARE(refused.value("id").toInt(), Peer::maxOpenCalls + 1);
        QCOMPARE(refused.value("error").toObject().value("data").toObject().value("code").toString(), "rateLimited");
        LineClient other(*agent_); // the bound is one of the connection
        QVERIFY(!other.result("agent.status").isEmpty());
    }

    void aStalledReaderCostsNoMemory()
    {
        constexpr int events = 4'000; // 32 MB in all
        QVERIFY(appendLarge(events));
        LineClient stalled(*agent_);
        stalled.socket().setReadBufferSize(1);
        LineClient other(*agent_);
        QVERIFY(!other.result("agent.status").isEmpty());
        const qint64 before = support::residentBytes();
        stalled.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"events.subscribe\",\"params\":{\"since\":\"0\"}}\n");
        for (int i = 0; i < 20; ++i)
            QVERIFY(!other.result("agent.status").isEmpty());
        const qint64 grown = support::residentBytes() - before;
        QVERIFY2(support::isWithin(grown, 8 * 1024 * 1024), qPrintable(QString::number(grown)));
        // And it missed nothing.
        stalled.socket().setReadBufferSize(0);
        QCOMPARE(stalled.read().object().value("id").toInt(), 1);
        for (int i = 1; i <= events; ++i)
            QCOMPARE(stalled.event().value("cursor").toString(), QString::number(i));
    }

    void aReaderThatCameTooLateIsToldTheGap()
    {
        agent_->append(3);
        agent_->time().advance(client::EventLog::keptFor + milliseconds { 60'000 });
        agent_->append(1);
        QVERIFY(agent_->host().engine()->events().prune().ok());
        LineClient client(*agent_);
        client.result("events.subscribe", { { "since", "0" } });
        const QJsonObject gap = client.event();
        QCOMPARE(gap.value("type").toString(), "event.gap");
        QCOMPARE(gap.value("from").toString(), "1");
        QCOMPARE(gap.value("to").toString(), "3");
        QCOMPARE(client.event().value("cursor").toString(), "4");
    }

    /// The log goes on without who does not read: what its bounds took meanwhile is one line, and he reads on from
    /// there.
    void aStalledReaderIsToldWhatTheLogForgotMeanwhile()
    {
        constexpr int events = 2'000; // 16 MB in all
        QVERIFY(appendLarge(events));
        LineClient stalled(*agent_);
        stalled.socket().setReadBufferSize(1);
        stalled.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"events.subscribe\",\"params\":{\"since\":\"0\"}}\n");
        LineClient other(*agent_);
        QVERIFY(!other.result("agent.status").isEmpty());
        agent_->time().advance(client::EventLog::keptFor + milliseconds { 60'000 });
        agent_->append(1);
        QVERIFY(agent_->host().engine()->events().prune().ok());

        stalled.socket().setReadBufferSize(0);
        QCOMPARE(stalled.read().object().value("id").toInt(), 1);
        int next = 1;
        auto event = stalled.event();
        for (; event.value("type").toString() == "message.status" && event.contains("pad"); ++next) {
            QCOMPARE(event.value("cursor").toString(), QString::number(next));
            event = stalled.event();
        }
        QVERIFY(next > 1 && next < events); // what was on its way when the socket was full
        QCOMPARE(event.value("type").toString(), "event.gap");
        QCOMPARE(event.value("from").toString(), QString::number(next));
        QCOMPARE(event.value("to").toString(), QString::number(events));
        QCOMPARE(stalled.event().value("cursor").toString(), QString::number(events + 1));
    }

    void cutsAFrontEndThatNeverReadsItsAnswers()
    {
        LineClient client(*agent_);
        client.socket().setReadBufferSize(1);
        QVERIFY(agent_->time().turnUntil([&] { return agent_->service().peerCount() == 1; }));
        const qint64 before = support::residentBytes();
        for (int i = 0; i < 400 && agent_->service().peerCount() > 0; ++i) {
            client.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.discover\"}\n");
            agent_->time().turnUntil([] { return true; });
        }
        QVERIFY(agent_->time().turnUntil([&] { return agent_->service().peerCount() == 0; }));
        QVERIFY(support::isWithin(support::residentBytes() - before, 24 * 1024 * 1024));
        LineClient other(*agent_);
        QVERIFY(!other.result("agent.status").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestServiceBounds)
#include "tst_service_bounds.moc"
