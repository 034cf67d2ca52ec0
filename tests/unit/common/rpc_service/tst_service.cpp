// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security B2, B3, B4, B5, FZ12; cli 1.1, 1.3, 2.2, 7.1, 7.2, 7.4, 7.5
#include "common/base/random.h"
#include "common/client/event_log.h"
#include "common/rpc/service/peer.h"
#include "tests/unit/common/rpc_service/test_agent.h"

#include <QTest>

#include <sys/stat.h>

using namespace kith;
using namespace kith::rpc::service;

class TestService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void bindsASocketForItsOwnUser();
    void greetsAndAnswersWithoutGreeting();
    void refusesWhatIsNoCall_data();
    void refusesWhatIsNoCall();
    void cutsALineOverTheLimit();
    void answersABatchInOneLine();
    void survivesRandomLines();
    void limitsConnections();
    void answersTheSameKeyOnce();
    void refusesAKeyForAnotherCall();
    void keepsAResultTogetherWithItsEffect();
    void undoesTheEffectOfAResultThatCannotBeKept();
    void storesNoDigestOfAPassphrase();
    void deliversEventsInOrder();
    void repeatsWhatWasNotAcknowledged();
    void remembersAConsumerOverARestart();
    void neverFillsMemoryForASlowReader();
    void answersLockedAndUnlocks();
    void tellsFrontEndsThatItLocked();
    void makesNothingForAnUnknownProfile();
    void takesAwayAProfileWhoseServerIsNotThere();
    void keepsTwoProfilesApart();
    void describesItself();
    void examinesTheProfile();
    void changesASetting();
    void endsCallsWhenItStops();

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<TestAgent> agent_;
};

void TestService::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    agent_ = std::make_unique<TestAgent>(folder_->path());
    QVERIFY(agent_->open());
}

void TestService::cleanup()
{
    agent_.reset();
}

void TestService::bindsASocketForItsOwnUser()
{
    struct stat info { };
    QCOMPARE(::stat(agent_->socket().toUtf8().constData(), &info), 0);
    QCOMPARE(info.st_mode & 0777U, 0600U);
    QCOMPARE(info.st_uid, ::geteuid());
}

void TestService::greetsAndAnswersWithoutGreeting()
{
    LineClient client(*agent_);
    QCOMPARE(client.result("agent.status").value("profile").toString(), QStringLiteral("work"));
    const QJsonObject hello = client.result("hello", { { "api", 1 } });
    QCOMPARE(hello.value("state").toString(), QStringLiteral("ready"));
    QCOMPARE(client.error("hello", { { "api", 2 } }), QStringLiteral("unsupported"));
}

void TestService::refusesWhatIsNoCall_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("code");
    QTest::newRow("no JSON") << QByteArray("hello\n") << -32700;
    QTest::newRow("bad UTF-8") << QByteArray("{\"a\":\"\xff\"}\n") << -32700;
    QTest::newRow("too deep") << QByteArray("[[[[[[[[[[1]]]]]]]]]]\n") << -32700;
    QTest::newRow("no object") << QByteArray("[1]\n") << -32600;
    QTest::newRow("no method") << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1}\n") << -32600;
    QTest::newRow("unknown method") << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nope\"}\n") << -32601;
    QTest::newRow("unknown parameter") << QByteArray(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.status\",\"params\":{\"x\":1}}\n")
                                       << -32602;
    QTest::newRow("wrong type") << QByteArray(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\",\"params\":{\"api\":\"1\"}}\n")
                                << -32602;
}

void TestService::refusesWhatIsNoCall()
{
    QFETCH(QByteArray, line);
    QFETCH(int, code);
    LineClient client(*agent_);
    client.write(line);
    const QJsonDocument answer = client.read();
    const QJsonObject object = answer.isArray() ? answer.array().first().toObject() : answer.object();
    QCOMPARE(object.value("error").toObject().value("code").toInt(), code);
    QVERIFY(!client.result("agent.status").isEmpty());
}

void TestService::cutsALineOverTheLimit()
{
    LineClient client(*agent_);
    client.write(QByteArray(rpc::maxLineBytes + 10, 'x'));
    QVERIFY(client.isClosed());
    LineClient other(*agent_);
    QVERIFY(!other.result("agent.status").isEmpty());
}

void TestService::answersABatchInOneLine()
{
    LineClient client(*agent_);
    client.write("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"agent.status\"},{\"jsonrpc\":\"2.0\",\"method\":"
                 "\"agent.status\"},{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"nope\"}]\n");
    const QJsonDocument answer = client.read();
    QVERIFY(answer.isArray());
    QCOMPARE(answer.array().size(), 2);
}

