// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace kith;

// covers: security L5
class TestDurableFile : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const char *name) const { return folder_.filePath(name).toStdString(); }
    static unsigned modeOf(const std::string &path)
    {
        struct stat info { };
        return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777U : 0U;
    }

private Q_SLOTS:
    void replacesTheWholeContent()
    {
        QVERIFY(writeDurably(path("a"), viewOf(QByteArray("first, longer"))));
        QVERIFY(writeDurably(path("a"), viewOf(QByteArray("second"))));
        QCOMPARE(*readWhole(path("a"), 100), QByteArray("second"));
        QCOMPARE(modeOf(path("a")), 0600U);
        QVERIFY(!QFile::exists(folder_.filePath("a.new")));
    }
    void survivesALeftTemporaryFile()
    {
        QFile left(folder_.filePath("b.new"));
        QVERIFY(left.open(QIODevice::WriteOnly) && left.write("half") == 4);
        left.close();
        QVERIFY(writeDurably(path("b"), viewOf(QByteArray("whole"))));
        QCOMPARE(*readWhole(path("b"), 100), QByteArray("whole"));
    }
    void plantedSymlinksLeadNowhere()
    {
        QVERIFY(writeDurably(path("victim"), viewOf(QByteArray("untouched"))));
        for (const char *planted : { "d", "d.new" }) {
            QVERIFY(QFile::link(folder_.filePath("victim"), folder_.filePath(planted)));
            QVERIFY(writeDurably(path("d"), viewOf(QByteArray("own"))));
            QCOMPARE(*readWhole(path("d"), 100), QByteArray("own"));
            QVERIFY(!QFileInfo(folder_.filePath("d")).isSymLink());
            QCOMPARE(*readWhole(path("victim"), 100), QByteArray("untouched"));
        }
    }
    void theUmaskDoesNotMatter()
    {
        const mode_t before = ::umask(0);
        const bool written = writeDurably(path("e"), viewOf(QByteArray("x"))) && makePrivateFolder(path("f/g"))
            && FileLock::take(path("h"));
        ::umask(before);
        QVERIFY(written);
        for (const auto &[name, mode] : { std::pair { "e", 0600U }, { "f", 0700U }, { "f/g", 0700U }, { "h", 0600U } })
            QCOMPARE(modeOf(path(name)), mode);
    }
    void aFullDiskLeavesTheOldContent()
    {
        QCOMPARE(writeDurably("/dev/full/x", viewOf(QByteArray("x"))).error().code, ErrorCode::io);
    }
    void readingHasALimitAndFollowsNoSymlink()
    {
        QVERIFY(writeDurably(path("c"), viewOf(QByteArray(1000, 'x'))));
        QCOMPARE(readWhole(path("c"), 999).error().code, ErrorCode::tooLarge);
        QVERIFY(QFile::link(folder_.filePath("c"), folder_.filePath("c-link")));
        QCOMPARE(readWhole(path("c-link"), 2000).error().code, ErrorCode::permission);
        QCOMPARE(readWhole(path("absent"), 10).error().code, ErrorCode::notFound);
    }
    void privateFoldersAreClosedToOthers()
    {
        QVERIFY(makePrivateFolder(path("deep/er")));
        QCOMPARE(modeOf(path("deep/er")), 0700U);
        QVERIFY(::chmod(path("deep/er").c_str(), 0755) == 0);
        QVERIFY(makePrivateFolder(path("deep/er")));
        QCOMPARE(modeOf(path("deep/er")), 0700U);
    }
    void aSymlinkIsNoPrivateFolder()
    {
        QVERIFY(makePrivateFolder(path("real")));
        QVERIFY(QFile::link(folder_.filePath("real"), folder_.filePath("alias")));
        QCOMPARE(makePrivateFolder(path("alias")).error().code, ErrorCode::permission);
    }
    void oneLockHolderAtATime()
    {
        {
            const auto first = FileLock::take(path("lock"));
            QVERIFY(first);
            const auto second = FileLock::take(path("lock"));
            QCOMPARE(second.error(), (Error { ErrorCode::busy, std::to_string(::getpid()) }));
        }
        QVERIFY(FileLock::take(path("lock")));
    }
};

QTEST_APPLESS_MAIN(TestDurableFile)
#include "tst_durable_file.moc"
