// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security L9
#include "common/net/channel.h"

#include <QTest>

using namespace kith;
using net::ServerAddress;

namespace {
const QString pinText = QStringLiteral("sha256:") + QString(43, u'A');
}

class TestServerAddress final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pin");
        QTest::addColumn<QString>("url");
        QTest::newRow("wss") << "wss://chat.example:8443"
                             << ""
                             << "wss://chat.example:8443";
        QTest::newRow("default port") << "wss://chat.example"
                                      << ""
                                      << "wss://chat.example:443";
        QTest::newRow("slash and blanks") << " wss://chat.example:8443/ "
                                          << ""
                                          << "wss://chat.example:8443";
        QTest::newRow("upper case host") << "wss://Chat.Example:8443"
                                         << ""
                                         << "wss://chat.example:8443";
        QTest::newRow("pin beside it") << "wss://chat.example:8443" << pinText << "wss://chat.example:8443";
        QTest::newRow("plain on loopback") << "ws://127.0.0.1:8480"
                                           << ""
                                           << "ws://127.0.0.1:8480";
        QTest::newRow("plain on IPv6 loopback") << "ws://[::1]:8480"
                                                << ""
                                                << "ws://[::1]:8480";
        QTest::newRow("plain on localhost") << "ws://localhost:8480"
                                            << ""
                                            << "ws://localhost:8480";
        QTest::newRow("kith") << "kith://server?host=chat.example:8443&pin=" + pinText << ""
                              << "wss://chat.example:8443";
        QTest::newRow("kith escaped") << "kith://server?host=chat.example%3A8443&pin="
                + QString(pinText).replace(":", "%3A")
                                      << ""
                                      << "wss://chat.example:8443";
        QTest::newRow("kith IPv6") << "kith://server?host=[2001:db8::1]:8443&pin=" + pinText << ""
                                   << "wss://[2001:db8::1]:8443";
    }
    void reads()
    {
        QFETCH(QString, text);
        QFETCH(QString, pin);
        const auto address = ServerAddress::parse(text, pin);
        QVERIFY2(address.ok(), address.ok() ? "" : address.error().detail.c_str());
        QTEST(address->url, "url");
        QCOMPARE(address->pin.isEmpty(), !text.contains("sha256") && pin.isEmpty());
        const auto again = ServerAddress::parse(address->toText());
        QVERIFY(again.ok());
        QCOMPARE(again->url, address->url);
        QCOMPARE(again->pin, address->pin);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pin");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("empty") << ""
                               << "" << ErrorCode::invalid;
        QTest::newRow("no scheme") << "chat.example:8443"
                                   << "" << ErrorCode::invalid;
        QTest::newRow("http") << "https://chat.example"
                              << "" << ErrorCode::invalid;
        QTest::newRow("plain beyond loopback") << "ws://chat.example:8480"
                                               << "" << ErrorCode::permission;
        QTest::newRow("plain to a lookalike") << "ws://127.0.0.1.example:80"
                                              << "" << ErrorCode::permission;
        QTest::newRow("pin on plain") << "ws://127.0.0.1:8480" << pinText << ErrorCode::invalid;
        QTest::newRow("secret in the URL") << "wss://mei:pw@chat.example"
                                           << "" << ErrorCode::invalid;
        QTest::newRow("path") << "wss://chat.example/x"
                              << "" << ErrorCode::invalid;
        QTest::newRow("query") << "wss://chat.example?x=1"
                               << "" << ErrorCode::invalid;
        QTest::newRow("short pin") << "wss://chat.example"
                                   << "sha256:AAAA" << ErrorCode::invalid;
        QTest::newRow("other hash") << "wss://chat.example"
                                    << "sha1:AAAA" << ErrorCode::invalid;
        QTest::newRow("kith without host") << "kith://server?pin=" + pinText << "" << ErrorCode::invalid;
        QTest::newRow("kith for something else") << "kith://add?host=a:1"
                                                 << "" << ErrorCode::invalid;
        QTest::newRow("two pins") << "kith://server?host=a:1&pin=" + pinText << "sha256:" + QString(43, u'Q')
                                  << ErrorCode::invalid;
        QTest::newRow("huge") << "wss://" + QString(600, u'a') << "" << ErrorCode::invalid;
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, pin);
        const auto address = ServerAddress::parse(text, pin);
        QVERIFY(!address.ok());
        QTEST(address.error().code, "code");
        QVERIFY(!address.error().detail.empty());
    }
};

QTEST_APPLESS_MAIN(TestServerAddress)
#include "tst_server_address.moc"
