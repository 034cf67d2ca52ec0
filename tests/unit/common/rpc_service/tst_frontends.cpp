// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: cli 7.2 (frontend), ui 7
#include "tests/unit/common/rpc_service/test_agent.h"

#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::rpc::service;

class TestFrontends : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<TestAgent> agent_;

    static bool registers(LineClient &client)
    {
        return client.result("frontend.register", { { "kind", "gui" } }).value("registered").toBool();
    }
    static QJsonObject hello(const char *name)
    {
        return { { "api", 1 }, { "client", QJsonObject { { "name", name }, { "version", "1" } } } };
    }

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        agent_ = std::make_unique<TestAgent>(folder_->path());
        QVERIFY(agent_->open());
    }
    void cleanup() { agent_.reset(); }

    void aSecondWindowRaisesTheFirst()
    {
        LineClient first(*agent_);
        LineClient second(*agent_);
        QVERIFY(registers(first));
        QVERIFY(registers(first)); // again is the same
        QVERIFY(!registers(second));
        const QJsonObject wish { { "uri", "kith://chat/mei" }, { "token", "t1" } };
        QVERIFY(second.result("frontend.activate", wish).value("raised").toBool());
        const QJsonObject event = first.event(); // without any subscription
        QCOMPARE(event.value("type").toString(), QStringLiteral("frontend.activate"));
        QCOMPARE(event.value("uri").toString(), QStringLiteral("kith://chat/mei"));
        QCOMPARE(event.value("token").toString(), QStringLiteral("t1"));
    }

    void aWindowThatIsGoneMakesRoom()
    {
        auto first = std::make_unique<LineClient>(*agent_);
        QVERIFY(registers(*first));
        first.reset();
        LineClient second(*agent_);
        QVERIFY(agent_->time().turnUntil([&] { return agent_->service().peerCount() == 1; }, milliseconds { 2'000 }));
        QVERIFY(!second.result("frontend.activate").value("raised").toBool());
        QVERIFY(registers(second));
        second.result("agent.lock"); // and it stays the window while the profile is locked
        LineClient third(*agent_);
        QVERIFY(!registers(third));
    }

    void onlyKithAddressesOfBoundedLengthPass()
    {
        LineClient client(*agent_);
        for (const QString &uri :
             { QStringLiteral("https://example"), QStringLiteral("kith:") + QString(2'048, u'x'), QString() })
            QCOMPARE(client.error("frontend.activate", { { "uri", uri } }), QStringLiteral("invalidParams"));
    }

    void onlyAPersonHoldsTheLockTimer()
    {
        LineClient window(*agent_);
        LineClient command(*agent_);
        QVERIFY(registers(window));
        QSignalSpy called(&agent_->service(), &Service::called);
        window.result("chats.list");
        QCOMPARE(called.size(), 0);
        window.result("frontend.activity");
        QCOMPARE(called.size(), 1);
        command.result("chats.list");
        QCOMPARE(called.size(), 2);
    }

    void otherFrontEndsCanBeKeptOut()
    {
        agent_->service().options().settings.push_back({ "agent.frontends", "all", "default" });
        LineClient command(*agent_);
        LineClient window(*agent_);
        command.result("hello", hello("kith"));
        window.result("hello", hello("kith-gui"));
        QVERIFY(!command.result("chats.list").isEmpty());
        window.result("config.set", { { "name", "agent.frontends" }, { "value", "gui" } });
        QCOMPARE(command.error("chats.list"), QStringLiteral("refused"));
        LineClient silent(*agent_);
        QCOMPARE(silent.error("chats.list"), QStringLiteral("refused"));
        QVERIFY(!command.result("agent.status").isEmpty());
        QVERIFY(!window.result("chats.list").isEmpty());
        command.result("config.set", { { "name", "agent.frontends" }, { "value", "all" } }); // never locked out
        QVERIFY(!command.result("chats.list").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFrontends)
#include "tst_frontends.moc"
