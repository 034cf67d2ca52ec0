// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/client.h"
#include "tests/support/rpc/fake_agent.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::rpc;
using kith::test::FakeAgent;

// covers: cli 7.1, cli 7.4
class TestRpcClient : public QObject {
    Q_OBJECT

    using Answer = RpcResult<QJsonValue>;

    QTemporaryDir folder_;
    QtTimers timers_;
    std::unique_ptr<FakeAgent> agent_;
    std::unique_ptr<Client> client_;

    QString socket() const { return folder_.filePath(QStringLiteral("a.sock")); }

    std::optional<RpcResult<QJsonObject>> open()
    {
        std::optional<RpcResult<QJsonObject>> opened;
        client_->open(socket()).then(this, [&](RpcResult<QJsonObject> result) { opened = std::move(result); });
        [&] { QTRY_VERIFY(opened.has_value()); }();
        return opened;
    }

    std::optional<Answer> call(const char *method, milliseconds timeout = milliseconds { 5000 })
    {
        std::optional<Answer> answer;
        client_->call(QString::fromLatin1(method), {}, timeout).then(this, [&](Answer result) {
            answer = std::move(result);
        });
        [&] { QTRY_VERIFY(answer.has_value()); }();
        return answer;
    }

private Q_SLOTS:
    void init()
    {
        agent_ = std::make_unique<FakeAgent>(
            socket(), kith::test::Documents(QStringLiteral(KITH_SOURCE_DIR "/tests/data/json/documents.json")));
        client_ = std::make_unique<Client>(ClientName { QStringLiteral("test"), QStringLiteral("1") }, timers_);
    }
    void cleanup()
    {
        client_.reset();
        agent_.reset();
    }

    void saysHelloFirst()
    {
        const auto opened = open();
        QVERIFY(opened->ok());
        QCOMPARE((**opened).value(u"profile").toString(), QStringLiteral("default"));
        QCOMPARE(agent_->calls().front().method, QStringLiteral("hello"));
        QCOMPARE(agent_->calls().front().params.value(u"api").toInt(), 1);
    }

    void noSocketIsStopping()
    {
        agent_.reset();
        const auto opened = open();
        QVERIFY(!opened->ok());
        QCOMPARE(opened->error().code, rpc::ErrorCode::stopping);
    }

    void anotherMajorIsUnsupported()
    {
        agent_->answer(QStringLiteral("hello"), [](const QJsonObject &) -> Answer {
            return QJsonValue(QJsonObject { { QStringLiteral("api"), 2 } });
        });
        QCOMPARE(open()->error().code, rpc::ErrorCode::unsupported);
    }

    void answersMayComeInAnyOrder()
    {
        QVERIFY(open()->ok());
        agent_->ignore(QStringLiteral("messages.wait"));
        std::optional<Answer> slow;
        client_->call(QStringLiteral("messages.wait"), {}, milliseconds { 5000 }).then(this, [&](Answer result) {
            slow = std::move(result);
        });
        QVERIFY(call("chats.list")->ok());
        QVERIFY(!slow);
        agent_->sendRaw("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"late\":true}}\n");
        QTRY_VERIFY(slow.has_value());
        QVERIFY((**slow).toObject().value(u"late").toBool());
    }

    void errorsComeThrough()
    {
        QVERIFY(open()->ok());
        agent_->answer(QStringLiteral("send"), [](const QJsonObject &) -> Answer {
            return RpcError { rpc::ErrorCode::untrustedIdentity, QStringLiteral("changed"), QStringLiteral("compare") };
        });
        const auto answer = call("send");
        QVERIFY(!answer->ok());
        QCOMPARE(answer->error().exitCode(), 6);
        QCOMPARE(answer->error().hint, QStringLiteral("compare"));
    }

    void expiresOnTime()
    {
        QVERIFY(open()->ok());
        agent_->ignore(QStringLiteral("db.check"));
        QCOMPARE(call("db.check", milliseconds { 1 })->error().code, rpc::ErrorCode::timeout);
        QVERIFY(call("db.stats")->ok()); // the connection is as good as before
    }

    void everyOpenCallEndsWhenTheAgentDies()
    {
        QVERIFY(open()->ok());
        agent_->ignore(QStringLiteral("send"));
        QSignalSpy closed(client_.get(), &Client::closed);
        int stopped = 0;
        for (int i = 0; i < 5; ++i)
            client_->call(QStringLiteral("send"), {}, milliseconds { 60000 }).then(this, [&](Answer result) {
                stopped += !result && result.error().code == rpc::ErrorCode::stopping;
            });
        QTRY_COMPARE(agent_->count(QStringLiteral("send")), 5);
        agent_->closeAll();
        QTRY_COMPARE(closed.count(), 1);
        QCOMPARE(stopped, 5);
        QCOMPARE(call("send")->error().code, rpc::ErrorCode::stopping);
    }

    void aCallMayDestroyTheClient()
    {
        QVERIFY(open()->ok());
        agent_->ignore(QStringLiteral("send"));
        bool ended = false;
        client_->call(QStringLiteral("send"), {}, milliseconds { 60000 }).then(this, [&](Answer) {
            client_.release()->deleteLater();
            ended = true;
        });
        QTRY_COMPARE(agent_->count(QStringLiteral("send")), 1);
        agent_->closeAll();
        QTRY_VERIFY(ended);
    }

    void eventsAreASignal()
    {
        QVERIFY(open()->ok());
        QSignalSpy events(client_.get(), &Client::event);
        agent_->setEvents({ QJsonObject { { QStringLiteral("type"), QStringLiteral("typing") } },
                            QJsonObject { { QStringLiteral("type"), QStringLiteral("agent.state") } } });
        QVERIFY(call("events.subscribe")->ok());
        QTRY_COMPARE(events.count(), 2);
        QCOMPARE(events.at(0).at(0).toJsonObject().value(u"type").toString(), QStringLiteral("typing"));
    }

    void brokenLinesEndTheConnection()
    {
        QVERIFY(open()->ok());
        QSignalSpy closed(client_.get(), &Client::closed);
        agent_->sendRaw("{\"half\":\n");
        QTRY_COMPARE(closed.count(), 1);
        QVERIFY(!client_->isOpen());
    }

    void anOversizedCallIsNotSent()
    {
        QVERIFY(open()->ok());
        std::optional<Answer> answer;
        client_
            ->call(QStringLiteral("send"), { { QStringLiteral("text"), QString(maxLineBytes, u'x') } },
                   milliseconds { 5000 })
            .then(this, [&](Answer result) { answer = std::move(result); });
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().code, rpc::ErrorCode::tooLarge);
    }
};

QTEST_GUILESS_MAIN(TestRpcClient)
#include "tst_rpc_client.moc"
