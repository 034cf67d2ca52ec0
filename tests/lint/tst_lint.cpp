// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/crash_points.h"
#include "tests/lint/source_tree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
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

    void everyCrashPointIsInTheCode()
    {
        static const QRegularExpression failpoint("KITH_FAILPOINT\\(\"([^\"]+)\"");
        std::set<QString> passed;
        for (const auto &file : files_)
            if (isCpp(file) && !file.path.startsWith("tests/"))
                for (const auto &line : file.lines)
                    if (const auto match = failpoint.match(line); match.hasMatch())
                        passed.insert(match.captured(1));
        std::set<QString> listed;
        for (const auto &point : kith::e2e::crashPoints)
            listed.insert(point.name);
        QCOMPARE(passed, listed);
    }

    /// The ids of delivery.md section 7 but c14 and s10, which are of media and of several nodes.
    void everyCrashPointOfTheDesignIsListed_data()
    {
        QTest::addColumn<QString>("id");
        for (const char *id : { "c1",
                                "c2",
                                "c3",
                                "c4",
                                "c5",
                                "c6",
                                "c7-session",
                                "c7-prekey",
                                "c7-signed-prekey",
                                "c7-identity",
                                "c7-sender-key",
                                "c8",
                                "c9",
                                "c10",
                                "c11",
                                "c12",
                                "c13",
                                "s1",
                                "s2",
                                "s3",
                                "s4",
                                "s5",
                                "s6",
                                "s7",
                                "s8",
                                "s9",
                                "s11" })
            QTest::addRow("%s", id) << id;
    }
    void everyCrashPointOfTheDesignIsListed()
    {
        QFETCH(QString, id);
        QVERIFY(std::any_of(std::begin(kith::e2e::crashPoints), std::end(kith::e2e::crashPoints),
                            [&](const auto &point) { return id == point.name; }));
    }

    void onlyTestBuildsHaveCrashPoints()
    {
        QFile file(root_ + "/CMakePresets.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        std::map<QString, QJsonObject> presets;
        for (const auto &preset : QJsonDocument::fromJson(file.readAll())["configurePresets"].toArray())
            presets[preset.toObject()["name"].toString()] = preset.toObject();
        std::set<QString> testing;
        for (const auto &[name, preset] : presets)
            for (QString at = name; !at.isEmpty(); at = presets[at]["inherits"].toString())
                if (presets[at]["cacheVariables"].toObject().contains("KITH_TESTING"))
                    testing.insert(name);
        QCOMPARE(testing, (std::set<QString> { "dev", "asan", "tsan" }));
        QFile lists(root_ + "/CMakeLists.txt");
        QVERIFY(lists.open(QIODevice::ReadOnly));
        QVERIFY(lists.readAll().contains("(never in a release)\" OFF)"));
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
