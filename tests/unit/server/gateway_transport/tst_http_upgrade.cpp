// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: RFC 6455 4.2, security S2
#include "server/gateway/lean/http_upgrade.h"

#include <QTest>

using namespace kith::server::gateway;

namespace {

/// A client's request; each of `changes` replaces the header of its name, or takes it out when it ends at the colon.
QByteArray request(const QByteArrayList &changes = {}, const QByteArray &line = "GET / HTTP/1.1")
{
    QByteArrayList headers { "Host: chat.example",        "Upgrade: websocket",
                             "Connection: Upgrade",       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                             "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: kith.v1" };
    for (const auto &change : changes) {
        const auto name = change.left(change.indexOf(':') + 1);
        headers.removeIf([&](const QByteArray &header) { return header.startsWith(name); });
        if (change != name)
            headers << change;
    }
    return line + "\r\n" + headers.join("\r\n") + "\r\n\r\n";
}

} // namespace

class TestHttpUpgrade final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theExampleOfTheRfc()
    {
        const auto answer = answerUpgrade(request());
        QVERIFY(answer && answer->accepted && answer->speaksKith);
        QCOMPARE(answer->taken, request().size());
        QVERIFY(answer->response.startsWith("HTTP/1.1 101 Switching Protocols\r\n"));
        QVERIFY(answer->response.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
        QVERIFY(answer->response.contains("\r\nSec-WebSocket-Protocol: kith.v1\r\n"));
    }

    void waitsForTheWholeRequest()
    {
        const auto whole = request();
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY(!answerUpgrade(QByteArrayView(whole).first(size)));
        const auto answer = answerUpgrade(whole + "\x82\x80mask");
        QVERIFY(answer);
        QCOMPARE(answer->taken, whole.size());
    }

    void statuses_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("status");
        const auto row = [](const char *name, const QByteArray &sent, const char *status) {
            QTest::newRow(name) << sent << QByteArray(status);
        };
        row("a path", request({}, "GET /chat?x=1 HTTP/1.1"), "101");
        row("other case",
            request({ "Upgrade:", "upgrade: WebSocket", "Connection:", "connection: keep-alive, UPGRADE" }), "101");
        row("other words too", request({ "Upgrade: h2c, websocket" }), "101");
        row("a page", request({ "Origin: https://evil.example" }), "403");
        row("an empty origin", request({ "Origin: " }), "403");
        row("POST", request({}, "POST / HTTP/1.1"), "400");
        row("HTTP/1.0", request({}, "GET / HTTP/1.0"), "400");
        row("no path", request({}, "GET HTTP/1.1"), "400");
        row("an absolute form", request({}, "GET http://x/ HTTP/1.1"), "400");
        row("no host", request({ "Host:" }), "400");
        row("no upgrade", request({ "Upgrade:" }), "400");
        row("no connection", request({ "Connection: close" }), "400");
        row("no key", request({ "Sec-WebSocket-Key:" }), "400");
        row("a short key", request({ "Sec-WebSocket-Key: c2hvcnQ=" }), "400");
        row("a key that is no base64", request({ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=!" }), "400");
        row("two keys", request({ "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==" }), "400");
        row("another version", request({ "Sec-WebSocket-Version: 8" }), "426");
        row("no version", request({ "Sec-WebSocket-Version:" }), "426");
        row("a space before the colon", request({ "X-Smuggled : 1" }), "400");
        row("no colon", request({}).replace("\r\n\r\n", "\r\nnonsense\r\n\r\n"), "400");
        row("a bare line feed", request().replace("Host: chat.example\r\n", "Host: chat.example\n"), "400");
        row("a zero byte", request({ QByteArray("X: \0", 4) }), "400");
        row("noise", QByteArray("\x16\x03\x01\r\n\r\n"), "400");
    }
    void statuses()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, status);
        const auto answer = answerUpgrade(sent);
        QVERIFY(answer);
        QCOMPARE(answer->response.split(' ').value(1), status);
        QCOMPARE(answer->accepted, status == "101");
        QVERIFY(answer->response.endsWith("\r\n\r\n"));
    }

    void anotherProtocolIsAcceptedAndNotOurs()
    {
        for (const char *protocol :
             { "Sec-WebSocket-Protocol:", "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: KITH.V1" }) {
            const auto answer = answerUpgrade(request({ protocol }));
            QVERIFY(answer && answer->accepted && !answer->speaksKith);
            QVERIFY(!answer->response.contains("Sec-WebSocket-Protocol"));
        }
        const auto several = answerUpgrade(request({ "Sec-WebSocket-Protocol: chat, kith.v1" }));
        QVERIFY(several && several->speaksKith);
    }
};

QTEST_GUILESS_MAIN(TestHttpUpgrade)
#include "tst_http_upgrade.moc"
