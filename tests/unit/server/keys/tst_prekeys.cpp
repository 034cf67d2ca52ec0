// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C13, C14, C15, LIM9, LIM19, delivery PK2, PK3, PK4
#include "tests/support/gateway/test_server.h"

#include <QtTest>

#include <set>

using namespace kith;
using namespace kith::support;
using Code = wire::ErrorCode;

class PreKeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsOutEachKeyOnce();
    void repeatsAnUploadWithoutChange();
    void refusesAnIdWithOtherBytes();
    void refusesUploads_data();
    void refusesUploads();
    void storesAtMostTwoHundred();
    void replacesTheSignedKey();
    void reservesTheLastForContacts();
    void saysWhenTheStockIsLow();
    void limitsFetchesPerRequesterAndDevice();
    void keepsTheReserveAgainstAHundredAccounts();
    void answersSixtyFourAccountsInOneFrame();
    void takesNoKeyForAnAnswerThatNoFrameCarries();
    void leavesOutStrangersToTheServer();
    void neverAsksForItsOwnDevice();
    void refusesWhenTheStoreIsDown();

private:
    static std::optional<wire::PreKey> fetchOne(WireClient &client, const TestAccount &target)
    {
        const auto bundles = client.ask<wire::Bundles>(wire::FetchBundles { { { target.id(), {} } } });
        if (!bundles || bundles->accounts.size() != 1 || bundles->accounts[0].bundles.size() != 1)
            return std::nullopt;
        return bundles->accounts[0].bundles[0].oneTime;
    }
};

void PreKeysTest::handsOutEachKeyOnce()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto owner = server.joins(mei);
    auto client = server.joins(bob);
    server.relate(mei, bob, wire::Relation::accepted);
    std::set<std::uint32_t> ids;
    for (int i = 0; i < 100; ++i) {
        const auto key = fetchOne(*client, mei);
        QVERIFY(key);
        QVERIFY(ids.insert(key->id).second);
    }
    QVERIFY(!fetchOne(*client, mei)); // the bundle says so by having none
    const auto bundles = client->ask<wire::Bundles>(wire::FetchBundles { { { mei.id(), {} } } });
    QCOMPARE(bundles->accounts[0].bundles[0].registrationId, 4711u);
    QVERIFY(bundles->accounts[0].devices == mei.signedList());
    QVERIFY(bundles->accounts[0].bundles[0].signedPreKey == mei.signedPreKey(1));
}

void PreKeysTest::repeatsAnUploadWithoutChange()
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto owner = server.joins(mei);
    auto client = server.joins(bob);
    const auto taken = fetchOne(*client, mei);
    QVERIFY(taken);
    const auto count = owner->ask<wire::PreKeyCount>(wire::PublishPreKeys { {}, mei.preKeys(1, 100) });
    QVERIFY(count);
    QCOMPARE(count->left, 99u);
    QVERIFY(fetchOne(*client, mei)->id != taken->id);
}

void PreKeysTest::refusesAnIdWithOtherBytes()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto owner = server.joins(mei);
    auto upload = mei.preKeys(100, 2); // 100 is known, 101 is new
    upload[0].publicKey.back() = static_cast<char>(upload[0].publicKey.back() ^ 1);
    QCOMPARE(owner->refusal(wire::PublishPreKeys { {}, upload }), Code::conflict);
    QCOMPARE(owner->ask<wire::PreKeyCount>(wire::CountPreKeys {})->left, 100u);
}

void PreKeysTest::refusesUploads_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("change");
    QTest::newRow("101 keys") << 101 << "";
    QTest::newRow("an id twice") << 2 << "twice";
    QTest::newRow("the id that is never issued") << 1 << "id";
    QTest::newRow("a signed key without signature") << 0 << "signature";
}

void PreKeysTest::refusesUploads()
{
    QFETCH(int, count);
    QFETCH(QString, change);
    TestServer server;
    const auto mei = server.account("mei");
    wire::PublishPreKeys upload { {}, mei.preKeys(200, count) };
    if (change == "twice")
        upload.preKeys[1] = upload.preKeys[0];
    if (change == "id")
        upload.preKeys[0].id = 0xFFFFFF;
    if (change == "signature") {
        upload.signedPreKey = mei.signedPreKey(2);
        upload.signedPreKey->signature.clear();
    }
    const auto checked = server::keys::Keys::check(upload);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, Code::invalid);
}

void PreKeysTest::storesAtMostTwoHundred()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto owner = server.joins(mei);
    QVERIFY(owner->ask<wire::PreKeyCount>(wire::PublishPreKeys { {}, mei.preKeys(101, 100) }));
    QCOMPARE(owner->refusal(wire::PublishPreKeys { {}, mei.preKeys(201, 1) }), Code::invalid);
}

