// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/common/wire/proto_text.h"

#include <QFile>
#include <QTest>

#include <set>

using namespace kith::wire;

namespace {

QStringList recorded()
{
    QFile file(KITH_SOURCE_DIR "/tests/lint/proto_numbers.txt");
    QStringList lines;
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    for (const auto &line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)) {
        if (!line.startsWith('#'))
            lines += line;
    }
    return lines;
}

} // namespace

// covers: style 7.2, 7.4, 7.9, 7.13
class TestProtoNumbers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRecordedNumberStandsOrIsReserved()
    {
        const auto all = schema::messages();
        const auto now = schema::lines(all);
        QVERIFY(!now.isEmpty());
        for (const auto &line : recorded()) {
            if (now.contains(line))
                continue;
            const auto parts = line.split(' ');
            bool reserved = false;
            for (const auto &message : all) {
                reserved |= message.name == parts.first() && message.reserved.contains(parts.at(1))
                    && message.reserved.contains(parts.last());
            }
            QVERIFY2(reserved, qPrintable(line + ": changed, or removed without 'reserved' by number and name"));
        }
    }

    void everyNumberIsRecorded()
    {
        const auto known = recorded();
        for (const auto &line : schema::lines(schema::messages()))
            QVERIFY2(known.contains(line), qPrintable(line + ": append this line to tests/lint/proto_numbers.txt"));
    }

    void noNumberIsUsedTwice()
    {
        for (const auto &message : schema::messages()) {
            std::set<int> numbers;
            for (const auto &field : message.fields) {
                QVERIFY2(numbers.insert(field.number).second, qPrintable(message.name + ": " + field.name));
                QVERIFY2(!message.reserved.contains(QString::number(field.number)), qPrintable(field.name));
            }
        }
    }

    void everyMessageNamesTheNextFreeNumber()
    {
        for (const auto &message : schema::messages())
            QVERIFY2(message.saysNextFree, qPrintable(message.name));
    }

    void everyRepeatedFieldHasAMaximum()
    {
        int repeated = 0;
        for (const auto &message : schema::messages()) {
            for (const auto &field : message.fields) {
                if (!field.type.contains("repeated "))
                    continue;
                ++repeated;
                QVERIFY2(field.comment.contains("at most "), qPrintable(message.name + ": " + field.name));
            }
        }
        QVERIFY(repeated > 10);
    }

    void everyBytesFieldStatesItsSize()
    {
        for (const auto &message : schema::messages()) {
            for (const auto &field : message.fields) {
                if (field.type.endsWith("bytes"))
                    QVERIFY2(field.comment.contains(" B") || field.comment.contains("KiB"),
                             qPrintable(message.name + ": " + field.name));
            }
        }
    }

    void everyEnumStartsUnspecified()
    {
        for (const auto &message : schema::messages()) {
            if (message.fields.empty() || message.fields.front().type != "value")
                continue;
            QCOMPARE(message.fields.front().number, 0);
            QVERIFY2(message.fields.front().name.endsWith("_UNSPECIFIED"), qPrintable(message.name));
        }
    }
};

QTEST_GUILESS_MAIN(TestProtoNumbers)
#include "tst_proto_numbers.moc"
