// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/address.h"

#include <QtTest>

namespace kith::client {

class TestAddress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatPeopleType_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("host");
        const auto row = [](const char *title, const QString &text, Address::Kind kind, const QString &name,
                            const QString &host) {
            QTest::newRow(title) << text << static_cast<int>(kind) << name << host;
        };
        row("user", "@mei", Address::Kind::user, "mei", "");
        row("capitals", "@Mei", Address::Kind::user, "mei", "");
        row("spaces around", "  @mei\t", Address::Kind::user, "mei", "");
        row("with server", "@Mei@Chat.Example", Address::Kind::user, "mei", "chat.example");
        row("with port", "@mei@127.0.0.1:8480", Address::Kind::user, "mei", "127.0.0.1:8480");
        row("longest name", "@" + QString(32, 'a'), Address::Kind::user, QString(32, 'a'), "");
        row("self", "me", Address::Kind::self, "me", "");
        row("label", "Mei from work", Address::Kind::label, "Mei from work", "");
        row("label keeps capitals", "MEI", Address::Kind::label, "MEI", "");
        row("id that is none", "id:12", Address::Kind::label, "id:12", "");
        row("capital hex is a label", "id:" + QString(32, 'A'), Address::Kind::label, "id:" + QString(32, 'A'), "");
    }
    void readsWhatPeopleType()
    {
        QFETCH(QString, text);
        const auto address = Address::parse(text.toStdString());
        QVERIFY(address);
        QTEST(static_cast<int>(address->kind), "kind");
        QTEST(QString::fromStdString(address->name), "name");
        QTEST(QString::fromStdString(address->host), "host");
    }

    void readsAnId()
    {
        const auto address = Address::parse("id:000102030405060708090a0b0c0d0e0f");
        QVERIFY(address);
        QCOMPARE(static_cast<int>(address->kind), static_cast<int>(Address::Kind::account));
        QCOMPARE(address->account.bytes().toHex(), QByteArray("000102030405060708090a0b0c0d0e0f"));
    }

    void refusesWhatNamesNobody_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const char *title, const QString &text, ErrorCode code) {
            QTest::newRow(title) << text << static_cast<int>(code);
        };
        row("empty", "", ErrorCode::invalid);
        row("blanks", " \t ", ErrorCode::invalid);
        row("at sign alone", "@", ErrorCode::invalid);
        row("no name before the server", "@@chat.example", ErrorCode::invalid);
        row("no server after the second at", "@mei@", ErrorCode::invalid);
        row("name of 33", "@" + QString(33, 'a'), ErrorCode::invalid);
        row("257 bytes", QString(257, 'a'), ErrorCode::invalid);
        row("group", "group:family", ErrorCode::unsupported);
    }
    void refusesWhatNamesNobody()
    {
        QFETCH(QString, text);
        const auto address = Address::parse(text.toStdString());
        QVERIFY(!address);
        QTEST(static_cast<int>(address.error().code), "code");
    }
};

} // namespace kith::client

QTEST_APPLESS_MAIN(kith::client::TestAddress)
#include "tst_address.moc"
