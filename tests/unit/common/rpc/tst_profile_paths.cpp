// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"
#include "common/rpc/profile_paths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace kith;
using namespace kith::rpc;

// covers: cli 5, security B2, security L5
class TestProfilePaths : public QObject {
    Q_OBJECT

    static QProcessEnvironment environment(const QString &base)
    {
        QProcessEnvironment env;
        env.insert(QStringLiteral("HOME"), base + QStringLiteral("/home"));
        env.insert(QStringLiteral("XDG_RUNTIME_DIR"), base + QStringLiteral("/run"));
        return env;
    }

private Q_SLOTS:
    void namesOfProfilesAreNarrow_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << QStringLiteral("default") << true;
        QTest::newRow("all kinds") << QStringLiteral("a0_.-z") << true;
        QTest::newRow("32") << QString(32, u'a') << true;
        QTest::newRow("33") << QString(33, u'a') << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("dot") << QStringLiteral(".hidden") << false;
        QTest::newRow("parent") << QStringLiteral("..") << false;
        QTest::newRow("slash") << QStringLiteral("a/b") << false;
        QTest::newRow("upper") << QStringLiteral("Work") << false;
        QTest::newRow("space") << QStringLiteral("a b") << false;
        QTest::newRow("newline") << QStringLiteral("a\n") << false;
        QTest::newRow("letters of others") << QString::fromUtf8("\xc3\xa4") << false;
    }
    void namesOfProfilesAreNarrow()
    {
        QFETCH(QString, name);
        QFETCH(bool, good);
        QCOMPARE(isProfileName(name), good);
    }

    void followsXdg()
    {
        auto env = environment(QStringLiteral("/b"));
        const auto paths = resolvePaths(env, {});
        QVERIFY(paths.ok());
        QCOMPARE(paths->profile, QStringLiteral("default"));
        QCOMPARE(paths->dataDir, QStringLiteral("/b/home/.local/share/kith/default"));
        QCOMPARE(paths->configFile, QStringLiteral("/b/home/.config/kith/config.toml"));
        QCOMPARE(paths->logFile, QStringLiteral("/b/home/.local/state/kith/log/default.log"));
        QCOMPARE(paths->socket, QStringLiteral("/b/run/kith/default.sock"));
        env.insert(QStringLiteral("XDG_DATA_HOME"), QStringLiteral("relative"));
        QCOMPARE(resolvePaths(env, {})->dataRoot, QStringLiteral("/b/home/.local/share/kith"));
        env.insert(QStringLiteral("XDG_DATA_HOME"), QStringLiteral("/d"));
        QCOMPARE(resolvePaths(env, {})->dataRoot, QStringLiteral("/d/kith"));
        env.remove(QStringLiteral("XDG_RUNTIME_DIR"));
        QCOMPARE(resolvePaths(env, {})->runtimeDir, QStringLiteral("/b/home/.local/state/kith/run"));
    }

    void optionBeatsEnvironmentBeatsDefault()
    {
        auto env = environment(QStringLiteral("/b"));
        env.insert(QStringLiteral("KITH_PROFILE"), QStringLiteral("fromenv"));
        env.insert(QStringLiteral("KITH_DATA_DIR"), QStringLiteral("/envdata"));
        QCOMPARE(resolvePaths(env, {})->dataDir, QStringLiteral("/envdata/fromenv"));
        QCOMPARE(resolvePaths(env, { QStringLiteral("mine"), QStringLiteral("/opt"), {} })->dataDir,
                 QStringLiteral("/opt/mine"));
        QVERIFY(!resolvePaths(env, { QStringLiteral("../etc"), {}, {} }).ok());
    }

    void equalNamesInTwoRootsNeverMeet()
    {
        const auto env = environment(QStringLiteral("/b"));
        const auto one = resolvePaths(env, { QStringLiteral("p"), QStringLiteral("/one"), {} });
        const auto two = resolvePaths(env, { QStringLiteral("p"), QStringLiteral("/two"), {} });
        const auto usual = resolvePaths(env, { QStringLiteral("p"), {}, {} });
        QVERIFY(one->socket != two->socket && one->socket != usual->socket && two->socket != usual->socket);
        QVERIFY(one->startLock != two->startLock);
    }

    void longSocketPathsGoToTheTemporaryFolder()
    {
        auto env = environment(u'/' + QString(120, u'x'));
        const auto paths = resolvePaths(env, { QString(32, u'p'), {}, {} });
        QVERIFY(paths.ok());
        QVERIFY(QFile::encodeName(paths->socket).size() <= 107);
        QVERIFY(paths->runtimeDir.contains(QStringLiteral("/kith-%1-").arg(::getuid())));
        env = environment(u'/' + QString(119, u'x'));
        QVERIFY(resolvePaths(env, { QString(32, u'p'), {}, {} })->runtimeDir != paths->runtimeDir);
    }

    void runtimeFolderMustBePrivate()
    {
        const QTemporaryDir base;
        const auto paths = resolvePaths(environment(base.path()), {});
        QVERIFY(makeRuntimeFolder(*paths).ok());
        struct stat info { };
        QCOMPARE(::stat(qPrintable(paths->runtimeDir), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0700U);
        QVERIFY(QDir().rmdir(paths->runtimeDir));
        QVERIFY(QDir().mkpath(base.filePath(QStringLiteral("elsewhere"))));
        QVERIFY(QFile::link(base.filePath(QStringLiteral("elsewhere")), paths->runtimeDir));
        QCOMPARE(makeRuntimeFolder(*paths).error().code, kith::ErrorCode::permission);
    }

    void profileBehindASymlinkDoesNotExist()
    {
        const QTemporaryDir base;
        auto paths = *resolvePaths(environment(base.path()), {});
        QVERIFY(!paths.exists());
        QVERIFY(QDir().mkpath(paths.dataRoot));
        QVERIFY(QFile::link(base.path(), paths.dataDir));
        QVERIFY(!paths.exists());
        QVERIFY(QFile::remove(paths.dataDir));
        QVERIFY(QDir().mkpath(paths.dataDir));
        QVERIFY(paths.exists());
    }

    void holderIsThePidInTheLock()
    {
        const QTemporaryDir base;
        const auto paths = *resolvePaths(environment(base.path()), {});
        QVERIFY(QDir().mkpath(paths.dataDir));
        QCOMPARE(holderOf(paths), QString());
        {
            const auto lock = FileLock::take(paths.lockFile.toStdString());
            QVERIFY(lock.ok());
            QCOMPARE(holderOf(paths), QString::number(::getpid()));
        }
        QCOMPARE(holderOf(paths), QString());
    }
};

QTEST_GUILESS_MAIN(TestProfilePaths)
#include "tst_profile_paths.moc"