void PreKeysTest::replacesTheSignedKey()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto owner = server.joins(mei);
    const auto count = owner->ask<wire::PreKeyCount>(wire::PublishPreKeys { mei.signedPreKey(2), {} });
    QVERIFY(count);
    QCOMPARE(count->signedPreKeyId, 2u);
    QCOMPARE(server.returns(mei)->answer<wire::Ready>(2)->signedPreKeyId, 2u);
    QCOMPARE(valueOf(server.keys.stock(mei.device()))->registrationId, 4711u);
}

void PreKeysTest::reservesTheLastForContacts()
{
    TestServer server;
    const auto mei = server.account("mei"), friendly = server.account("bob"), stranger = server.account("eve");
    auto owner = server.joins(mei);
    auto contact = server.joins(friendly);
    auto other = server.joins(stranger);
    server.relate(mei, friendly, wire::Relation::accepted);
    int given = 0;
    for (int i = 0; i < 100; ++i)
        given += fetchOne(*other, mei) ? 1 : 0;
    QCOMPARE(given, 80);
    for (int i = 0; i < 20; ++i)
        QVERIFY(fetchOne(*contact, mei));
    QVERIFY(!fetchOne(*contact, mei));
}

void PreKeysTest::saysWhenTheStockIsLow()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto client = server.joins(server.account("bob"));
    auto owner = server.connects();
    QVERIFY(owner->registers(mei, {}, 26));
    QVERIFY(fetchOne(*client, mei));
    QCOMPARE(owner->heard<wire::PreKeysLow>().size(), 0u);
    QVERIFY(fetchOne(*client, mei));
    const auto low = owner->heard<wire::PreKeysLow>();
    QCOMPARE(low.size(), 1u);
    QCOMPARE(low[0].left, 24u);
    QCOMPARE(client->heard<wire::PreKeysLow>().size(), 0u); // the stock is invisible to requesters
}

