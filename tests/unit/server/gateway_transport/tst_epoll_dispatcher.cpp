// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: performance decision 1
#include "common/base/clock.h"
#include "common/base/mailbox.h"
#include "server/gateway/epoll_dispatcher.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <sys/socket.h>
#include <unistd.h>

using namespace kith;
using server::gateway::EpollDispatcher;

class TestEpollDispatcher final : public QObject {
    Q_OBJECT

    struct Pair {
        int ends[2] { -1, -1 };
        Pair() { [[maybe_unused]] const int made = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends); }
        ~Pair()
        {
            ::close(ends[0]);
            ::close(ends[1]);
        }
        void write(const char *text) const { (void)!::write(ends[1], text, 1); }
        char read() const
        {
            char got = 0;
            (void)!::read(ends[0], &got, 1);
            return got;
        }
    };

    /// Waits for a byte that was written now: whatever was readable before has been told by then.
    void turnOnce()
    {
        Pair pair;
        bool told = false;
        QSocketNotifier read(pair.ends[0], QSocketNotifier::Read);
        connect(&read, &QSocketNotifier::activated, this, [&] { told = pair.read() == 't'; });
        pair.write("t");
        QTRY_VERIFY(told);
    }

private Q_SLOTS:
    void isTheDispatcherOfThisThread()
    {
        QVERIFY(qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()));
    }

    void timersFireInOrderAndNotEarly()
    {
        QByteArray order;
        QElapsedTimer time;
        time.start();
        qint64 firstAt = 0;
        QTimer::singleShot(60, Qt::PreciseTimer, this, [&] { order += 'c'; });
        QTimer::singleShot(20, Qt::PreciseTimer, this, [&] {
            order += 'a';
            firstAt = time.nsecsElapsed();
        });
        QTimer::singleShot(40, Qt::PreciseTimer, this, [&] { order += 'b'; });
        QTRY_COMPARE(order, QByteArray("abc"));
        QVERIFY(firstAt >= 20'000'000);
        QVERIFY(time.elapsed() >= 60);
    }

    void intervalTimerRepeatsAndStopsInItsOwnSlot()
    {
        QTimer timer;
        int calls = 0;
        connect(&timer, &QTimer::timeout, this, [&] {
            if (++calls == 3)
                timer.stop();
        });
        timer.start(1);
        QTRY_COMPARE(calls, 3);
        int others = 0;
        QTimer other;
        connect(&other, &QTimer::timeout, this, [&] { ++others; });
        other.start(1);
        QTRY_VERIFY(others >= 5); // the loop turned on
        QCOMPARE(calls, 3);
        QVERIFY(timer.remainingTime() < 0);
    }

    void zeroTimerLetsOthersRun()
    {
        QTimer busy;
        int turns = 0;
        connect(&busy, &QTimer::timeout, this, [&] { ++turns; });
        busy.start(0);
        bool other = false;
        QTimer::singleShot(10, this, [&] { other = true; });
        QTRY_VERIFY(other);
        QVERIFY(turns > 1);
    }

    void timerIsNotRunAgainInsideItself()
    {
        QTimer timer;
        int depth = 0;
        int deepest = 0;
        int calls = 0;
        connect(&timer, &QTimer::timeout, this, [&] {
            deepest = std::max(deepest, ++depth);
            ++calls;
            QEventLoop inner;
            QTimer::singleShot(5, &inner, &QEventLoop::quit);
            inner.exec(); // several intervals long
            --depth;
        });
        timer.start(1);
        QTRY_VERIFY(calls >= 3);
        timer.stop();
        QCOMPARE(deepest, 1);
    }

    void notifiersSeeReadsWritesAndHangUps()
    {
        auto pair = std::make_unique<Pair>();
        QSocketNotifier read(pair->ends[0], QSocketNotifier::Read);
        QSocketNotifier write(pair->ends[0], QSocketNotifier::Write);
        QByteArray got;
        int writable = 0;
        connect(&read, &QSocketNotifier::activated, this, [&] { got += pair->read(); });
        connect(&write, &QSocketNotifier::activated, this, [&] {
            ++writable;
            write.setEnabled(false);
        });
        QTRY_COMPARE(writable, 1);
        pair->write("x");
        QTRY_COMPARE(got, QByteArray("x"));
        read.setEnabled(false);
        pair->write("y");
        turnOnce();
        QCOMPARE(got, QByteArray("x"));
        read.setEnabled(true);
        QTRY_COMPARE(got, QByteArray("xy"));
        ::shutdown(pair->ends[1], SHUT_RDWR);
        QTRY_VERIFY(got.endsWith('\0')); // the end of the stream wakes the reader
        read.setEnabled(false);
    }

    void notifierDeletedInATurnIsNotCalled()
    {
        Pair one;
        Pair two;
        auto first = std::make_unique<QSocketNotifier>(one.ends[0], QSocketNotifier::Read);
        auto second = std::make_unique<QSocketNotifier>(two.ends[0], QSocketNotifier::Read);
        int calls = 0;
        const auto killOther = [&](std::unique_ptr<QSocketNotifier> &other, const Pair &own) {
            ++calls;
            own.read();
            other.reset();
        };
        connect(first.get(), &QSocketNotifier::activated, this, [&] { killOther(second, one); });
        connect(second.get(), &QSocketNotifier::activated, this, [&] { killOther(first, two); });
        one.write("1");
        two.write("2");
        QTRY_COMPARE(calls, 1);
        turnOnce();
        QCOMPARE(calls, 1);
    }

    void postsFromManyThreadsAllArrive()
    {
        const auto mailbox = Mailbox::ofThisThread();
        int got = 0;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back(QThread::create([&] {
                for (int n = 0; n < 5'000; ++n)
                    mailbox->post([&got] { ++got; });
            }));
            threads.back()->start();
        }
        QTRY_COMPARE(got, 20'000);
        for (const auto &thread : threads)
            thread->wait();
    }

    void socketsAndWebSocketsWorkUnmodified()
    {
        QWebSocketServer server("test", QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        std::unique_ptr<QWebSocket> atServer;
        connect(&server, &QWebSocketServer::newConnection, this, [&] {
            atServer.reset(server.nextPendingConnection());
            connect(atServer.get(), &QWebSocket::binaryMessageReceived, atServer.get(), &QWebSocket::sendBinaryMessage);
        });
        QWebSocket client;
        QByteArray echoed;
        connect(&client, &QWebSocket::binaryMessageReceived, this, [&](const QByteArray &bytes) { echoed += bytes; });
        client.open(QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server.serverPort())));
        QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
        QByteArray sent;
        for (int i = 0; i < 500; ++i) {
            const QByteArray part(i * 7, static_cast<char>('a' + i % 26));
            client.sendBinaryMessage(part);
            sent += part;
        }
        QTRY_COMPARE(echoed.size(), sent.size());
        QCOMPARE(echoed, sent);
    }

    void onlyTheReadyDescriptorIsCalled()
    {
        std::vector<std::unique_ptr<Pair>> pairs;
        std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
        QList<int> active;
        for (int i = 0; i < 200; ++i) {
            pairs.push_back(std::make_unique<Pair>());
            notifiers.push_back(std::make_unique<QSocketNotifier>(pairs.back()->ends[0], QSocketNotifier::Read));
            connect(notifiers.back().get(), &QSocketNotifier::activated, this, [&active, &pairs, i] {
                pairs[static_cast<std::size_t>(i)]->read();
                active << i;
            });
        }
        pairs[150]->write("z");
        QTRY_COMPARE(active, QList<int> { 150 });
    }
};

int main(int argc, char **argv)
{
    SystemClock clock;
    QCoreApplication::setEventDispatcher(new EpollDispatcher(clock));
    QCoreApplication app(argc, argv);
    TestEpollDispatcher test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_epoll_dispatcher.moc"
