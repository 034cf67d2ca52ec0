// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/gateway.h"

#include <QTest>

namespace kith::support {

using net::Channel;
using server::gateway::Gateway;
using server::gateway::Transport;
using server::gateway::WorkerHandlers;

/// For initTestCase_data: every test of the class runs on both.
inline void addTransports()
{
    QTest::addColumn<int>("transport");
    QTest::newRow("lean") << static_cast<int>(Transport::lean);
    QTest::newRow("qt") << static_cast<int>(Transport::qt);
}

inline Transport transport()
{
    QFETCH_GLOBAL(int, transport);
    return static_cast<Transport>(transport);
}

/// Sends back what it gets.
class Echo {
public:
    static WorkerHandlers handlers(Timers &)
    {
        const auto echo = std::make_shared<Echo>();
        return { [echo](std::unique_ptr<Channel> channel) { echo->add(std::move(channel)); },
                 [echo](milliseconds) {
                     for (auto *channel : echo->channels_)
                         channel->close(wire::CloseCode::goingAway, "bye");
                 } };
    }
    ~Echo() { qDeleteAll(channels_); }

private:
    void add(std::unique_ptr<Channel> owned)
    {
        auto *channel = owned.release();
        channels_ << channel;
        QObject::connect(channel, &Channel::received, channel, [channel](const QByteArray &f) { channel->send(f); });
        QObject::connect(channel, &Channel::closed, channel, [this, channel] {
            channels_.removeOne(channel);
            channel->deleteLater();
        });
    }
    QList<Channel *> channels_;
};

struct EchoServer {
    SystemClock clock;
    QtTimers timers;
    Gateway gateway;

    static Gateway::Settings defaults()
    {
        Gateway::Settings settings;
        settings.workers = 2;
        settings.worker.transport = transport();
        settings.worker.makeHandlers = Echo::handlers;
        return settings;
    }
    explicit EchoServer(const Gateway::Settings &settings = defaults()) : gateway(clock, timers, settings)
    {
        if (!gateway.listen(QHostAddress::LocalHost, 0))
            qFatal("no port");
    }
    QString url(const char *scheme = "ws") const
    {
        return QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(gateway.port());
    }
};

} // namespace kith::support
