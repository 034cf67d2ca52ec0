// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/ids.h"
#include "common/base/random.h"
#include "tests/e2e/conversation.h"
#include "tests/e2e/needle.h"

#include <QFile>
#include <QTest>

using namespace kith;
using namespace kith::e2e;

// covers: product F2, E10, N6, N10; security AS1, B1, C25, L1, L7, S12
class TestSecrecy : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_, bob_;
    QByteArray needle_;

    static QByteArray freshNeedle()
    {
        SystemRandom random;
        return "needle" + QByteArray::fromStdString(random.id<Mid>()->base32());
    }

private Q_SLOTS:
    void initTestCase()
    {
        server_ = std::make_unique<Server>(folder_.filePath("server"));
        server_->setEnvironment("QT_LOGGING_RULES", "kith.*=true");
        QVERIFY(server_->start());
        mei_ = std::make_unique<Person>(folder_.path(), "mei");
        bob_ = std::make_unique<Person>(folder_.path(), "bob");
        for (Person *person : { mei_.get(), bob_.get() })
            person->setEnvironment("KITH_LOG", "kith.*=true");
        needle_ = freshNeedle();
        qInfo() << "needle" << needle_;
        QCOMPARE(mei_->enrol(*server_, { "--name", needle_ }).exit, 0);
        QCOMPARE(bob_->enrol(*server_).exit, 0);
    }

    void everyKindOfMessageCarriesTheNeedle()
    {
        // a stranger's request, an answer, a reply, a read receipt's chat, an offline message, a long text, a profile
        QCOMPARE(mei_->kith({ "send", "-t", "@bob", "--wait", "accepted", "request " + needle_ }).exit, 0);
        QVERIFY(eventually([&] { return bob_->kith({ "request", "list", "--json" }).out.contains("mei"); }));
        QCOMPARE(bob_->kith({ "request", "accept", "@mei" }).exit, 0);
        QCOMPARE(bob_->kith({ "send", "-t", "@mei", "--wait", "delivered", "answer " + needle_ }).exit, 0);
        QVERIFY(eventually([&] { return textsOf(history(*mei_, "@bob"), false).size() == 1; }));
        const QString answered = history(*mei_, "@bob").back()["mid"].toString();
        QCOMPARE(mei_->kith({ "send", "-t", "@bob", "--reply-to", answered, "reply " + needle_ }).exit, 0);
        QCOMPARE(mei_->kith({ "account", "set", "--about", needle_ }).exit, 0);
        QVERIFY(bob_->stopAgent());
        QCOMPARE(mei_->kith({ "send", "-t", "@bob", "--wait", "accepted", "-" }, needle_.repeated(100)).exit, 0);
        QVERIFY(bob_->link());
        QVERIFY(eventually([&] { return textsOf(history(*bob_, "@mei"), false).size() == 3; }));
        QCOMPARE(bob_->kith({ "read", "@mei" }).exit, 0);
        QVERIFY(eventually([&] { return history(*mei_, "@bob").back()["state"].toString() == "read"; }));
        QCOMPARE(textsOf(history(*bob_, "@mei"), false).last(), QString(needle_.repeated(100)));
    }

    void theServerHoldsItNowhere()
    {
        QCOMPARE(filesWith(folder_.filePath("server"), needle_), QStringList {});
        const int hits = memoryHits(server_->pid(), needle_);
        if (hits < 0)
            QSKIP("this user may not read the server's memory");
        QCOMPARE(hits, 0);
        QVERIFY(memoryHits(server_->pid(), "kith.v1") > 0); // the search itself finds what is there
    }

    void theClientsFoldersHoldItNowhere()
    {
        for (const Person *person : { mei_.get(), bob_.get() }) {
            QCOMPARE(filesWith(person->folder(), needle_), QStringList {});
            QVERIFY(QFile::exists(person->profileDir() + "/kith.db"));
        }
    }

    void namesStayOutOfTheServersLog()
    {
        QFile log(server_->logFile());
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QByteArray text = log.readAll();
        QVERIFY2(!text.contains("mei") && !text.contains("bob"), text.left(2000));
    }

    void noSecretStandsInAProcessList()
    {
        QFile command(QStringLiteral("/proc/%1/cmdline").arg(*mei_->agentPid()));
        QFile environment(QStringLiteral("/proc/%1/environ").arg(*mei_->agentPid()));
        QVERIFY(command.open(QIODevice::ReadOnly));
        QVERIFY(!command.readAll().contains("key file of the tests"));
        if (environment.open(QIODevice::ReadOnly))
            QVERIFY(!environment.readAll().contains("key file of the tests"));
    }

    void aLockedProfileAnswersNothing()
    {
        QVERIFY(mei_->link());
        const qint64 pid = *mei_->agentPid();
        QVERIFY(!history(*mei_, "@bob").empty());
        QVERIFY(mei_->call("agent.lock", {}));
        QCOMPARE(mei_->kith({ "history", "@bob" }).exit, 11);
        QCOMPARE(*mei_->agentPid(), pid);
    }
};

QTEST_GUILESS_MAIN(TestSecrecy)
#include "tst_e2e_secrecy.moc"
