// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/terminal_text.h"
#include "common/base/random.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace kith::cli;

// covers: cli 3 (terminal safety)
class TestTerminalText : public QObject {
    Q_OBJECT

    /// What no terminal may get from foreign text, as bytes of its output.
    static bool couldAct(const QByteArray &output)
    {
        const QString text = QString::fromUtf8(output);
        for (const QChar c : text) {
            const char16_t u = c.unicode();
            const bool isControl = (u < 0x20 && u != '\n' && u != '\t') || (u >= 0x7f && u <= 0x9f);
            const bool isBidi = (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
            if (isControl || isBidi || u == 0x2028 || u == 0x2029)
                return true;
        }
        return false;
    }

    static std::vector<QString> hostile()
    {
        std::vector<QString> all;
        const auto add = [&all](const QString &text) {
            all.push_back(QStringLiteral("a") + text + QStringLiteral("z"));
        };
        for (char16_t c = 0; c < 0x20; ++c) {
            if (c != '\n' && c != '\t')
                add(QString(QChar(c)));
        }
        for (char16_t c = 0x7f; c <= 0x9f; ++c)
            add(QString(QChar(c)));
        for (char16_t c = 0x202a; c <= 0x202e; ++c)
            add(QString(QChar(c)));
        for (char16_t c = 0x2066; c <= 0x2069; ++c)
            add(QString(QChar(c)));
        add(QString(QChar(0x2028)));
        add(QString(QChar(0x2029)));
        for (const char *escape : { "[2J",
                                    "[H",
                                    "[31m",
                                    "[?1049h",
                                    "[6n",
                                    "[c",
                                    "[21t",
                                    "]0;title\a",
                                    "]52;c;ZXZpbA==\a",
                                    "]8;;http://evil\a",
                                    "P+q544e\\",
                                    "c",
                                    "(0",
                                    "%G",
                                    "[?25l",
                                    "[1;1r",
                                    "[9999;9999H",
                                    "]4;0;rgb:ff/ff/ff\a",
                                    "_Gf=100\\",
                                    "^pm\\",
                                    "#8",
                                    "=",
                                    ">",
                                    "7",
                                    "8",
                                    "[5i",
                                    "[?5h",
                                    "[200~",
                                    "]1337;File=:AA\a",
                                    "]777;notify;a;b\a",
                                    "[>c",
                                    "[0c" }) {
            add(QStringLiteral("\x1b") + QString::fromLatin1(escape)); // 7-bit form
            add(QString(QChar(0x9b)) + QString::fromLatin1(escape).mid(1)); // CSI as one character
            add(QString(QChar(0x9d)) + QString::fromLatin1(escape).mid(1)); // OSC as one character
        }
        for (const char *trojan : { "\xe2\x80\xae gpj.exe", "\xe2\x81\xa6 if admin \xe2\x81\xa9",
                                    "\xd7\x90\xe2\x80\xad"
                                    "abc\xe2\x80\xac" })
            add(QString::fromUtf8(trojan));
        for (char16_t c = 0xd800; c <= 0xdfff; c = static_cast<char16_t>(c + 0x60))
            add(QString(QChar(c))); // lone surrogates
        for (int n = 1; n <= 20; ++n)
            add(QString(n, QChar(0x1b)) + QString(n, u'[') + QString(QChar(0x7f)));
        return all;
    }

private Q_SLOTS:
    void twoHundredHostileStringsDoNothing()
    {
        const auto all = hostile();
        QVERIFY(all.size() >= 200);
        for (const QString &text : all) {
            QVERIFY(!couldAct(terminalSafe(text).toUtf8()));
            QVERIFY(!couldAct(terminalLine(text).toUtf8()));
            QVERIFY(!couldAct(plainCell(text).toUtf8()));
            const QByteArray json =
                QJsonDocument(QJsonObject { { QStringLiteral("t"), text } }).toJson(QJsonDocument::Compact);
            QVERIFY(!couldAct(jsonSafe(json)));
            QVERIFY(terminalSafe(text).startsWith(u'a') && terminalSafe(text).endsWith(u'z'));
        }
    }

    void randomTextDoesNothing()
    {
        const quint64 seed = 4711;
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        kith::SeededRandom random(seed);
        for (int i = 0; i < 2000; ++i) {
            QString text;
            for (quint64 n = random.below(40); n > 0; --n)
                text.append(QChar(static_cast<char16_t>(random.below(0x10000))));
            QVERIFY(!couldAct(terminalSafe(text).toUtf8()));
            QVERIFY(!couldAct(plainCell(text).toUtf8()));
        }
    }

    void harmlessTextStaysAsItIs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("ascii") << QStringLiteral("Hello, \"world\" $HOME 100%");
        QTest::newRow("newline and tab") << QStringLiteral("a\n\tb");
        QTest::newRow("arabic") << QString::fromUtf8("\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7");
        QTest::newRow("hebrew") << QString::fromUtf8("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d");
        QTest::newRow("family emoji with joiners")
            << QString::fromUtf8("\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7");
        QTest::newRow("flag of Scotland (tag characters)")
            << QString::fromUcs4(U"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F");
        QTest::newRow("combining") << QString::fromUtf8("e\xcc\x81");
    }
    void harmlessTextStaysAsItIs()
    {
        QFETCH(QString, text);
        QCOMPARE(terminalSafe(text), text);
    }

    void plainCellsAreOneLineAndReversible()
    {
        QCOMPARE(plainCell(u"a\tb\nc\\d\x1b[0m"), QStringLiteral("a\\tb\\nc\\\\d\\x1b[0m"));
        QCOMPARE(plainCell(QString(QChar(0x202e))), QStringLiteral("\\u202e"));
        QVERIFY(!plainCell(u"a\r\nb\t").contains(u'\n'));
    }

    void jsonStaysTheSameDocument()
    {
        for (const QString &text : hostile()) {
            const QJsonObject object { { QStringLiteral("t"), text } };
            const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
            const QJsonObject expected = QJsonDocument::fromJson(json).object();
            QCOMPARE(QJsonDocument::fromJson(jsonSafe(json)).object(), expected);
        }
    }

    void widthsAreColumns()
    {
        QCOMPARE(displayWidth(u"abc"), 3);
        QCOMPARE(displayWidth(QString::fromUtf8("\xe6\xbc\xa2\xe5\xad\x97")), 4);
        QCOMPARE(displayWidth(QString::fromUtf8("e\xcc\x81")), 1);
        QCOMPARE(fitted(QStringLiteral("abcdef"), 4), QStringLiteral("abc") + QChar(0x2026));
        QCOMPARE(displayWidth(fitted(QString(20, QChar(0x6f22)), 7)), 7);
        QCOMPARE(fitted(QStringLiteral("abc"), 3), QStringLiteral("abc"));
    }
};

QTEST_GUILESS_MAIN(TestTerminalText)
#include "tst_terminal_text.moc"
