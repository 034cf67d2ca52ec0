// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: cli 7.2 (server.check); security L9
#include "common/client/server_check.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;

class ServersAreAskedFirst : public QObject {
    Q_OBJECT

    static client::Answer<client::ServerReport> ask(Town &town, Citizen &somebody, const QString &url)
    {
        QObject parent;
        client::World world { somebody.clock, town.server.time, random(), random(), *somebody.network };
        auto *check = new client::ServerCheck(world, *net::ServerAddress::parse(url), &parent);
        return get(town, check->run());
    }
    static Random &random()
    {
        static SystemRandom system;
        return system;
    }

private Q_SLOTS:
    void aServerSaysWhatItIs()
    {
        Town town;
        auto &stranger = town.stranger("stranger");
        stranger.clock.skew = milliseconds { -90'000 };
        const auto report = ask(town, stranger, QStringLiteral("ws://127.0.0.1:8480"));
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QCOMPARE(report->hello.registration, wire::RegistrationMode::open);
        QVERIFY(report->hello.version == wire::protocolVersion);
        QVERIFY(report->ahead >= milliseconds { 90'000 } && report->ahead < milliseconds { 95'000 });
        QVERIFY(town.until([&] { return stranger.network->openChannels() == 0; })); // and nothing stays behind
    }

    void nobodyThereIsTold()
    {
        Town town;
        auto &stranger = town.stranger("stranger");
        const auto report = ask(town, stranger, QStringLiteral("ws://127.0.0.1:1"));
        QVERIFY(!report);
        QCOMPARE(report.error().code, client::FailureCode::network);
        stranger.network->refuse({ ErrorCode::untrusted, "the server's key is not the pinned one" });
        const auto other = ask(town, stranger, QStringLiteral("ws://127.0.0.1:8480"));
        QVERIFY(!other);
        QCOMPARE(other.error().code, client::FailureCode::untrustedIdentity);
    }

    void somethingElseIsToldFromAServer()
    {
        Town town;
        auto &stranger = town.stranger("stranger");
        std::vector<std::unique_ptr<net::Channel>> ends;
        stranger.network->listen(QStringLiteral("ws://127.0.0.1:99"), [&](std::unique_ptr<net::Channel> channel) {
            channel->send("HTTP/1.1 200 OK");
            ends.push_back(std::move(channel));
        });
        const auto report = ask(town, stranger, QStringLiteral("ws://127.0.0.1:99"));
        QVERIFY(!report);
        QCOMPARE(report.error().code, client::FailureCode::unsupported);
        stranger.network->listen(QStringLiteral("ws://127.0.0.1:98"),
                                 [&](std::unique_ptr<net::Channel> channel) { ends.push_back(std::move(channel)); });
        const auto silent = ask(town, stranger, QStringLiteral("ws://127.0.0.1:98"));
        QVERIFY(!silent);
        QCOMPARE(silent.error().code, client::FailureCode::timeout);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::ServersAreAskedFirst)
#include "tst_servers_are_asked_first.moc"
