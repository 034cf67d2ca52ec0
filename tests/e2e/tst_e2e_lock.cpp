// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"
#include "common/base/random.h"
#include "common/crypto/key_slots.h"
#include "tests/e2e/conversation.h"
#include "tests/e2e/needle.h"
#include "tests/support/memory.h"

#include <QFile>
#include <QTcpServer>
#include <QTest>

using namespace kith;
using namespace kith::e2e;

/// What is left in the memory of an agent and of a front end when the profile is locked.
// covers: security B3, B5, C25
class TestLock : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_, bob_;
    QByteArray needle_, passphrase_;

    static QByteArray fresh(const char *prefix)
    {
        SystemRandom random;
        return prefix + QByteArray::fromStdString(random.id<Mid>()->base32());
    }

    /// The key of mei's database, as her passphrase opens it.
    QByteArray databaseKey() const
    {
        const auto file = readWhole((mei_->profileDir() + "/keyslots").toStdString(), crypto::KeySlots::maxEncodedSize);
        const auto slots = file ? crypto::KeySlots::decode(viewOf(*file)) : Result<crypto::KeySlots>(file.error());
        const auto key = slots ? slots->unlockWithPassphrase(viewOf(passphrase_)) : Result<SecretBytes>(slots.error());
        return key ? toByteArray(key->view()) : QByteArray();
    }

    static void absent(qint64 pid, const char *what, const QByteArray &marker)
    {
        // The answer leaves before the turn ends that wipes what was asked.
        auto places = memoryPlaces(pid, marker);
        (void)eventually([&] { return (places = memoryPlaces(pid, marker)) && places->isEmpty(); });
        QVERIFY(places);
        QVERIFY2(places->isEmpty(), qPrintable(QLatin1StringView(what) + ": " + places->join('\n')));
    }

    void everythingAbsent(qint64 pid, const QByteArray &key)
    {
        absent(pid, "plaintext", needle_);
        absent(pid, "passphrase", passphrase_);
        absent(pid, "database key", key);
        absent(pid, "database key as text", key.toHex());
        absent(pid, "database key as text", key.toHex().toUpper());
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (support::isSanitized)
            QSKIP("the heap is the sanitizer's, and nothing wipes it");
        if (memoryHits(QCoreApplication::applicationPid(), "this very text") < 0)
            QSKIP("this user may not read a process's memory");
        server_ = std::make_unique<Server>(folder_.filePath("server"));
        QVERIFY(server_->start());
        mei_ = std::make_unique<Person>(folder_.path(), "mei");
        bob_ = std::make_unique<Person>(folder_.path(), "bob");
        needle_ = fresh("needle");
        passphrase_ = fresh("passphrase");
        QCOMPARE(mei_->kith({ "register", "--server", server_->url(), "--user", "mei", "--name", needle_,
                              "--passphrase-file", "-" },
                            passphrase_ + '\n')
                     .exit,
                 0);
        QCOMPARE(bob_->enrol(*server_).exit, 0);
        QVERIFY(introduce(*mei_, *bob_));
    }

    void aFrontEndsPassphraseIsGoneOnceItWasUsed()
    {
        absent(*mei_->agentPid(), "passphrase", passphrase_); // its registration was long ago, the profile is open
    }

    void theAgentForgetsAPassphraseWhileItStillRegisters()
    {
        QTcpServer silent; // takes connections and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Person eve(folder_.path(), "eve");
        const QByteArray secret = fresh("passphrase");
        QProcess front;
        front.setProcessEnvironment(eve.environment());
        front.start(programPath("kith"),
                    { "-p", "eve", "--no-input", "register", "--server",
                      QStringLiteral("ws://127.0.0.1:%1").arg(silent.serverPort()), "--user", "eve",
                      "--passphrase-file", "-" });
        front.write(secret + '\n');
        front.closeWriteChannel();
        QVERIFY(eventually([&] { return silent.hasPendingConnections(); }));
        absent(*eve.agentPid(), "passphrase", secret);
        QCOMPARE(front.state(), QProcess::Running);
        front.kill();
        QVERIFY(front.waitForFinished(10'000));
    }

    void lockingLeavesNothingInTheAgent()
    {
        const auto key = databaseKey();
        QCOMPARE(key.size(), 32);
        QCOMPARE(mei_->kith({ "send", "-t", "@bob", "--wait", "delivered", "out " + needle_ }).exit, 0);
        QCOMPARE(bob_->kith({ "send", "-t", "@mei", "--wait", "delivered", "in " + needle_.repeated(150) }).exit, 0);
        QVERIFY(eventually([&] { return history(*mei_, "@bob").size() >= 4; }));
        QVERIFY(mei_->kith({ "chats", "--json" }).out.contains(needle_));
        QVERIFY(mei_->kith({ "contact", "rename", "@bob", needle_ }).exit == 0);
        QVERIFY(mei_->call("events.subscribe", { { "since", "0" } }));
        const qint64 pid = *mei_->agentPid();
        QVERIFY(memoryHits(pid, key) > 0); // the search finds what is there
        QCOMPARE(mei_->kith({ "agent", "lock" }).exit, 0);
        QCOMPARE(*mei_->agentPid(), pid);
        everythingAbsent(pid, key);
    }

    void unlockingAndLockingAgainLeavesNothing()
    {
        const qint64 pid = *mei_->agentPid();
        QVERIFY(mei_->kith({ "agent", "unlock", "--passphrase-file", "-" }, "wrong" + passphrase_ + '\n').exit != 0);
        absent(pid, "a wrong passphrase", passphrase_);
        QCOMPARE(mei_->kith({ "agent", "unlock", "--passphrase-file", "-" }, passphrase_ + '\n').exit, 0);
        absent(pid, "passphrase", passphrase_);
        QVERIFY(mei_->kith({ "history", "@bob" }).out.contains(needle_));
        QCOMPARE(mei_->kith({ "agent", "lock" }).exit, 0);
        everythingAbsent(pid, databaseKey());
    }

    void aFollowingFrontEndDropsWhatItShowed()
    {
        QCOMPARE(mei_->kith({ "agent", "unlock", "--passphrase-file", "-" }, passphrase_ + '\n').exit, 0);
        QProcess reader;
        reader.setProcessEnvironment(mei_->environment());
        reader.start(programPath("kith"),
                     { "-p", "mei", "--no-input", "receive", "--since", "0", "--follow", "--types",
                       "message.received,agent.state", "--output", "jsonl" });
        QByteArray shown;
        const auto hasShown = [&](const QByteArray &text) {
            return eventually([&] { return (shown += reader.readAllStandardOutput()).contains(text); });
        };
        QVERIFY(hasShown(needle_));
        QCOMPARE(mei_->kith({ "agent", "lock" }).exit, 0);
        QVERIFY(hasShown("agent.state"));
        const qint64 pid = reader.processId();
        QTRY_COMPARE(memoryHits(pid, needle_), 0);
        QCOMPARE(reader.state(), QProcess::Running);
        reader.terminate();
        QVERIFY(reader.waitForFinished(10'000));
    }
};

QTEST_GUILESS_MAIN(TestLock)
#include "tst_e2e_lock.moc"
