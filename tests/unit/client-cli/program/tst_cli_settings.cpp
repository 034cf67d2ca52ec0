// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace kith;
using namespace kith::cli;

// covers: cli 5 (configuration)
class TestCliSettings : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    rpc::ProfilePaths paths_;
    QProcessEnvironment environment_;

    void write(const QByteArray &text)
    {
        QFile file(paths_.configFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QByteArray read() const
    {
        QFile file(paths_.configFile);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        paths_.configFile = folder_.filePath(QStringLiteral("config.toml"));
        QFile::remove(paths_.configFile);
        environment_ = {};
    }

    void everyNameHasADefault()
    {
        const auto settings = Settings::load(paths_, environment_);
        QVERIFY(settings.ok());
        QCOMPARE(settings->all().size(), std::size_t { 8 });
        QCOMPARE(settings->value("agent.linger"), QStringLiteral("60s"));
        for (const Setting &setting : settings->all())
            QCOMPARE(setting.origin, QStringLiteral("default"));
    }

    void readsDottedNamesAndTables()
    {
        write("agent.linger = \"forever\"\nlock.with_screen = false\n[output]\nformat = \"json\"\n");
        const auto settings = Settings::load(paths_, environment_);
        QVERIFY2(settings.ok(), settings ? "" : qPrintable(settings.error().message));
        QCOMPARE(settings->value("agent.linger"), QStringLiteral("forever"));
        QCOMPARE(settings->value("lock.with_screen"), QStringLiteral("false"));
        QCOMPARE(settings->value("output.format"), QStringLiteral("json"));
        environment_.insert(QStringLiteral("KITH_OUTPUT"), QStringLiteral("table"));
        QCOMPARE(Settings::load(paths_, environment_)->value("output.format"), QStringLiteral("table"));
    }

    void namesPlaceAndRemedyOfMistakes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("hint");
        QTest::newRow("unknown name") << QByteArray("\nagent.lingre = \"60s\"\n") << QStringLiteral("config.toml:2:")
                                      << QStringLiteral("agent.linger");
        QTest::newRow("unknown table") << QByteArray("[agnet]\nlinger = \"60s\"\n") << QStringLiteral(":2:")
                                       << QStringLiteral("agent.linger");
        QTest::newRow("bad value") << QByteArray("agent.linger = \"soon\"\n") << QStringLiteral(":1:")
                                   << QStringLiteral("forever");
        QTest::newRow("wrong type") << QByteArray("agent.linger = 60\n") << QStringLiteral(":1:") << QString();
        QTest::newRow("switch as text") << QByteArray("lock.with_screen = \"true\"\n") << QStringLiteral(":1:")
                                        << QString();
        QTest::newRow("no TOML") << QByteArray("agent.linger = \n") << QStringLiteral(":1:") << QString();
    }
    void namesPlaceAndRemedyOfMistakes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        QFETCH(QString, hint);
        write(text);
        const auto settings = Settings::load(paths_, environment_);
        QVERIFY(!settings.ok());
        QCOMPARE(settings.error().exitCode(), 2);
        QVERIFY2(settings.error().message.contains(place), qPrintable(settings.error().message));
        QVERIFY2(settings.error().hint.contains(hint), qPrintable(settings.error().hint));
    }

    void changesOneLineAndKeepsTheRest()
    {
        write("# mine\nagent.linger = \"60s\" # old\nlog.level = \"info\"\n");
        const auto changed = Settings::change(paths_, QStringLiteral("agent.linger"), QStringLiteral("forever"));
        QVERIFY2(changed.ok(), changed ? "" : changed.error().detail.c_str());
        QCOMPARE(read(), QByteArray("# mine\nagent.linger = \"forever\"\nlog.level = \"info\"\n"));
        QVERIFY(Settings::change(paths_, QStringLiteral("lock.with_screen"), QStringLiteral("false")).ok());
        const auto settings = Settings::load(paths_, environment_);
        QVERIFY(settings.ok());
        QCOMPARE(settings->value("lock.with_screen"), QStringLiteral("false"));
        QCOMPARE(settings->value("log.level"), QStringLiteral("info"));
    }

    void makesTheFilePrivately()
    {
        paths_.configFile = folder_.filePath(QStringLiteral("new/config.toml"));
        QVERIFY(Settings::change(paths_, QStringLiteral("agent.linger"), QStringLiteral("5m")).ok());
        struct stat info { };
        QCOMPARE(::stat(qPrintable(paths_.configFile), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0600U);
    }

    void refusesBadChanges()
    {
        write("log.level = \"info\"\n");
        QCOMPARE(Settings::change(paths_, QStringLiteral("no.such"), QStringLiteral("x")).error().code,
                 kith::ErrorCode::notFound);
        QCOMPARE(Settings::change(paths_, QStringLiteral("agent.linger"), QStringLiteral("x\"\nlog.level=\"debug"))
                     .error()
                     .code,
                 kith::ErrorCode::invalid);
        QCOMPARE(read(), QByteArray("log.level = \"info\"\n"));
    }
};

QTEST_GUILESS_MAIN(TestCliSettings)
#include "tst_cli_settings.moc"
