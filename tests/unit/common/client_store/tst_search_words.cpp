// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: product UH3; security L2, FZ13
#include "common/base/random.h"
#include "common/client/search_words.h"

#include <QTest>

using namespace kith::client;

class TestSearchWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTextIsCutIntoFoldedWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("case") << "Hello, WORLD!"
                              << "hello world";
        QTest::newRow("accents") << QStringLiteral("Crème brûlée") << "creme brulee";
        QTest::newRow("combining") << QStringLiteral("cre\u0301me") << "creme";
        QTest::newRow("apostrophes") << QStringLiteral("don't l\u2019\u00e9t\u00e9 'quoted'") << "dont lete quoted";
        QTest::newRow("sharp s") << QStringLiteral("Straße") << "strasse";
        QTest::newRow("numbers") << "room 101b"
                                 << "room 101b";
        QTest::newRow("Chinese") << QStringLiteral("我在北京ok") << QStringLiteral("我 在 北 京 ok");
        QTest::newRow("Japanese") << QStringLiteral("カフェで") << QStringLiteral("カ フ ェ て");
        QTest::newRow("Korean has spaces")
            << QStringLiteral("안녕 친구") << QStringLiteral("안녕 친구").normalized(QString::NormalizationForm_KD);
        QTest::newRow("emoji") << QStringLiteral("nice\U0001F642!") << QStringLiteral("nice \U0001F642");
        QTest::newRow("nothing") << " \t-- \n"
                                 << "";
        QTest::newRow("a lone surrogate") << QString(QChar(0xD800)) + "x"
                                          << "x";
    }
    void aTextIsCutIntoFoldedWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(indexedWords(text.toStdString())), words);
    }

    void marksCoverWhatWasMeant_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("marked");
        QTest::newRow("word") << "there"
                              << "are you there?"
                              << "are you [there]?";
        QTest::newRow("beginning of the last") << "you the"
                                               << "are you there?"
                                               << "are [you] [there]?";
        QTest::newRow("not of an earlier one") << "the you"
                                               << "are you there?"
                                               << "are [you] there?";
        QTest::newRow("one letter is a word") << "a"
                                              << "a are"
                                              << "[a] are";
        QTest::newRow("accents") << "creme" << QStringLiteral("la crème.") << QStringLiteral("la [crème].");
        QTest::newRow("apostrophe") << "dont"
                                    << "I don't."
                                    << "I [don't].";
        QTest::newRow("Chinese") << QStringLiteral("北京") << QStringLiteral("我在北京，京北")
                                 << QStringLiteral("我在[北京]，京北");
        QTest::newRow("behind an emoji") << "hi" << QStringLiteral("\U0001F642 hi")
                                         << QStringLiteral("\U0001F642 [hi]");
        QTest::newRow("nothing") << "?!"
                                 << "what?!"
                                 << "what?!";
    }
    void marksCoverWhatWasMeant()
    {
        QFETCH(QString, query);
        QFETCH(QString, text);
        QFETCH(QString, marked);
        QString shown = text;
        const auto ranges = SearchQuery(query).rangesIn(text);
        for (auto range = ranges.rbegin(); range != ranges.rend(); ++range)
            shown.insert(range->start + range->length, u']').insert(range->start, u'[');
        QCOMPARE(shown, marked);
    }

    void nothingTypedIsSyntax()
    {
        QCOMPARE(SearchQuery(QStringLiteral("a OR b\"* chat:x NEAR/2")).match(),
                 std::string(" \"a\" \"or\" \"b\" \"chat\" \"x\" \"near\" \"2\""));
        kith::SeededRandom random(1);
        for (int i = 0; i < 5'000; ++i) {
            QString typed;
            for (int at = 0; at < 12; ++at)
                typed += QChar(static_cast<char16_t>(random.below(random.below(2) == 1 ? 0x80 : 0x10000)));
            const QString match = QString::fromStdString(SearchQuery(typed).match());
            const QStringList parts = match.split(u'"');
            QVERIFY(parts.size() % 2 == 1); // every quote is closed
            for (qsizetype at = 0; at < parts.size(); ++at) {
                const QString part = at % 2 == 0 ? parts.at(at).trimmed() : QString(parts.at(at)).remove(u'*');
                QVERIFY(at % 2 == 1 || part.isEmpty()); // nothing stands outside of quotes
                for (const QChar c : part)
                    QVERIFY(c.unicode() >= 0x80 || c == u' ' || (c.isLetterOrNumber() && c == c.toLower()));
            }
            SearchQuery(typed).rangesIn(typed + typed);
        }
        QVERIFY(SearchQuery(QString(20'000, u'a')).match().size() < 100);
    }
};

QTEST_GUILESS_MAIN(TestSearchWords)
#include "tst_search_words.moc"
