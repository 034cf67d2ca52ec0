// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/log.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;

KITH_LOG_CATEGORY(logTest, "kith.test")

class TestLog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesRotateAndFourAreKept()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("a.log");
        const auto sink = fileSink(path, LogFormat::text);
        const QString line(64 * 1024, 'x');
        for (int i = 0; i < 6 * 64; ++i)
            sink(QtInfoMsg, "kith.test", line);
        for (const char *kept : { "", ".1", ".2", ".3" }) {
            QVERIFY2(QFile::exists(path + kept), kept);
            QVERIFY(QFile(path + kept).size() < 5 * 1024 * 1024);
        }
        QVERIFY(!QFile::exists(path + ".4"));
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions {});
    }
    void jsonLinesEscapeWhatTheyHold()
    {
        const QTemporaryDir folder;
        const auto sink = fileSink(folder.filePath("a.log"), LogFormat::json);
        sink(QtWarningMsg, "kith.test", "two\nlines \"quoted\"");
        QFile file(folder.filePath("a.log"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QCOMPARE(text.count('\n'), 1);
        QVERIFY(text.contains("\"level\":\"warning\""));
        QVERIFY(text.contains("two\\nlines \\\"quoted\\\""));
    }
    void rulesSwitchCategories()
    {
        QStringList lines;
        startLogging([&](QtMsgType, const char *category, const QString &text) { lines << category + (": " + text); },
                     "kith.test.debug=true");
        qCDebug(logTest) << "seen";
        startLogging({}, "kith.test.debug=false");
        QCOMPARE(lines, QStringList { "kith.test: seen" });
    }
    void idsAreHashedTheSameWayWithinAProcess()
    {
        const QByteArray id(16, 'i');
        QCOMPARE(logId(viewOf(id)).size(), 8);
        QCOMPARE(logId(viewOf(id)), logId(viewOf(id)));
        QVERIFY(logId(viewOf(id)) != logId(viewOf(QByteArray(16, 'j'))));
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
