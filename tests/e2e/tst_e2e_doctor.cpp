// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/stage.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <sys/stat.h>

using namespace kith;
using namespace kith::e2e;

// covers: cli 6 (doctor)
//
// Defects are planted one after the other in one profile; `kith doctor` must name each and call the rest well.
class TestDoctor : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    Server server_ { folder_.filePath("server") };
    std::unique_ptr<Person> mei_;
    QString clock_ = folder_.filePath("clock");

    void shiftClock(qint64 ms)
    {
        QFile file(clock_); // mapped by the agent: written in place
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(reinterpret_cast<const char *>(&ms), sizeof ms);
    }

    /// The result of the check of that name; empty when it is not there.
    QString checked(const char *name, int &exit, const QStringList &more = {})
    {
        const Outcome outcome = mei_->kith(QStringList { "doctor", "--json" } + more);
        exit = outcome.exit;
        QString result;
        for (const auto &check : outcome.json()["checks"].toArray()) {
            const QJsonObject one = check.toObject();
            if (one["name"].toString() == QLatin1StringView(name) && result != u"fail")
                result = one["result"].toString();
            if (one["result"].toString() != u"ok" && one["fix"].toString().isEmpty())
                qWarning() << "no fix for" << one;
        }
        return result;
    }

    void expect(const char *name, const char *result, const QStringList &more = {})
    {
        int exit = -1;
        const QString found = checked(name, exit, more);
        QVERIFY2(found == QLatin1StringView(result), qPrintable(QStringLiteral("%1: %2").arg(name, found)));
        QCOMPARE(exit, qstrcmp(result, "fail") == 0 ? 1 : 0);
    }

    void expectOpen(const char *name, const QString &path, mode_t open, mode_t closed)
    {
        QCOMPARE(::chmod(qPrintable(path), open), 0);
        expect(name, "fail");
        QCOMPARE(::chmod(qPrintable(path), closed), 0);
        expect(name, "ok");
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(server_.start());
        mei_ = std::make_unique<Person>(folder_.path(), "mei");
        QFile file(clock_);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(sizeof(qint64), '\0'));
        file.close();
        mei_->setEnvironment("KITH_TEST_CLOCK", clock_);
        QCOMPARE(mei_->enrol(server_).exit, 0);
    }

    void aSoundProfileIsWell()
    {
        for (const char *name : { "profile", "runtime", "agent", "version", "keyslots", "database", "prekeys", "outbox",
                                  "device", "account", "server", "clock" })
            expect(name, "ok");
    }

    void oneKeySlotIsFew() { expect("slots", "warn"); }

    void openFilesAreNamed()
    {
        expectOpen("profile", mei_->profileDir(), 0755, 0700);
        expectOpen("keyslots", mei_->profileDir() + "/keyslots", 0644, 0600);
        expectOpen("databaseFile", mei_->profileDir() + "/kith.db", 0644, 0600);
        expectOpen("socket", mei_->folder() + "/run/kith/mei.sock", 0666, 0600);
    }

    void aWrongClockIsNamed_data()
    {
        QTest::addColumn<qint64>("shift");
        QTest::addColumn<QByteArray>("result");
        QTest::newRow("a minute behind") << qint64 { -60'000 } << QByteArray("warn");
        QTest::newRow("ten minutes ahead") << qint64 { 600'000 } << QByteArray("fail");
        QTest::newRow("right") << qint64 { 0 } << QByteArray("ok");
    }
    void aWrongClockIsNamed()
    {
        QFETCH(qint64, shift);
        QFETCH(QByteArray, result);
        QVERIFY(mei_->stopAgent());
        shiftClock(shift);
        expect("clock", result.constData());
    }

    void aServerThatIsAwayIsNamed()
    {
        server_.kill();
        expect("server", "fail");
        QVERIFY(server_.start());
        expect("server", "ok");
    }

    void anAgentThatDoesNotAnswerIsNamed()
    {
        QVERIFY(mei_->stopAgent());
        expect("agent", "fail", { "--no-autostart" });
    }

    void aLockedProfileIsNamed()
    {
        QCOMPARE(mei_->kith({ "chats" }).exit, 0);
        QCOMPARE(mei_->kith({ "agent", "lock" }).exit, 0);
        expect("store", "warn");
    }
};

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_e2e_doctor.moc"
