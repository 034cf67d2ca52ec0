// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/conversation.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace kith::e2e;

// covers: server-ops 7; delivery AT8, ID8, FI13
//
// An operator copies the running server, loses its disk, and puts the copy back.
class TestBackup : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_, bob_;

    QString backup() const { return folder_.filePath("backup"); }
    Outcome db(const QStringList &arguments)
    {
        return server_->command(QStringList { "--data-dir", server_->dataDir(), "db" } + arguments);
    }
    QStringList numbered(const char *word, int count) const
    {
        QStringList texts;
        for (int i = 0; i < count; ++i)
            texts << QStringLiteral("%1 %2").arg(word).arg(i);
        return texts;
    }
    void send(const QStringList &texts)
    {
        Sender sender(*mei_, "@bob", texts, texts.front());
        QVERIFY(eventually([&] { return sender.advance(); }, 60'000));
        QVERIFY(eventually([&] { return history(*mei_, "@bob").back()["state"].toString() == "accepted"; }, 60'000));
    }
    /// The texts that do not come, in time, to bob's history.
    QStringList missing(const QStringList &expected)
    {
        QStringList left;
        static_cast<void>(eventually(
            [&] {
                left = expected;
                for (const auto &text : textsOf(history(*bob_, "@mei"), false))
                    left.removeOne(text);
                return left.isEmpty();
            },
            90'000));
        return left;
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
        QVERIFY(bob_->stopAgent());
    }

    void aRunningServerIsCopiedAndReadBack()
    {
        send(numbered("before", 20));
        const auto made = db({ "backup", "--to", backup(), "--json" });
        QVERIFY2(made.exit == 0, made.err);
        QVERIFY(made.json()["rows"].toInt() > 20);
        const auto verified = db({ "verify", backup(), "--json" });
        QVERIFY2(verified.exit == 0, verified.err);
        QCOMPARE(verified.json()["files"], made.json()["files"]);
        QCOMPARE(db({ "backup", "--to", backup() }).exit, 12); // it is never written over
    }

    void whatIsNotABackupIsNamed()
    {
        QCOMPARE(db({ "verify", folder_.filePath("nowhere") }).exit, 5);
        QFile stray(backup() + "/stray");
        QVERIFY(stray.open(QIODevice::WriteOnly));
        stray.close();
        const auto outcome = db({ "verify", backup() });
        QCOMPARE(outcome.exit, 11);
        QVERIFY2(outcome.err.contains("stray"), outcome.err);
        QVERIFY(stray.remove());
        const auto onTop = db({ "restore", backup() });
        QVERIFY2(onTop.exit == 9 && onTop.err.contains("holds this data directory"), onTop.err); // the server runs
    }

    void thePeopleGoOnWithARestoredServer()
    {
        send(numbered("after", 10)); // accepted, and not in the copy
        server_->kill();
        QVERIFY(QDir(server_->dataDir()).removeRecursively());
        const auto restored = db({ "restore", backup() });
        QVERIFY2(restored.exit == 0, restored.err);
        QCOMPARE(db({ "restore", backup() }).exit, 12);
        QVERIFY(server_->start());
        QVERIFY(eventually([&] { return mei_->kith({ "send", "-t", "@bob", "again" }).exit == 0; }, 60'000));
        const auto expected = numbered("before", 20) + numbered("after", 10) + QStringList { "again" };
        QCOMPARE(missing(expected), QStringList()); // what the copy did not have is asked for again by its number
    }
};

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_e2e_backup.moc"
