// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/check.h"
#include "common/wire/wire_fields.h"

#include <QTest>

using namespace kith;
using namespace kith::wire;

// covers: security S13
class TestCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void utf8IsStrict_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << QByteArray() << true;
        QTest::newRow("ascii") << QByteArray("abc") << true;
        QTest::newRow("two") << QByteArray("\xC2\x80") << true;
        QTest::newRow("three") << QByteArray("\xE0\xA0\x80") << true;
        QTest::newRow("before surrogates") << QByteArray("\xED\x9F\xBF") << true;
        QTest::newRow("last") << QByteArray("\xF4\x8F\xBF\xBF") << true;
        QTest::newRow("lone continuation") << QByteArray("\x80") << false;
        QTest::newRow("overlong two") << QByteArray("\xC1\xBF") << false;
        QTest::newRow("overlong three") << QByteArray("\xE0\x9F\xBF") << false;
        QTest::newRow("overlong four") << QByteArray("\xF0\x8F\xBF\xBF") << false;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
        QTest::newRow("beyond") << QByteArray("\xF4\x90\x80\x80") << false;
        QTest::newRow("five") << QByteArray("\xF8\x88\x80\x80\x80") << false;
        QTest::newRow("cut") << QByteArray("a\xE2\x82") << false;
        QTest::newRow("wrong second") << QByteArray("\xC3\x28") << false;
    }
    void utf8IsStrict()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, good);
        QCOMPARE(isUtf8({ text.constData(), static_cast<std::size_t>(text.size()) }), good);
    }

    void fieldsAreWalkedWithoutSchema()
    {
        const QByteArray bytes("\x08\x96\x01\x12\x03"
                               "abc"
                               "\x1D\x01\x02\x03\x04\x21\x01\x02\x03\x04\x05\x06\x07\x08",
                               22);
        WireFields fields(viewOf(bytes));
        auto field = fields.next();
        QVERIFY(field && field->number == 1 && field->isVarint && field->varint == 150);
        field = fields.next();
        QVERIFY(field && field->number == 2 && field->isMessage);
        QCOMPARE(toByteArray(field->bytes), QByteArray("abc"));
        field = fields.next();
        QVERIFY(field && field->number == 3 && field->bytes.size() == 4);
        field = fields.next();
        QVERIFY(field && field->number == 4 && field->bytes.size() == 8);
        QVERIFY(!fields.next());
        QVERIFY(!fields.broken());
    }

    void brokenFieldsAreSeen_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("group") << QByteArray("\x0B\x0C");
        QTest::newRow("wire type 7") << QByteArray("\x0F");
        QTest::newRow("field 0") << QByteArray("\x00\x01", 2);
        QTest::newRow("length beyond the end") << QByteArray("\x0A\x02"
                                                             "a");
        QTest::newRow("length of 2^63") << QByteArray("\x0A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F");
        QTest::newRow("cut varint") << QByteArray("\x08\x80");
        QTest::newRow("varint of 11 bytes") << QByteArray("\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01");
        QTest::newRow("cut fixed32") << QByteArray("\x0D\x01\x02\x03");
    }
    void brokenFieldsAreSeen()
    {
        QFETCH(QByteArray, bytes);
        WireFields fields(viewOf(bytes));
        while (fields.next()) { }
        QVERIFY(fields.broken());
    }

    void repetitionIsCountedPerField()
    {
        QVERIFY(!repeatsBeyond(viewOf(QByteArray("\x0A\x00\x0A\x00\x12\x00", 6)), 2));
        QVERIFY(repeatsBeyond(viewOf(QByteArray("\x0A\x00\x0A\x00\x0A\x00", 6)), 2));
    }
};

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
