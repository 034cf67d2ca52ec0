// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery FI2-FI4, FI8
#include "tests/chaos/proxy/fault_proxy.h"

#include <QElapsedTimer>
#include <QTest>

using namespace kith;
using namespace kith::chaos;

namespace {

QByteArray frame(const QByteArray &payload)
{
    return QByteArray("\x82", 1) + static_cast<char>(payload.size()) + payload;
}

} // namespace

/// The proxy between two plain sockets that speak in WebSocket frames.
class TestChaosProxy : public QObject {
    Q_OBJECT

    QtTimers timers_;
    std::unique_ptr<FaultProxy> proxy_;
    std::unique_ptr<QTcpServer> server_;
    std::unique_ptr<QTcpSocket> client_;
    QTcpSocket *peer_ = nullptr;
    std::vector<BreakKind> fired_;

    QByteArray atServer(qsizetype size)
    {
        [&] { QTRY_VERIFY(peer_->bytesAvailable() >= size); }();
        return peer_->readAll();
    }

private Q_SLOTS:
    void init()
    {
        fired_.clear();
        server_ = std::make_unique<QTcpServer>();
        QVERIFY(server_->listen(QHostAddress::LocalHost));
        proxy_ = std::make_unique<FaultProxy>(timers_, 7);
        QVERIFY(proxy_->listen(server_->serverPort()));
        connect(proxy_.get(), &FaultProxy::fired, this, [this](BreakKind kind) { fired_.push_back(kind); });
        client_ = std::make_unique<QTcpSocket>();
        client_->connectToHost(QHostAddress::LocalHost, static_cast<quint16>(QUrl(proxy_->url()).port()));
        QTRY_VERIFY(server_->hasPendingConnections());
        peer_ = server_->nextPendingConnection();
        const QByteArray opening = "GET / HTTP/1.1\r\n\r\n" + frame("hello") + frame("login") + frame("first");
        client_->write(opening);
        QCOMPARE(atServer(opening.size()), opening);
    }
    void cleanup()
    {
        client_.reset();
        proxy_.reset();
        server_.reset();
    }

    void duplicatesAFrame()
    {
        QVERIFY(proxy_->inject({ BreakKind::duplicate, Direction::toServer, 1, {} }));
        client_->write(frame("one") + frame("two"));
        const auto wanted = frame("one") + frame("one") + frame("two");
        QCOMPARE(atServer(wanted.size()), wanted);
        QCOMPARE(fired_, std::vector { BreakKind::duplicate });
    }

    void swapsNeighbours()
    {
        QVERIFY(proxy_->inject({ BreakKind::reorder, Direction::toServer, 1, {} }));
        client_->write(frame("one") + frame("two") + frame("three"));
        const auto wanted = frame("two") + frame("one") + frame("three");
        QCOMPARE(atServer(wanted.size()), wanted);
    }

    /// Without one behind it, a held frame goes on after all.
    void holdsNoFrameForEver()
    {
        QVERIFY(proxy_->inject({ BreakKind::reorder, Direction::toServer, 1, {} }));
        client_->write(frame("one"));
        QCOMPARE(atServer(frame("one").size()), frame("one"));
        QVERIFY(fired_.empty());
    }

    void delaysInOrder()
    {
        QVERIFY(proxy_->inject({ BreakKind::delay, Direction::toServer, 0, milliseconds { 200 } }));
        QElapsedTimer clock;
        clock.start();
        client_->write(frame("one") + frame("two"));
        const auto wanted = frame("one") + frame("two");
        QCOMPARE(atServer(wanted.size()), wanted);
        QVERIFY(clock.elapsed() >= 195);
    }

    void cutsInsideAFrame()
    {
        QVERIFY(proxy_->inject({ BreakKind::cutInsideFrame, Direction::toServer, 3, {} }));
        client_->write(frame("hello again"));
        QTRY_COMPARE(client_->state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(peer_->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(peer_->readAll(), frame("hello again").first(3));
        QTRY_COMPARE(proxy_->links(), 0);
    }

    void cutsBetweenFrames()
    {
        QVERIFY(proxy_->inject({ BreakKind::cutBetweenFrames, Direction::toServer, 0, {} }));
        client_->write(frame("one") + frame("two"));
        QTRY_COMPARE(peer_->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(peer_->readAll(), frame("one"));
    }

    /// Half open: what one end says and that it left, the other one hears only when the stall is over.
    void stallsWithoutASign()
    {
        QVERIFY(proxy_->inject({ BreakKind::stall, Direction::toServer, 0, milliseconds { 400 } }));
        QElapsedTimer clock;
        clock.start();
        client_->write(frame("one"));
        client_->flush();
        client_->abort();
        QTRY_COMPARE(peer_->state(), QAbstractSocket::UnconnectedState);
        QVERIFY(clock.elapsed() >= 395);
    }

    void throttles()
    {
        QVERIFY(proxy_->inject({ BreakKind::throttle, Direction::toServer, 100, milliseconds { 10'000 } }));
        QElapsedTimer clock;
        clock.start();
        const QByteArray payload(48, 'x');
        client_->write(frame(payload) + frame(payload));
        QCOMPARE(atServer(100).size(), 100);
        QVERIFY(clock.elapsed() >= 950);
    }

    void findsFramesOfEveryLength()
    {
        FrameSplitter splitter;
        const QByteArray head = "HTTP/1.1 101\r\n\r\n";
        const QByteArray medium = QByteArray("\x82\x7e\x01\x00", 4) + QByteArray(256, 'm');
        const QByteArray large = QByteArray("\x82\x7f\0\0\0\0\0\1\0\0", 10) + QByteArray(65'536, 'l');
        const QByteArray masked = QByteArray("\x82\x82\1\2\3\4", 6) + QByteArray("\x69\x6b", 2);
        const auto all = head + frame("small") + medium + large + masked;
        QList<QByteArray> pieces;
        for (const char octet : all) {
            splitter.add(QByteArray(1, octet));
            while (auto piece = splitter.next())
                pieces << *piece;
        }
        QCOMPARE(pieces, (QList<QByteArray> { head, frame("small"), medium, large, masked }));
        QCOMPARE(payloadOf(masked), QByteArray("hi"));
        QCOMPARE(payloadOf(medium), QByteArray(256, 'm'));
    }
};

QTEST_GUILESS_MAIN(TestChaosProxy)
#include "tst_chaos_proxy.moc"
