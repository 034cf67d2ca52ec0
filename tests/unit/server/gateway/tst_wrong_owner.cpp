// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S3
#include "tests/support/gateway/test_server.h"

#include <QtTest>

#include <variant>

using namespace kith;
using namespace kith::support;
using server::AccountDirectory;
using server::KeyDirectory;

/// Every frame of a logged-in device that could name what belongs to somebody else.
class WrongOwnerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nobodyActsForAnother_data();
    void nobodyActsForAnother();
    void theOtherDeviceOfAnAccountIsAnother();

private:
    /// What the server holds of an account's first device.
    struct Held {
        Result<server::Account> account;
        KeyDirectory::Stock stock;
        server::QueueState queue;
        AccountDirectory::Standing standing;
    };
    static Held held(TestServer &server, const TestAccount &account, const TestAccount &other)
    {
        return { valueOf(server.accounts.byId(account.id())), *valueOf(server.keys.stock(account.device())),
                 server.queueOf(account.device()), *valueOf(server.accounts.standing(account.id(), other.id())) };
    }
    static bool isSame(const Held &a, const Held &b)
    {
        return a.account.ok() && b.account.ok() && a.account->devices == b.account->devices
            && a.account->listVersion == b.account->listVersion && a.account->profile == b.account->profile
            && a.stock.oneTime == b.stock.oneTime && a.stock.signedPreKeyId == b.stock.signedPreKeyId
            && a.queue.last == b.queue.last && a.queue.messages == b.queue.messages && a.queue.closed == b.queue.closed
            && a.standing == b.standing;
    }
};

void WrongOwnerTest::nobodyActsForAnother_data()
{
    QTest::addColumn<int>("frame");
    static_assert(std::variant_size_v<wire::ClientBody> == 17, "a new frame needs a row here");
    int row = 0;
    for (const char *name :
         { "Ack", "PublishDeviceList", "PublishPreKeys", "SetRelation", "SetProfile", "Lookup", "LookupAccount",
           "FetchProfile", "CountPreKeys", "Heartbeat", "Ephemeral", "Register", "Authenticate", "DeleteAccount" })
        QTest::newRow(name) << row++;
}

/// SendMessage and FetchBundles are meant to touch the other's queue and stock; who stands in them is tested with them.
void WrongOwnerTest::nobodyActsForAnother()
{
    QFETCH(int, frame);
    TestServer server;
    auto mei = server.account("mei");
    const auto bob = server.account("bob"), eve = server.account("eve");
    server.joins(mei); // and goes
    auto friendly = server.joins(bob), client = server.joins(eve);
    server.relate(mei, bob, wire::Relation::accepted);
    QVERIFY(friendly->ask<wire::Accepted>(message(midOf(1), { &mei })));
    auto next = mei;
    next.addDevice(2);
    next.setVersion(2);
    const std::vector<wire::ClientBody> bodies {
        wire::Ack { { { { 1 }, { 1 }, true } } },
        wire::PublishDeviceList { next.signedList() },
        wire::PublishPreKeys { mei.signedPreKey(9), mei.preKeys(500, 5) },
        wire::SetRelation { bob.id(), wire::Relation::blocked },
        wire::SetProfile { 9, "forged" },
        wire::Lookup { "mei" },
        wire::LookupAccount { mei.id() },
        wire::FetchProfile { mei.id() },
        wire::CountPreKeys {},
        wire::Heartbeat {},
        wire::Ephemeral { mei.id(), 1, "sealed" },
        mei.registration(client->serverId, client->challenge),
        mei.login(client->serverId, client->challenge),
        wire::DeleteAccount {},
    };
    const auto before = held(server, mei, bob);
    const auto &body = bodies[static_cast<std::size_t>(frame)];
    if (std::holds_alternative<wire::Ack>(body) || std::holds_alternative<wire::Ephemeral>(body))
        client->sendUnanswered(body);
    else
        client->send(body);
    QVERIFY(isSame(held(server, mei, bob), before));
    QCOMPARE(before.queue.messages, std::uint64_t { 1 });
}

void WrongOwnerTest::theOtherDeviceOfAnAccountIsAnother()
{
    TestServer server;
    auto mei = server.account("mei");
    const auto bob = server.account("bob");
    auto first = server.joins(mei), sender = server.joins(bob);
    mei.addDevice(2);
    mei.setVersion(2);
    QVERIFY(first->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    first.reset();
    server.time.runUntilIdle();
    auto second = server.returns(mei, 2);
    wire::SendMessage both { midOf(1), { { mei.id(), 2, {} } }, 1 };
    for (const std::uint16_t number : { std::uint16_t { 1 }, std::uint16_t { 2 } })
        both.targets.front().ciphertexts.push_back({ number, wire::CiphertextType::message, "sealed" });
    QVERIFY(sender->ask<wire::Accepted>(both));
    second->acknowledge({ 1 }, { 1 }, true);
    QCOMPARE(server.queueOf(mei.device(2)).messages, std::uint64_t { 0 });
    QCOMPARE(server.queueOf(mei.device(1)).messages, std::uint64_t { 1 });
}

QTEST_GUILESS_MAIN(WrongOwnerTest)
#include "tst_wrong_owner.moc"
