// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/error.h"
#include "tests/unit/common/wire/proto_text.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace kith::wire;

namespace {

QString page()
{
    QFile file(KITH_SOURCE_DIR "/common/wire/PROTOCOL.md");
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Cells of every table row whose first cell matches.
QList<QStringList> rows(const QString &first)
{
    QList<QStringList> found;
    const QRegularExpression wanted("^" + first + "$");
    for (const auto &line : page().split('\n')) {
        if (!line.startsWith("| "))
            continue;
        QStringList cells;
        for (const auto &cell : line.mid(1).chopped(1).split('|'))
            cells += cell.trimmed();
        if (wanted.match(cells.first()).hasMatch())
            found += cells;
    }
    return found;
}

} // namespace

// covers: security ERR1, ERR14, style 7.1, 7.12
class TestProtocolPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theErrorTableEqualsTheEnum()
    {
        const auto table = rows("ERR\\d+");
        QCOMPARE(table.size(), 14);
        for (int number = 1; number <= table.size(); ++number) {
            const auto &row = table.at(number - 1);
            const auto code = static_cast<ErrorCode>(number);
            QCOMPARE(row.at(0), "ERR" + QString::number(number));
            QCOMPARE(row.at(1), QString("`%1`").arg(toString(code)));
            QCOMPARE(row.at(2), QString::number(number));
            QCOMPARE(row.at(3), QString(isRetryable(code) ? "yes" : "no"));
        }
        QCOMPARE(toString(static_cast<ErrorCode>(15)), "unknown");
        QVERIFY(!isRetryable(ErrorCode::unknown));
    }

    void theCloseTableEqualsTheEnum()
    {
        const std::map<QString, CloseCode> codes {
            { "normal", CloseCode::normal },
            { "goingAway", CloseCode::goingAway },
            { "protocolError", CloseCode::protocolError },
            { "badText", CloseCode::badText },
            { "policy", CloseCode::policy },
            { "tooBig", CloseCode::tooBig },
            { "tryLater", CloseCode::tryLater },
            { "noCommonVersion", CloseCode::noCommonVersion },
            { "signedOut", CloseCode::signedOut },
            { "replaced", CloseCode::replaced },
        };
        const auto table = rows("(1|4)\\d\\d\\d");
        QCOMPARE(static_cast<std::size_t>(table.size()), codes.size());
        for (const auto &row : table) {
            const auto code = codes.find(row.at(1));
            QVERIFY2(code != codes.end(), qPrintable(row.at(1)));
            QCOMPARE(row.at(0).toInt(), static_cast<int>(code->second));
        }
    }

    void everyFrameHasARowWithItsNumber()
    {
        const auto text = page();
        for (const auto &message : schema::messages()) {
            if (message.name != "ClientFrame" && message.name != "ServerFrame")
                continue;
            for (const auto &field : message.fields) {
                if (!field.type.startsWith("oneof:"))
                    continue;
                const auto type = field.type.section(' ', 1);
                QVERIFY2(text.contains(QString("\n| %1 (%2) |").arg(type).arg(field.number)), qPrintable(type));
            }
        }
    }

    void everyContentBodyHasARowWithItsNumber()
    {
        const auto text = page();
        for (const auto &message : schema::messages()) {
            for (const auto &field : message.fields) {
                if (message.name == "Content" && field.type.startsWith("oneof:"))
                    QVERIFY2(text.contains(QString("\n| %1 (%2) |").arg(field.name).arg(field.number)),
                             qPrintable(field.name));
            }
        }
    }

    void theWorkedExamplesAreTheGoldenBytes()
    {
        const QRegularExpression example("`(\\w+)`\n```\n([0-9a-f\n]+)```");
        QStringList shown;
        const auto text = page();
        for (auto match = example.globalMatch(text); match.hasNext();) {
            const auto found = match.next();
            QFile file(KITH_SOURCE_DIR "/tests/data/wire/v1/" + found.captured(1) + ".hex");
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(found.captured(1)));
            QCOMPARE(found.captured(2).remove('\n'), QString::fromLatin1(file.readAll().trimmed()));
            shown += found.captured(1);
        }
        const QDir folder(KITH_SOURCE_DIR "/tests/data/wire/v1");
        for (const auto &file : folder.entryList({ "*.hex" })) {
            if (!file.startsWith("stored_")) // the server's own rows are no part of the protocol
                QVERIFY2(shown.contains(file.chopped(4)), qPrintable(file));
        }
    }
};

QTEST_GUILESS_MAIN(TestProtocolPage)
#include "tst_protocol_page.moc"