void TestService::survivesRandomLines()
{
    const auto seed = SystemRandom().below(1'000'000'000);
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    SeededRandom random(seed);
    const QByteArray good =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"events.subscribe\",\"params\":{\"since\":\"0\"}}";
    for (int round = 0; round < 200; ++round) {
        LineClient client(*agent_);
        QByteArray line = good;
        for (auto i = random.below(5); i > 0; --i)
            line[static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(line.size())))] =
                static_cast<char>(random.below(256));
        client.write(line + '\n');
        client.read();
        if (round % 3 == 0)
            client.socket().abort();
    }
    LineClient after(*agent_);
    QVERIFY(!after.result("agent.status").isEmpty());
}

void TestService::limitsConnections()
{
    std::vector<std::unique_ptr<LineClient>> clients;
    for (int i = 0; i < Service::maxPeers; ++i) {
        clients.push_back(std::make_unique<LineClient>(*agent_));
        QVERIFY(!clients.back()->result("agent.status").isEmpty());
    }
    LineClient surplus(*agent_);
    QVERIFY(surplus.isClosed());
    clients.pop_back();
    QVERIFY(agent_->time().turnUntil([&] { return agent_->service().peerCount() < Service::maxPeers; }));
    LineClient next(*agent_);
    QVERIFY(!next.result("agent.status").isEmpty());
}

void TestService::answersTheSameKeyOnce()
{
    const QJsonObject params { { "name", "robot" }, { "key", "k1" } };
    LineClient client(*agent_);
    client.result("events.subscribe", { { "consumer", "robot" } });
    QVERIFY(client.result("consumers.remove", params).value("removed").toBool());
    QVERIFY(client.result("consumers.remove", params).value("removed").toBool());
    QVERIFY(!client.result("consumers.remove", { { "name", "robot" }, { "key", "k2" } }).value("removed").toBool());
}

void TestService::refusesAKeyForAnotherCall()
{
    LineClient client(*agent_);
    client.result("consumers.remove", { { "name", "robot" }, { "key", "k1" } });
    QCOMPARE(client.error("consumers.remove", { { "name", "other" }, { "key", "k1" } }), QStringLiteral("keyReused"));
    QCOMPARE(client.error("consumers.reset", { { "name", "robot" }, { "to", "end" }, { "key", "k1" } }),
             QStringLiteral("keyReused"));
}

/// Whatever ends the process behind the commit finds both or neither.
void TestService::keepsAResultTogetherWithItsEffect()
{
    agent_->befriend("bob");
    auto &calls = agent_->host().engine()->database().calls();
    int seen = 0;
    QObject context;
    connect(&agent_->host().engine()->events(), &client::EventLog::appended, &context, [&](const client::Event &event) {
        QCOMPARE(event.type, std::string("contact.updated"));
        const auto row = calls.find("k" + std::to_string(++seen));
        QVERIFY(row && *row);
    });
    LineClient client(*agent_);
    const auto call = [&](const char *method, QJsonObject params) {
        params.insert("user", "@bob");
        const QJsonObject first = client.result(method, params);
        QVERIFY2(!first.isEmpty(), method);
        QCOMPARE(client.result(method, params), first);
    };
    call("contacts.rename", { { "name", "Bobby" }, { "key", "k1" } });
    call("requests.accept", { { "key", "k2" } });
    call("contacts.remove", { { "key", "k3" } });
    QCOMPARE(seen, 3);
}

void TestService::undoesTheEffectOfAResultThatCannotBeKept()
{
    LineClient client(*agent_);
    client.result("events.subscribe", { { "consumer", "robot" } });
    auto &sql = agent_->host().engine()->database().connection();
    QVERIFY(sql.run("ALTER TABLE call RENAME TO hidden").ok());
    QVERIFY(!client.error("consumers.remove", { { "name", "robot" }, { "key", "k1" } }).isEmpty());
    QVERIFY(sql.run("ALTER TABLE hidden RENAME TO call").ok());
    QVERIFY(client.result("consumers.remove", { { "name", "robot" }, { "key", "k1" } }).value("removed").toBool());
}

void TestService::storesNoDigestOfAPassphrase()
{
    const auto digest = [](const QString &secret) {
        return digestOf({ 1,
                          "account.register",
                          { { "key", "k" },
                            { "user", "mei" },
                            { "unlock", QJsonObject { { "kind", "passphrase" }, { "secret", secret } } } } });
    };
    QCOMPARE(digest("one"), digest("two"));
    QCOMPARE(digestOf({ 1, "slots.add", { { "kind", "passphrase" }, { "secret", "one" } } }),
             digestOf({ 1, "slots.add", { { "kind", "passphrase" }, { "secret", "two" } } }));
    QVERIFY(digestOf({ 1, "slots.add", { { "kind", "passphrase" } } })
            != digestOf({ 1, "slots.add", { { "kind", "recovery" } } }));
}

