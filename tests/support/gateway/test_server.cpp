// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gateway/test_server.h"

namespace kith::support {

namespace {

server::gateway::SessionLimits limitsOf(const TestServer::Options &options)
{
    auto limits = options.session;
    limits.rateFactor = options.rateFactor;
    return limits;
}

server::gateway::ServerIdentity identity()
{
    server::gateway::ServerIdentity identity;
    identity.serverId = sha256(viewOf(std::string_view("test server")));
    return identity;
}

} // namespace

TestServer::TestServer(Options options)
    : queues(time, random, options.queues)
    , accountRoom(accounts, keys, store, time,
                  { options.mode, server::accounts::Settings {}.names, options.rateFactor })
    , keyRoom(keys, accounts, store, time, metrics, { options.rateFactor })
    , deliveryRoom(store, accounts, time, metrics, { .rateFactor = options.rateFactor })
    , parts { { accountRoom, keyRoom, deliveryRoom }, identity(), time, time, random, metrics, limitsOf(options) }
{
}

TestServer::~TestServer()
{
    sessions_.clear();
    time.runUntilIdle();
}

std::unique_ptr<WireClient> TestServer::connects(const QByteArray &certificateHash, const QString &address)
{
    auto ends = MemoryChannel::makePair(time, certificateHash);
    if (!address.isEmpty())
        ends.server->setPeerAddress(address);
    auto client = std::make_unique<WireClient>(std::move(ends.client), time);
    client->serverEnd = ends.server.get();
    auto session = std::make_unique<server::gateway::Session>(std::move(ends.server), parts);
    auto *raw = session.get();
    QObject::connect(raw, &server::gateway::Session::finished, raw, [this, raw] {
        const auto found = std::ranges::find(sessions_, raw, [](const auto &one) { return one.get(); });
        if (found == sessions_.end())
            return;
        found->release()->deleteLater();
        sessions_.erase(found);
    });
    sessions_.push_back(std::move(session));
    return client;
}

TestAccount TestServer::account(const std::string &name)
{
    return TestAccount(name, random, time.now());
}

std::unique_ptr<WireClient> TestServer::joins(const TestAccount &account)
{
    auto client = connects();
    if (!client->registers(account))
        qFatal("the account could not register");
    return client;
}

std::unique_ptr<WireClient> TestServer::returns(const TestAccount &account, std::uint16_t device)
{
    auto client = connects();
    if (!client->logsIn(account, device))
        qFatal("the device could not log in");
    return client;
}

void TestServer::relate(const TestAccount &who, const TestAccount &other, wire::Relation relation)
{
    if (!valueOf(accounts.setRelation(who.id(), other.id(), relation)))
        qFatal("the relation could not be set");
}

server::QueueState TestServer::queueOf(const DeviceId &device)
{
    return *valueOf(queues.state(device));
}

wire::SendMessage message(const Mid &mid, const std::vector<const TestAccount *> &to, const QByteArray &content)
{
    wire::SendMessage out { mid, {}, 1 };
    for (const auto *account : to)
        out.targets.push_back(
            { account->id(), account->listVersion(), { { 1, wire::CiphertextType::message, content } } });
    return out;
}

Mid midOf(int number)
{
    Mid mid;
    for (std::size_t i = 0; i < sizeof number; ++i)
        mid.octets[i] = static_cast<std::uint8_t>(static_cast<unsigned>(number) >> (8 * i));
    mid.octets.back() = 1;
    return mid;
}

} // namespace kith::support