void PreKeysTest::limitsFetchesPerRequesterAndDevice()
{
    TestServer server({ .rateFactor = 1 });
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto owner = server.joins(mei);
    auto second = server.joins(bob);
    auto client = server.joins(server.account("eve"));
    for (int i = 0; i < 6; ++i)
        QVERIFY(fetchOne(*client, mei));
    const auto refused = client->ask<wire::Fault>(wire::FetchBundles { { { mei.id(), {} } } });
    QVERIFY(refused);
    QCOMPARE(refused->code, Code::rate);
    QVERIFY(refused->retryAfter > milliseconds { 500'000 });
    QVERIFY(fetchOne(*second, mei)); // another requester
    QVERIFY(fetchOne(*client, bob)); // another device
    // One of two: the answer has what may be given.
    const auto both = client->ask<wire::Bundles>(wire::FetchBundles { { { mei.id(), {} }, { bob.id(), {} } } });
    QVERIFY(both);
    QCOMPARE(both->accounts[0].bundles.size(), 0u);
    QCOMPARE(both->accounts[1].bundles.size(), 1u);
}

void PreKeysTest::keepsTheReserveAgainstAHundredAccounts()
{
    TestServer server({ .rateFactor = 1 });
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto owner = server.joins(mei);
    auto contact = server.joins(bob);
    server.relate(mei, bob, wire::Relation::accepted);
    for (int i = 0; i < 100; ++i) {
        auto attacker = server.connects({}, QStringLiteral("192.0.2.%1").arg(i));
        QVERIFY(attacker->registers(server.account("eve" + std::to_string(i)), {}, 1));
        for (int k = 0; k < 8; ++k)
            attacker->send(wire::FetchBundles { { { mei.id(), {} } } });
    }
    QCOMPARE(owner->ask<wire::PreKeyCount>(wire::CountPreKeys {})->left, 20u);
    QVERIFY(fetchOne(*contact, mei));
    QVERIFY(!owner->heard<wire::PreKeysLow>().empty());
}

void PreKeysTest::answersSixtyFourAccountsInOneFrame()
{
    TestServer server;
    auto client = server.joins(server.account("mei"));
    wire::FetchBundles fetch;
    std::vector<TestAccount> people;
    for (int i = 0; i < 65; ++i) {
        people.push_back(server.account("user" + std::to_string(i)));
        server.joins(people.back());
        fetch.accounts.push_back({ people.back().id(), {} });
    }
    const auto refused = client->ask<wire::Fault>(fetch);
    QVERIFY(refused);
    QCOMPARE(refused->code, Code::tooLarge);
    fetch.accounts.pop_back();
    const auto all = client->ask<wire::Bundles>(fetch);
    QVERIFY(all);
    QCOMPARE(all->accounts.size(), std::size_t { wire::limits::accountsPerFetch });
    for (std::size_t i = 0; i < all->accounts.size(); ++i) {
        const auto &one = all->accounts[i];
        QVERIFY(one.account == people[i].id() && one.accountKey == people[i].accountKey());
        QVERIFY(one.devices == people[i].signedList());
        QVERIFY(one.bundles.size() == 1 && one.bundles.front().oneTime);
    }
}

void PreKeysTest::takesNoKeyForAnAnswerThatNoFrameCarries()
{
    TestServer server;
    auto client = server.joins(server.account("mei"));
    wire::FetchBundles fetch;
    DeviceId last;
    for (int i = 0; i < 20; ++i) {
        auto person = server.account("user" + std::to_string(i));
        server.joins(person);
        for (std::uint16_t number = 2; number <= 60; ++number) { // 14 KiB of removed devices
            person.addDevice(number);
            person.removeDevice(number, server.time.now());
        }
        QVERIFY(valueOf(server.accounts.putDevices(person.id(), 1, person.listVersion(), person.signedList())));
        fetch.accounts.push_back({ person.id(), {} });
        last = person.device();
    }
    const auto refused = client->ask<wire::Fault>(fetch);
    QVERIFY(refused);
    QCOMPARE(refused->code, Code::tooLarge);
    QCOMPARE(valueOf(server.keys.stock(last))->oneTime, 100u);
    fetch.accounts.erase(fetch.accounts.begin(), fetch.accounts.begin() + 10);
    const auto half = client->ask<wire::Bundles>(fetch);
    QVERIFY(half && half->accounts.size() == 10 && half->accounts.back().bundles.size() == 1);
}

void PreKeysTest::leavesOutStrangersToTheServer()
{
    TestServer server;
    auto client = server.joins(server.account("bob"));
    const auto bundles = client->ask<wire::Bundles>(wire::FetchBundles { { { server.account("ghost").id(), {} } } });
    QVERIFY(bundles && bundles->accounts.empty());
}

void PreKeysTest::neverAsksForItsOwnDevice()
{
    TestServer server;
    auto mei = server.account("mei");
    auto client = server.joins(mei);
    mei.addDevice(2);
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    const auto without = client->ask<wire::Bundles>(wire::FetchBundles { { { mei.id(), {} } } });
    QCOMPARE(without->accounts[0].bundles.size(), 0u); // device 2 has no keys yet
    auto other = server.returns(mei, 2);
    QVERIFY(other->ask<wire::PreKeyCount>(wire::PublishPreKeys { mei.signedPreKey(7), mei.preKeys(500, 5) }));
    const auto bundles = client->ask<wire::Bundles>(wire::FetchBundles { { { mei.id(), {} } } });
    QCOMPARE(bundles->accounts[0].bundles.size(), 1u);
    QCOMPARE(bundles->accounts[0].bundles[0].device, 2);
}

void PreKeysTest::refusesWhenTheStoreIsDown()
{
    struct Broken final : server::KeyDirectory {
        static Error down() { return { ErrorCode::io, "down" }; }
        Task<Result<void>> putSigned(DeviceId, std::uint32_t, wire::PreKey) override
        {
            return Task<Result<void>>::ready(down());
        }
        Task<Result<std::uint32_t>> putOneTime(DeviceId, std::vector<wire::PreKey>) override
        {
            return Task<Result<std::uint32_t>>::ready(down());
        }
        Task<Result<server::TakenKeys>> take(DeviceId, std::uint32_t) override
        {
            return Task<Result<server::TakenKeys>>::ready(down());
        }
        Task<Result<Stock>> stock(DeviceId) override { return Task<Result<Stock>>::ready(down()); }
        Task<Result<void>> remove(DeviceId) override { return Task<Result<void>>::ready(down()); }
        Task<Result<void>> discardAllOneTime() override { return Task<Result<void>>::ready(down()); }
    };
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto owner = server.joins(mei);
    Broken broken;
    server::keys::Keys room(broken, server.accounts, server.queues, server.time, server.metrics, {});
    const auto fetched = valueOf(room.fetch(bob.device(), { { { mei.id(), {} } } }));
    QVERIFY(!fetched);
    QCOMPARE(fetched.error().code, Code::unavailable);
}

QTEST_GUILESS_MAIN(PreKeysTest)
#include "tst_prekeys.moc"