void TestService::deliversEventsInOrder()
{
    LineClient client(*agent_);
    agent_->append(2);
    const QJsonObject subscribed = client.result("events.subscribe", { { "since", "0" } });
    QCOMPARE(subscribed.value("pending").toInt(), 2);
    agent_->append(2);
    for (int i = 1; i <= 4; ++i)
        QCOMPARE(client.event().value("cursor").toString(), QString::number(i));
    client.result("events.unsubscribe");
    agent_->append(1);
    QVERIFY(!client.result("agent.status").isEmpty());
    QVERIFY(client.result("events.subscribe").value("cursor") == QJsonValue("5"));
}

void TestService::repeatsWhatWasNotAcknowledged()
{
    {
        LineClient client(*agent_);
        client.result("events.subscribe", { { "consumer", "robot" } });
        agent_->append(3);
        for (int i = 1; i <= 3; ++i)
            QCOMPARE(client.event().value("cursor").toString(), QString::number(i));
        QCOMPARE(client.result("events.ack", { { "consumer", "robot" }, { "cursor", "1" } }).value("cursor").toString(),
                 QStringLiteral("1"));
    }
    LineClient again(*agent_);
    QCOMPARE(again.result("events.subscribe", { { "consumer", "robot" } }).value("cursor").toString(),
             QStringLiteral("1"));
    QCOMPARE(again.event().value("cursor").toString(), QStringLiteral("2"));
    QCOMPARE(again.event().value("cursor").toString(), QStringLiteral("3"));
    const QJsonObject listed = again.result("consumers.list").value("items").toArray().first().toObject();
    QCOMPARE(listed.value("lag").toInt(), 2);
    QVERIFY(listed.value("connected").toBool());
}

void TestService::remembersAConsumerOverARestart()
{
    {
        LineClient client(*agent_);
        client.result("events.subscribe", { { "consumer", "robot" }, { "types", QJsonArray { "message.status" } } });
        agent_->append(1);
        agent_->append(1, "chat.updated");
        client.result("events.ack", { { "consumer", "robot" }, { "cursor", "1" } });
    }
    agent_.reset();
    agent_ = std::make_unique<TestAgent>(folder_->path());
    QVERIFY(agent_->open());
    agent_->append(1);
    LineClient again(*agent_);
    QCOMPARE(again.result("events.subscribe", { { "consumer", "robot" } }).value("pending").toInt(), 1);
    QCOMPARE(again.event().value("cursor").toString(), QStringLiteral("3"));
}

void TestService::neverFillsMemoryForASlowReader()
{
    LineClient client(*agent_);
    client.socket().setReadBufferSize(1);
    client.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"events.subscribe\",\"params\":{\"since\":\"0\"}}\n");
    QVERIFY(agent_->time().turnUntil([&] { return agent_->service().peerCount() == 1; }));
    {
        auto transaction = agent_->host().engine()->database().transaction();
        for (int i = 0; i < 6'000; ++i)
            QVERIFY(agent_->host()
                        .engine()
                        ->events()
                        .append("message.status", std::nullopt, std::nullopt, { { "pad", QString(500, u'x') } })
                        .ok());
        QVERIFY(transaction->commit().ok());
    }
    LineClient other(*agent_);
    QVERIFY(!other.result("agent.status").isEmpty());
    client.socket().setReadBufferSize(0);
    client.read();
    for (int i = 1; i <= 6'000; ++i) {
        const QJsonObject event = client.event();
        QCOMPARE(event.value("cursor").toString(), QString::number(i));
    }
}

void TestService::answersLockedAndUnlocks()
{
    LineClient client(*agent_);
    QCOMPARE(client.result("agent.lock").value("state").toString(), QStringLiteral("locked"));
    QVERIFY(!agent_->host().engine());
    QCOMPARE(client.error("chats.list"), QStringLiteral("locked"));
    QCOMPARE(client.error("agent.unlock", { { "slot", "passphrase" }, { "secret", "wrong" } }),
             QStringLiteral("locked"));
    const QString key = folder_->filePath("key");
    QCOMPARE(client.result("agent.unlock", { { "slot", "keyFile" }, { "path", key } }).value("state").toString(),
             QStringLiteral("ready"));
    QVERIFY(client.call("chats.list").contains("result"));
}

void TestService::tellsFrontEndsThatItLocked()
{
    LineClient watcher(*agent_);
    watcher.result("hello", { { "api", 1 } });
    LineClient client(*agent_);
    client.result("agent.lock");
    const QJsonObject event = watcher.event();
    QCOMPARE(event.value("type").toString(), QStringLiteral("agent.state"));
    QCOMPARE(event.value("state").toString(), QStringLiteral("locked"));
}

