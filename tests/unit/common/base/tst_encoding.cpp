// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/encoding.h"
#include "common/base/ids.h"
#include "common/base/random.h"

#include <QTest>

using namespace kith;

class TestEncoding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void base32IsCrockfords()
    {
        QCOMPARE(toBase32(viewOf(QByteArray::fromHex("ffffffffff"))), std::string("ZZZZZZZZ"));
        QCOMPARE(toBase32(viewOf(QByteArray::fromHex("00443214c7"))), std::string("01234567"));
        QCOMPARE(Mid {}.base32().size(), std::size_t { 26 });
    }
    void base32RoundTripsEveryLength()
    {
        SeededRandom random(1);
        for (int length = 0; length < 40; ++length) {
            QByteArray bytes(length, '\0');
            QVERIFY(random.fill({ reinterpret_cast<std::uint8_t *>(bytes.data()), std::size_t(length) }));
            const auto back = fromBase32(toBase32(viewOf(bytes)));
            QVERIFY(back);
            QCOMPARE(*back, bytes);
        }
    }
    void base32ForgivesWhatPeopleMistype() { QCOMPARE(*fromBase32("oiLzZZZZ"), *fromBase32("011ZZZZZ")); }
    void base32RefusesForeignText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("u is no digit") << "0000000U";
        QTest::newRow("space") << "0000 000";
        QTest::newRow("set bits after the last byte") << "01";
        QTest::newRow("one character is no byte") << "0";
        QTest::newRow("impossible length") << "000";
    }
    void base32RefusesForeignText()
    {
        QFETCH(QString, text);
        QVERIFY(!fromBase32(text.toStdString()));
    }
    void base64UrlHasNoPadding()
    {
        QCOMPARE(toBase64Url(viewOf(QByteArray::fromHex("fbff"))), std::string("-_8"));
        QCOMPARE(*fromBase64Url("-_8"), QByteArray::fromHex("fbff"));
        QVERIFY(!fromBase64Url("-_8="));
        QVERIFY(!fromBase64Url("+/8"));
    }
    void deviceIdsAreEighteenBytes()
    {
        DeviceId id { .account = *AccountId::from(QByteArray(16, 'a')), .number = 0x0102 };
        QCOMPARE(id.bytes(), QByteArray(16, 'a') + QByteArray::fromHex("0102"));
        QCOMPARE(*DeviceId::from(viewOf(id.bytes())), id);
    }
    void deviceIdsRefuseBadNumbers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("number 0") << QByteArray(18, '\0');
        QTest::newRow("number 1024") << QByteArray(16, 'a') + QByteArray::fromHex("0400");
        QTest::newRow("short") << QByteArray(17, 'a');
        QTest::newRow("long") << QByteArray(19, 'a');
    }
    void deviceIdsRefuseBadNumbers()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!DeviceId::from(viewOf(bytes)));
    }
};

QTEST_APPLESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
