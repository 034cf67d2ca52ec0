// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lint/source_tree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace kith::lint;

/// The house rules that a program can read off the sources (style 2.2, 3, 4, 5).
class TestLint : public QObject {
    Q_OBJECT

    const QString root_ = QStringLiteral(KITH_SOURCE_DIR);
    std::vector<SourceFile> files_;
    Rooms rooms_;

    static bool isCpp(const SourceFile &file) { return file.path.endsWith(".h") || file.path.endsWith(".cpp"); }
    static void report(const QStringList &found) { QVERIFY2(found.isEmpty(), qPrintable('\n' + found.join('\n'))); }

private Q_SLOTS:
    void initTestCase()
    {
        files_ = readTree(root_);
        rooms_ = readRooms(root_ + "/tests/lint/rooms.txt");
        QVERIFY(files_.size() > 50);
        QVERIFY(rooms_.size() > 15);
    }

    void arrowsAreOnlyTheListedOnes()
    {
        QStringList found;
        for (const auto &file : files_)
            found << forbiddenArrows(rooms_, file);
        report(found);
    }

    void aForbiddenIncludeIsFound()
    {
        const SourceFile server { "server/delivery/bad.cpp", { "#include \"common/crypto/session_cipher.h\"" } };
        QCOMPARE(forbiddenArrows(rooms_, server),
                 QStringList { "server/delivery/bad.cpp:1: server/delivery may not use common/crypto" });
        const SourceFile library { "server/keys/bad.cpp", { "#include <signal/signal_protocol.h>" } };
        QCOMPARE(forbiddenArrows(rooms_, library),
                 QStringList { "server/keys/bad.cpp:1: server/keys may not use signal" });
        const SourceFile relative { "common/net/bad.cpp", { "#include \"channel.h\"" } };
        QCOMPARE(forbiddenArrows(rooms_, relative).size(), 1);
    }

    void everyRoomOfTheTableExistsWithItsReadme()
    {
        QStringList found;
        for (const auto &[name, room] : rooms_)
            if (!QFileInfo::exists(root_ + '/' + name + "/README.md"))
                found << name + " has no README.md";
        report(found);
    }

    void readmesFitAScreen()
    {
        QStringList found;
        for (const auto &[name, room] : rooms_) {
            QFile file(root_ + '/' + name + "/README.md");
            if (file.open(QIODevice::ReadOnly) && file.readAll().count('\n') > 60)
                found << name + "/README.md is longer than a screen";
        }
        report(found);
    }

    void filesAndFunctionsStaySmall()
    {
        QStringList found;
        for (const auto &file : files_) {
            if (!isCpp(file))
                continue;
            const int limit = file.path.startsWith("tests/") ? 900 : 600;
            if (file.lines.size() > limit)
                found << QStringLiteral("%1: %2 lines").arg(file.path).arg(file.lines.size());
            found << longFunctions(file, file.path.startsWith("tests/") ? 90 : 60);
        }
        report(found);
    }

    void aLongFunctionIsFound()
    {
        SourceFile file { "common/base/bad.cpp", { "void f()", "{" } };
        for (int i = 0; i < 61; ++i)
            file.lines << "    g();";
        file.lines << "}";
        QCOMPARE(longFunctions(file, 60).size(), 1);
        QVERIFY(longFunctions(file, 61).isEmpty());
    }

    void forbiddenCallsAreAbsent()
    {
        QStringList found;
        for (const auto &file : files_)
            if (isCpp(file))
                found << forbiddenCalls(file);
        report(found);
    }

    void namesSayWhatIsInside()
    {
        static const QStringList banned { "manager", "util", "utils", "helper", "helpers", "misc", "stuff" };
        QStringList found;
        for (const auto &file : files_)
            for (const auto &word : QFileInfo(file.path).completeBaseName().split('_'))
                if (banned.contains(word.toLower()))
                    found << file.path;
        report(found);
    }

    void everySourceSaysItsLicence()
    {
        QStringList found;
        for (const auto &file : files_)
            if (!file.lines.mid(0, 4).join('\n').contains("SPDX-License-Identifier: "))
                found << file.path;
        report(found);
    }
};

QTEST_GUILESS_MAIN(TestLint)
#include "tst_lint.moc"