void TestService::makesNothingForAnUnknownProfile()
{
    QTemporaryDir empty;
    TestAgent agent(empty.path());
    agent.host().open();
    QVERIFY(agent.listenOnly());
    LineClient client(agent);
    QCOMPARE(client.result("hello", { { "api", 1 } }).value("state").toString(), QStringLiteral("unregistered"));
    QCOMPARE(client.error("send", { { "to", QJsonArray { "@bob" } }, { "text", "hi" } }),
             QStringLiteral("unregistered"));
    QVERIFY(!QFile::exists(empty.filePath("work")));
}

void TestService::takesAwayAProfileWhoseServerIsNotThere()
{
    QTemporaryDir empty;
    TestAgent agent(empty.path());
    agent.host().open();
    QVERIFY(agent.listenOnly());
    LineClient client(agent);
    client.write("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"account.register\",\"params\":{\"server\":"
                 "\"ws://127.0.0.1:9\",\"user\":\"mei\",\"unlock\":{\"kind\":\"keyring\"}}}\n");
    QVERIFY(agent.time().turnUntil([&] {
        agent.time().advance(milliseconds { 1'000 });
        return client.socket().bytesAvailable() > 0;
    }));
    const QJsonObject error = client.read().object().value("error").toObject();
    QCOMPARE(error.value("data").toObject().value("code").toString(), QStringLiteral("network"));
    QVERIFY(agent.time().turnUntil([&] { return !QFile::exists(empty.filePath("work")); }));
    QCOMPARE(client.result("hello", { { "api", 1 } }).value("state").toString(), QStringLiteral("unregistered"));
}

void TestService::keepsTwoProfilesApart()
{
    QTemporaryDir folder;
    TestAgent other(folder.path());
    QVERIFY(other.open());
    agent_->append(3);
    LineClient client(other);
    QCOMPARE(client.result("events.subscribe", { { "since", "0" } }).value("head").toString(), QStringLiteral("0"));
    LineClient own(*agent_);
    QCOMPARE(own.result("events.subscribe", { { "since", "0" } }).value("head").toString(), QStringLiteral("3"));
}

void TestService::describesItself()
{
    LineClient client(*agent_);
    const QJsonObject document = client.result("rpc.discover");
    QCOMPARE(document.value("methods").toArray().size(), static_cast<qsizetype>(rpc::methodTable().size()));
    for (const rpc::Method &method : rpc::methodTable()) {
        const QString name = QString::fromLatin1(method.name);
        const int code = client.call(name, { { "bad parameter", 1 } }).value("error").toObject().value("code").toInt();
        QVERIFY2(code == -32602, method.name); // known, and no parameter slips through
    }
}

void TestService::examinesTheProfile()
{
    LineClient client(*agent_);
    client.write("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"agent.doctor\"}\n");
    QVERIFY(agent_->time().turnUntil([&] {
        agent_->time().advance(milliseconds { 1'000 }); // the server's silence has a deadline
        return client.socket().bytesAvailable() > 0;
    }));
    const QJsonObject report = client.read().object().value("result").toObject();
    QStringList names;
    for (const QJsonValue &check : report.value("checks").toArray())
        names.append(check.toObject().value("name").toString());
    for (const char *wanted : { "socket", "folder", "keyslots", "databaseFile", "disk", "slots", "database", "prekeys",
                                "outbox", "device", "account", "server" })
        QVERIFY2(names.contains(QLatin1StringView(wanted)), wanted);
    QVERIFY(!report.value("ok").toBool()); // signed out, and no server
}

void TestService::changesASetting()
{
    LineClient client(*agent_);
    QCOMPARE(client.result("config.set", { { "name", "agent.linger" }, { "value", "5s" } }).value("origin").toString(),
             QStringLiteral("user"));
    QCOMPARE(client.result("config.get", { { "name", "agent.linger" } }).value("value").toString(),
             QStringLiteral("5s"));
    QCOMPARE(client.error("config.set", { { "name", "agent.linger" }, { "value", "bad" } }),
             QStringLiteral("invalidParams"));
    QCOMPARE(client.error("config.get", { { "name", "nope" } }), QStringLiteral("notFound"));
}

void TestService::endsCallsWhenItStops()
{
    LineClient client(*agent_);
    bool asked = false;
    connect(&agent_->service(), &Service::stopRequested, this, [&](bool) {
        asked = true;
        agent_->service().stop();
        agent_->host().stop();
        agent_->service().closePeers();
    });
    QVERIFY(client.result("agent.stop").value("stopping").toBool());
    QVERIFY(agent_->time().turnUntil([&] { return asked; }));
    QVERIFY(client.isClosed());
    QVERIFY(!QFile::exists(agent_->socket()));
}

QTEST_GUILESS_MAIN(TestService)
#include "tst_service.moc"
