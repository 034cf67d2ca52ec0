// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/net/memory_network.h"
#include "tests/support/net/virtual_time.h"

#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::support;

namespace {
const QString url = QStringLiteral("wss://kith.test:8443");
}

class TestMemoryNetwork final : public QObject {
    Q_OBJECT

    /// A connected pair through a network.
    struct Link {
        VirtualTime time;
        MemoryNetwork network { time };
        std::unique_ptr<net::Channel> client, server;

        Link()
        {
            network.listen(url, [this](auto channel) { server = std::move(channel); });
            network.dial({ url, {} }, qApp, [this](auto channel) { client = std::move(channel).value(); });
            time.runUntilIdle();
        }
    };

private Q_SLOTS:
    void framesArriveInOrder()
    {
        Link link;
        QSignalSpy frames(link.server.get(), &net::Channel::received);
        for (const char *text : { "a", "b", "c" })
            link.client->send(text);
        QCOMPARE(frames.size(), 0); // later, never inside send
        link.time.runUntilIdle();
        QCOMPARE(frames.size(), 3);
        QCOMPARE(frames.at(2).at(0).toByteArray(), QByteArray("c"));
        QCOMPARE(link.client->bytesToWrite(), 0);
    }

    void delayedFramesWaitForTheirTime()
    {
        Link link;
        QSignalSpy frames(link.server.get(), &net::Channel::received);
        link.network.toServer().delay = milliseconds { 100 };
        link.client->send("late");
        link.time.advance(milliseconds { 99 });
        QCOMPARE(frames.size(), 0);
        link.time.advance(milliseconds { 1 });
        QCOMPARE(frames.size(), 1);
    }

    void faultsDropAndDouble()
    {
        Link link;
        QSignalSpy frames(link.server.get(), &net::Channel::received);
        link.network.toServer().copies = [](const QByteArray &frame) { return frame == "drop" ? 0 : 2; };
        link.client->send("drop");
        link.client->send("twice");
        link.time.runUntilIdle();
        QCOMPARE(frames.size(), 2);
        QCOMPARE(frames.at(0).at(0).toByteArray(), QByteArray("twice"));
    }

    void closeArrivesAfterFramesWithItsCode()
    {
        Link link;
        QSignalSpy frames(link.client.get(), &net::Channel::received);
        QSignalSpy closed(link.client.get(), &net::Channel::closed);
        QSignalSpy own(link.server.get(), &net::Channel::closed);
        link.server->send("last");
        link.server->close(wire::CloseCode::replaced, QStringLiteral("elsewhere"));
        link.time.runUntilIdle();
        QCOMPARE(frames.size(), 1);
        QCOMPARE(closed.size(), 1);
        QCOMPARE(closed.at(0).at(0).toInt(), 4409);
        QCOMPARE(own.size(), 1);
    }

    void cutEndsBothSidesOnce()
    {
        Link link;
        QSignalSpy client(link.client.get(), &net::Channel::closed);
        QSignalSpy server(link.server.get(), &net::Channel::closed);
        link.network.cut();
        link.time.runUntilIdle();
        QCOMPARE(client.size(), 1);
        QCOMPARE(server.size(), 1);
        QCOMPARE(server.at(0).at(0).toInt(), 1006);
        QCOMPARE(link.network.openChannels(), 0);
    }

    void silenceSwallowsFramesPingsAndCloses()
    {
        Link link;
        QSignalSpy heard(link.client.get(), &net::Channel::heard);
        link.client->ping();
        link.time.runUntilIdle();
        QCOMPARE(heard.size(), 1);
        link.network.toServer().silent = true;
        QSignalSpy closed(link.server.get(), &net::Channel::closed);
        link.client->ping();
        link.client->close(wire::CloseCode::normal, {});
        link.time.advance(milliseconds { 1000 });
        QCOMPARE(heard.size(), 1);
        QCOMPARE(closed.size(), 0);
    }

    void stalledFramesCountAsUnwritten()
    {
        Link link;
        link.network.toClient().stalled = true;
        link.server->send(QByteArray(1000, 'x'));
        link.time.runUntilIdle();
        QCOMPARE(link.server->bytesToWrite(), 1000);
        QSignalSpy written(link.server.get(), &net::Channel::written);
        static_cast<MemoryChannel &>(*link.server).resume();
        link.time.runUntilIdle();
        QCOMPARE(written.size(), 1);
        QCOMPARE(link.server->bytesToWrite(), 0);
    }

    void refusedDialTellsWhy()
    {
        VirtualTime time;
        MemoryNetwork network(time);
        QList<ErrorCode> codes;
        const auto note = [&codes](auto channel) { codes << channel.error().code; };
        network.dial({ url, {} }, qApp, note);
        network.refuse({ ErrorCode::untrusted, "wrong pin" });
        network.sibling()->dial({ url, {} }, qApp, note); // dies before it is done: never called
        time.runUntilIdle();
        network.allow();
        network.dial({ url, {} }, qApp, note);
        time.runUntilIdle();
        QVERIFY(codes == (QList<ErrorCode> { ErrorCode::untrusted, ErrorCode::network }));
    }

    void timersRunInOrderOfDueTimeAndCancel()
    {
        VirtualTime time;
        QByteArray order;
        Timer late = time.after(milliseconds { 20 }, [&] { order += 'b'; });
        Timer early = time.after(milliseconds { 10 }, [&] {
            order += 'a';
            early = time.after(milliseconds { 5 }, [&] { order += 'n'; });
        });
        Timer never = time.after(milliseconds { 15 }, [&] { order += '!'; });
        never.cancel();
        const auto before = time.now();
        time.advance(milliseconds { 30 });
        QCOMPARE(order, QByteArray("anb"));
        QCOMPARE((time.now() - before).count(), 30);
        QCOMPARE(time.pending(), std::size_t { 0 });
    }
};

QTEST_GUILESS_MAIN(TestMemoryNetwork)
#include "tst_memory_network.moc"
