// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/app/language.h"
#include "tests/support/gui/stage.h"

#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace kith;
using namespace kith::test;

namespace {

const QString german = QStringLiteral(KITH_SOURCE_DIR "/resources/i18n/kith_de.ts");

struct Entry {
    QString context;
    QString source;
    QString state; ///< "unfinished", "vanished"; empty: good
    bool hasForms = false;
    QStringList texts;
    QString name() const { return context + ": " + source; }
};

void readTranslation(QXmlStreamReader &xml, Entry &entry)
{
    entry.state = xml.attributes().value("type").toString();
    if (!entry.hasForms) {
        entry.texts << xml.readElementText();
        return;
    }
    while (xml.readNextStartElement())
        entry.texts << xml.readElementText();
}

QList<Entry> entriesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Entry> entries;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name")
            context = xml.readElementText();
        else if (xml.name() == u"message")
            entries << Entry { context, {}, {}, xml.attributes().value("numerus") == u"yes", {} };
        else if (xml.name() == u"source")
            entries.last().source = xml.readElementText();
        else if (xml.name() == u"translation")
            readTranslation(xml, entries.last());
    }
    return xml.hasError() ? QList<Entry>() : entries;
}

QStringList namesOf(const QList<Entry> &entries)
{
    QStringList names;
    for (const Entry &entry : entries)
        names << entry.name();
    names.sort();
    return names;
}

QStringList placesOf(const QString &text)
{
    static const QRegularExpression place("%(n|[1-9])");
    QStringList places;
    for (auto it = place.globalMatch(text); it.hasNext();)
        places << it.next().captured();
    places.sort();
    return places;
}

/// Of everything drawn: a delegate is no QObject child of what shows it.
QStringList textsBelow(const QQuickItem *item)
{
    QStringList texts { item->property("text").toString() };
    for (const QQuickItem *child : item->childItems())
        texts << textsBelow(child);
    texts.removeAll(QString());
    return texts;
}

} // namespace

/// The German texts are complete, belong to what the sources say today, and reach the window.
class TestLanguage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareStage(); }
    void cleanup() { gui::setLanguage("en"); }

    void everyTextIsFinished()
    {
        const auto entries = entriesOf(german);
        QVERIFY(entries.size() > 300);
        for (const Entry &entry : entries) {
            QVERIFY2(entry.state.isEmpty(), qPrintable(entry.name()));
            QCOMPARE(entry.texts.size(), entry.hasForms ? 2 : 1);
            for (const QString &text : entry.texts) {
                QVERIFY2(!text.trimmed().isEmpty(), qPrintable(entry.name()));
                QVERIFY2(placesOf(text) == placesOf(entry.source), qPrintable(entry.name()));
            }
        }
    }

    void sourcesSayNothingElse()
    {
        const QString program = QLibraryInfo::path(QLibraryInfo::BinariesPath) + "/lupdate";
        if (!QFile::exists(program))
            QSKIP("lupdate is not installed (qt6-l10n-tools)");
        QTemporaryDir folder;
        const QString fresh = folder.filePath("kith_de.ts");
        QProcess lupdate;
        lupdate.setWorkingDirectory(KITH_SOURCE_DIR);
        lupdate.start(program, { "client-gui", "-I", ".", "-locations", "none", "-ts", fresh });
        QVERIFY(lupdate.waitForFinished());
        QCOMPARE(lupdate.exitCode(), 0);
        QCOMPARE(namesOf(entriesOf(german)), namesOf(entriesOf(fresh)));
    }

    void windowSpeaksGerman()
    {
        gui::setLanguage("de");
        Stage stage;
        stage.agent.fillDemo(Stage::now);
        QVERIFY(stage.open({ 1000, 700 }));
        QVERIFY(stage.until([&] { return stage.desk->chats.count() > 0; }));
        stage.settle();
        const QStringList shown = textsBelow(stage.window->contentItem());
        QVERIFY2(!shown.filter("Ungelesen").isEmpty(), qPrintable(shown.join('|')));
        QVERIFY(shown.filter("Unread").isEmpty());
        QCOMPARE(QCoreApplication::translate("kith::gui::Shortcuts", "Larger text"), "Größerer Text");
        QCOMPARE(QCoreApplication::translate("kith::gui::ErrorText", "Try again in %n seconds.", nullptr, 1),
                 "Versuch es in 1 Sekunde noch einmal.");
    }

    void englishNeedsNoFile()
    {
        gui::setLanguage("de");
        gui::setLanguage("en");
        QCOMPARE(QCoreApplication::translate("kith::gui::Shortcuts", "Larger text"), "Larger text");
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
