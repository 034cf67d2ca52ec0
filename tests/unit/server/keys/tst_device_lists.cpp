// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C21, KEY1, LIM7, EV5 (server's courtesy), delivery ID3
#include "tests/support/gateway/test_server.h"

#include <QtTest>

using namespace kith;
using namespace kith::support;
using Code = wire::ErrorCode;

class DeviceListsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTheNextVersion();
    void refusesLists_data();
    void refusesLists();
    void repeatsAPublication();
    void signsRemovedDevicesOut();
    void keepsARemovedDeviceRemoved();
    void treatsADroppedDeviceAsRemoved();
    void obeysAReloadedLimit();
};

void DeviceListsTest::takesTheNextVersion()
{
    TestServer server;
    auto mei = server.account("mei");
    auto client = server.joins(mei);
    mei.addDevice(2);
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    const auto info = client->ask<wire::AccountInfo>(wire::LookupAccount { mei.id() });
    QVERIFY(info->devices == mei.signedList());
    auto second = server.connects();
    QCOMPARE(second->logsIn(mei, 2)->listVersion, 2u);
}

void DeviceListsTest::refusesLists_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<Code>("refusal");
    QTest::newRow("older") << "older" << Code::conflict;
    QTest::newRow("a version left out") << "gap" << Code::conflict;
    QTest::newRow("another signer") << "signer" << Code::forbidden;
    QTest::newRow("another account's") << "account" << Code::forbidden;
}

void DeviceListsTest::refusesLists()
{
    QFETCH(QString, change);
    QFETCH(Code, refusal);
    TestServer server;
    auto mei = server.account("mei");
    auto client = server.joins(mei);
    const auto before = mei.signedList();
    mei.addDevice(2);
    auto next = mei.signedList();
    if (change == "older") {
        mei.setVersion(1);
        next = mei.signedList();
    }
    if (change == "gap") {
        mei.setVersion(3);
        next = mei.signedList();
    }
    if (change == "signer")
        next = mei.signedBy(SigningPair {});
    if (change == "account") {
        auto eve = server.account("eve");
        eve.addDevice(2);
        next = eve.signedList();
    }
    QCOMPARE(client->refusal(wire::PublishDeviceList { next }), refusal);
    QVERIFY(client->ask<wire::AccountInfo>(wire::LookupAccount { mei.id() })->devices == before);
}

void DeviceListsTest::repeatsAPublication()
{
    TestServer server;
    auto mei = server.account("mei");
    auto client = server.joins(mei);
    mei.addDevice(2);
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
}

void DeviceListsTest::signsRemovedDevicesOut()
{
    TestServer server;
    auto mei = server.account("mei");
    const auto bob = server.account("bob");
    auto primary = server.joins(mei);
    auto sender = server.joins(bob);
    mei.addDevice(2);
    QVERIFY(primary->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    auto second = server.returns(mei, 2);
    QVERIFY(second->ask<wire::PreKeyCount>(wire::PublishPreKeys { mei.signedPreKey(7), mei.preKeys(500, 5) }));

    mei.removeDevice(2, server.time.now());
    QVERIFY(primary->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    QCOMPARE(second->closeCode, 4401);
    QVERIFY(!primary->closeCode);
    QVERIFY(server.queueOf(mei.device(2)).closed);
    QCOMPARE(valueOf(server.keys.stock(mei.device(2)))->oneTime, 0u);

    auto again = server.connects();
    again->hello();
    again->send(mei.login(again->serverId, again->challenge, 2));
    QCOMPARE(again->closeCode, 4401);
    auto both = message(midOf(1), { &mei });
    both.targets[0].ciphertexts.push_back({ 2, wire::CiphertextType::message, "x" });
    const auto mismatch = sender->ask<wire::DeviceMismatch>(both);
    QVERIFY(mismatch);
    QVERIFY(mismatch->accounts[0].extra == std::vector<std::uint16_t> { 2 });
}

void DeviceListsTest::keepsARemovedDeviceRemoved()
{
    TestServer server;
    auto mei = server.account("mei");
    auto client = server.joins(mei);
    mei.addDevice(2);
    const auto withDevice = mei;
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    mei.removeDevice(2, server.time.now());
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    auto revived = withDevice;
    revived.setVersion(4);
    QCOMPARE(client->refusal(wire::PublishDeviceList { revived.signedList() }), Code::invalid);
}

void DeviceListsTest::treatsADroppedDeviceAsRemoved()
{
    TestServer server;
    auto mei = server.account("mei");
    const auto alone = mei;
    auto client = server.joins(mei);
    mei.addDevice(2);
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    auto second = server.returns(mei, 2);
    auto dropped = alone;
    dropped.setVersion(3);
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { dropped.signedList() }));
    QCOMPARE(second->closeCode, 4401);
}

void DeviceListsTest::obeysAReloadedLimit()
{
    TestServer server;
    const auto announced = [&] {
        const auto hello = server.connects()->ask<wire::ServerHello>(wire::Hello {});
        return hello ? hello->limits.devices : 0;
    };
    auto mei = server.account("mei");
    auto client = server.joins(mei);
    QCOMPARE(announced(), std::uint32_t { wire::limits::devicesPerAccount });
    server.keyRoom.reload({ .rateFactor = 0, .devices = 2 });
    QCOMPARE(announced(), 2u);
    mei.addDevice(2);
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    mei.addDevice(3);
    QCOMPARE(client->refusal(wire::PublishDeviceList { mei.signedList() }), Code::tooLarge);
    server.keyRoom.reload({ .rateFactor = 0, .devices = 3 });
    QVERIFY(client->ask<wire::Done>(wire::PublishDeviceList { mei.signedList() }));
    server.keyRoom.reload({ .rateFactor = 0, .devices = 1 });
    QVERIFY(server.returns(mei, 3)); // who is there stays
}

QTEST_GUILESS_MAIN(DeviceListsTest)
#include "tst_device_lists.moc"
