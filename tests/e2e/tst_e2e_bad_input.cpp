// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/conversation.h"
#include "tests/e2e/small_disk.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace kith::e2e;

// covers: cli 4, security B1, L3, L5, L9, TR2; delivery FI5, ST16
//
// What people type wrong and what machines do wrong: each a typed error with a hint and its exit code, and nothing
// lost.
class TestBadInput : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_, bob_;

    /// The error document on standard error of a command with JSON output.
    static QJsonObject errorOf(const Outcome &outcome)
    {
        return QJsonDocument::fromJson(outcome.err.trimmed().split('\n').last()).object()["error"].toObject();
    }

    static void expectError(const Outcome &outcome, int exit, const char *code)
    {
        const auto error = errorOf(outcome);
        QVERIFY2(outcome.exit == exit, outcome.err + QByteArray(" exit ") + QByteArray::number(outcome.exit));
        QVERIFY2(error["code"].toString() == code, outcome.err);
        QCOMPARE(error["exit"].toInt(), exit);
        QVERIFY(!error["message"].toString().isEmpty());
        QCOMPARE(outcome.out, QByteArray());
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

    void anUnknownUserIsNotFound()
    {
        expectError(mei_->kith({ "--json", "send", "-t", "@nobody.here", "hi" }), 5, "notFound");
    }

    void aTextOverTheLimitIsTooLarge()
    {
        const auto before = history(*mei_, "@bob").size();
        expectError(mei_->kith({ "--json", "send", "-t", "@bob", "-" }, QByteArray(8193, 'x')), 12, "tooLarge");
        QCOMPARE(mei_->kith({ "send", "-t", "@bob", "-" }, QByteArray(70'000, 'x')).exit, 12);
        QCOMPARE(history(*mei_, "@bob").size(), before);
    }

    void aTextWithNulIsRefused() // PROTOCOL.md: texts are UTF-8 without U+0000
    {
        const auto before = history(*mei_, "@bob").size();
        const auto refused =
            mei_->call("send", { { "to", QJsonArray { "@bob" } }, { "text", QString(QChar(0)) + "after a NUL" } });
        QVERIFY(!refused);
        QCOMPARE(history(*mei_, "@bob").size(), before);
    }

    void usageErrorsExitWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown command") << QStringList { "snd" };
        QTest::newRow("unknown option") << QStringList { "send", "--tomorrow" };
        QTest::newRow("no recipient") << QStringList { "send", "text" };
        QTest::newRow("no message") << QStringList { "send", "-t", "@bob" };
        QTest::newRow("bad state") << QStringList { "send", "-t", "@bob", "--wait", "soon", "text" };
        QTest::newRow("bad time") << QStringList { "--timeout", "never", "chats" };
        QTest::newRow("bad id") << QStringList { "info", "not-an-id" };
    }
    void usageErrorsExitWithTwo()
    {
        QFETCH(QStringList, arguments);
        const auto outcome = mei_->kith(arguments);
        QVERIFY2(outcome.exit == 2, outcome.err + outcome.out);
        QVERIFY(!outcome.err.isEmpty());
    }

    void aKeyWithAnotherBodyIsRefused()
    {
        QCOMPARE(mei_->kith({ "send", "-t", "@bob", "--key", "once", "first" }).exit, 0);
        expectError(mei_->kith({ "--json", "send", "-t", "@bob", "--key", "once", "second" }), 2, "keyReused");
        const auto again = mei_->kith({ "--json", "send", "-t", "@bob", "--key", "once", "first" });
        QCOMPARE(again.exit, 0);
        QCOMPARE(textsOf(history(*mei_, "@bob"), true).count("first"), 1);
    }

    void anUnregisteredProfileCreatesNothing()
    {
        const Person stranger(folder_.path(), "stranger");
        expectError(stranger.kith({ "--json", "send", "-t", "@bob", "hi" }), 4, "unregistered");
        QVERIFY(!QFile::exists(stranger.profileDir()));
    }

    void aTakenNameIsRefusedAndLeavesNoProfile()
    {
        Person thief(folder_.path(), "thief");
        expectError(thief.kith({ "--json", "register", "--server", server_->url(), "--user", "mei", "--key-file",
                                 thief.keyFile() }),
                    12, "refused");
        QCOMPARE(thief.enrol(*server_).exit, 0); // the same profile, with a free name
    }

    void aKeyFileThatOthersCanReadIsNamedAsTheReason()
    {
        Person careless(folder_.path(), "open");
        QFile key(careless.keyFile());
        QVERIFY(key.open(QIODevice::WriteOnly) && key.write(QByteArray(32, 'k')) == 32);
        key.close();
        QVERIFY(key.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        const QStringList enrol { "--json", "register", "--server", server_->url(), "--user", "open", "--key-file",
                                  careless.keyFile() };
        const auto refused = careless.kith(enrol);
        expectError(refused, 11, "locked");
        QVERIFY2(errorOf(refused)["message"].toString().contains("mode 0600"), refused.err);
        QVERIFY(key.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QCOMPARE(careless.kith(enrol).exit, 0);
    }

    void noServerIsANetworkError()
    {
        Person lonely(folder_.path(), "lonely");
        expectError(lonely.kith({ "--json", "register", "--server", "ws://127.0.0.1:9", "--user", "lonely",
                                  "--key-file", lonely.keyFile() }),
                    3, "network");
    }

    void plainTextBeyondLoopbackIsRefused()
    {
        Person careless(folder_.path(), "careless");
        const auto outcome = careless.kith(
            { "register", "--server", "ws://192.0.2.1:80", "--user", "c", "--key-file", careless.keyFile() });
        QVERIFY2(outcome.exit == 2 || outcome.exit == 12, outcome.err);
    }

    void withoutKeyringAndTerminalTheAnswerIsClear()
    {
        Person headless(folder_.path(), "headless");
        expectError(headless.kith({ "--json", "register", "--server", server_->url(), "--user", "headless" }), 11,
                    "locked");
    }

    void aWrongPassphraseKeepsTheProfileLocked()
    {
        Person careful(folder_.path(), "careful");
        const QString right = folder_.filePath("right"), wrong = folder_.filePath("wrong");
        for (const auto &[path, text] :
             { std::pair { right, "correct horse" }, std::pair { wrong, "battery staple" } }) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
            file.write(text);
        }
        QCOMPARE(
            careful.kith({ "register", "--server", server_->url(), "--user", "careful", "--passphrase-file", right })
                .exit,
            0);
        QVERIFY(careful.killAgent());
        expectError(careful.kith({ "--json", "chats" }), 11, "locked");
        QCOMPARE(careful.kith({ "agent", "unlock", "--passphrase-file", wrong }).exit, 11);
        QCOMPARE(careful.kith({ "agent", "unlock", "--passphrase-file", right }).exit, 0);
        QCOMPARE(careful.kith({ "chats" }).exit, 0);
    }

    void aSecondAgentOnTheProfileIsRefused()
    {
        QVERIFY(mei_->link());
        const auto second = mei_->kith({ "agent", "--foreground" }, {}, 10'000);
        QVERIFY2(second.exit == 9, second.err);
        QVERIFY(second.err.contains(QByteArray::number(*mei_->agentPid())));
    }

    void aDamagedDatabaseIsReportedAndNotTouched_data()
    {
        QTest::addColumn<int>("damage");
        QTest::newRow("truncated") << 0;
        QTest::newRow("overwritten") << 1;
        QTest::newRow("empty") << 2;
    }
    void aDamagedDatabaseIsReportedAndNotTouched()
    {
        QFETCH(int, damage);
        Person victim(folder_.path(), QStringLiteral("victim%1").arg(damage));
        QCOMPARE(victim.enrol(*server_).exit, 0);
        QVERIFY(victim.stopAgent());
        const QString path = victim.profileDir() + "/kith.db";
        QFile::remove(path + "-wal");
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite));
            if (damage == 1)
                QVERIFY(file.write(QByteArray(8192, '\x5a')) == 8192);
            else
                QVERIFY(file.resize(damage == 0 ? 5000 : 0));
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        expectError(victim.kith({ "--json", "chats" }), 11, "storeDamaged");
        file.seek(0);
        QCOMPARE(file.readAll(), before);
    }

    void aServerThatGoesAwayLosesNothing()
    {
        server_->kill();
        const auto outcome = mei_->kith({ "--json", "--timeout", "2s", "send", "-t", "@bob", "while you were gone" });
        QCOMPARE(outcome.exit, 10);
        QCOMPARE(outcome.json()["state"].toString(), "queued");
        expectError(mei_->kith({ "--json", "--timeout", "5s", "send", "-t", "@never.looked.up", "hi" }), 3, "network");
        QVERIFY(server_->start());
        QVERIFY(
            eventually([&] { return textsOf(history(*bob_, "@mei"), false).contains("while you were gone"); }, 90'000));
    }

    void aFullDiskAtTheClientLosesNothing()
    {
        SmallDisk disk(folder_.filePath("tiny/small"), 16);
        if (!disk.isMounted())
            QSKIP("mounting a small file system needs root");
        Person tiny(folder_.filePath("tiny"), "small");
        QCOMPARE(tiny.enrol(*server_).exit, 0);
        QVERIFY(introduce(tiny, *bob_));
        disk.fill();
        expectError(tiny.kith({ "--json", "send", "-t", "@bob", QString(4000, 'x') }), 11, "storeFull");
        QCOMPARE(bob_->kith({ "send", "-t", "@small", "--wait", "accepted", "kept at the server" }).exit, 0);
        disk.release();
        QVERIFY(
            eventually([&] { return textsOf(history(tiny, "@bob"), false).contains("kept at the server"); }, 90'000));
        QCOMPARE(tiny.kith({ "send", "-t", "@bob", "--wait", "delivered", "room again" }).exit, 0);
        QVERIFY(!textsOf(history(*bob_, "@small"), false).contains(QString(4000, 'x')));
    }

    void aFullDiskAtTheServerLosesNothing()
    {
        SmallDisk disk(folder_.filePath("full/data"), 96);
        if (!disk.isMounted())
            QSKIP("mounting a small file system needs root");
        Server server(folder_.filePath("full"));
        QVERIFY(server.start());
        Person ann(folder_.path(), "ann");
        Person ben(folder_.path(), "ben");
        QCOMPARE(ann.enrol(server).exit, 0);
        QCOMPARE(ben.enrol(server).exit, 0);
        QVERIFY(introduce(ann, ben));
        disk.fill();
        // The log may still have room that it took before, and the server looks at the disk now and then: what fits is
        // accepted and kept, then comes the refusal.
        QStringList sent;
        Outcome last;
        do {
            sent << QStringLiteral("no room %1 ").arg(sent.size()) + QString(7'000, 'x');
            last = ann.kith({ "--json", "--timeout", "3s", "send", "-t", "@ben", sent.last() });
        } while (last.exit == 0 && sent.size() < 200);
        QCOMPARE(last.exit, 10);
        QCOMPARE(last.json()["state"].toString(), "queued");
        disk.release();
        QVERIFY(eventually([&] { return textsOf(history(ben, "@ann"), false).mid(1) == sent; }, 120'000));
    }
};

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_e2e_bad_input.moc"
