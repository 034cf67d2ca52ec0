// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: architecture 6 (opening), security S2, S5, C21, KEY1, KEY2, server-ops 2 (register)
#include "tests/support/gateway/test_server.h"

#include <QtTest>

using namespace kith;
using namespace kith::support;
using Code = wire::ErrorCode;
using wire::RegistrationMode;

class RegistrationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAnAccountThatOthersFind();
    void repeatsTheSameAnswer();
    void refusesTakenNames();
    void obeysTheMode_data();
    void obeysTheMode();
    void countsAnInviteOncePerAccount();
    void refusesSpentAndRevokedInvites();
    void repeatsAfterTheInviteWasSpent();
    void checksNames_data();
    void checksNames();
    void checksSignatures_data();
    void checksSignatures();
    void limitsAttemptsPerAddress();
    void losesNothingWhenTheKeysFail();

private:
    static wire::Fault faultOf(WireClient &client, wire::Register request)
    {
        return client.ask<wire::Fault>(std::move(request)).value_or(wire::Fault {});
    }
};

void RegistrationTest::opensAnAccountThatOthersFind()
{
    TestServer server;
    const auto mei = server.account("mei");
    auto client = server.connects();
    const auto ready = client->registers(mei);
    QVERIFY(ready);
    QCOMPARE(ready->listVersion, 1u);
    QCOMPARE(ready->preKeysLeft, 100u);
    QCOMPARE(ready->signedPreKeyId, 1u);
    QCOMPARE(client->heard<wire::Drained>().size(), 1u);

    const auto info = server.joins(server.account("bob"))->ask<wire::AccountInfo>(wire::Lookup { "mei" });
    QVERIFY(info);
    QVERIFY(info->account == mei.id());
    QVERIFY(info->accountKey == mei.accountKey());
    QVERIFY(info->devices == mei.signedList());
}

void RegistrationTest::repeatsTheSameAnswer()
{
    TestServer server;
    const auto mei = server.account("mei");
    const auto first = server.connects()->registers(mei);
    const auto again = server.connects()->registers(mei);
    QVERIFY(first && again);
    QVERIFY(*first == *again);
    QCOMPARE(valueOf(server.accounts.list({}, 10))->size(), 1u);
}

void RegistrationTest::refusesTakenNames()
{
    TestServer server;
    auto owner = server.joins(server.account("mei"));
    auto client = server.connects();
    client->hello();
    const auto other = server.account("mei");
    QCOMPARE(client->refusal(other.registration(client->serverId, client->challenge)), Code::conflict);
    const auto free = server.account("mei2"); // the same connection may try again
    QVERIFY(client->ask<wire::Ready>(free.registration(client->serverId, client->challenge)));

    owner->send(wire::DeleteAccount {});
    auto late = server.connects();
    QVERIFY(!late->registers(server.account("mei"))); // a name is never given out twice
}

void RegistrationTest::obeysTheMode_data()
{
    QTest::addColumn<RegistrationMode>("mode");
    QTest::addColumn<std::string>("invite");
    QTest::addColumn<Code>("refusal"); // unknown: none
    QTest::newRow("open") << RegistrationMode::open << std::string() << Code::unknown;
    QTest::newRow("open, any invite") << RegistrationMode::open << std::string("x") << Code::unknown;
    QTest::newRow("invite, none") << RegistrationMode::invite << std::string() << Code::forbidden;
    QTest::newRow("invite, wrong") << RegistrationMode::invite << std::string("x") << Code::forbidden;
    QTest::newRow("invite, right") << RegistrationMode::invite << std::string("token") << Code::unknown;
    QTest::newRow("closed") << RegistrationMode::closed << std::string("token") << Code::forbidden;
}

void RegistrationTest::obeysTheMode()
{
    QFETCH(RegistrationMode, mode);
    QFETCH(std::string, invite);
    QFETCH(Code, refusal);
    TestServer server({ .mode = mode });
    QVERIFY(valueOf(server.accounts.putInvite({ "token", 1, 0, server.time.now() + std::chrono::hours { 1 }, false })));
    auto client = server.connects();
    client->hello();
    const auto hello = client->frames.front();
    QCOMPARE(std::get<wire::ServerHello>(hello.body).registration, mode);
    const auto id = client->send(server.account("mei").registration(client->serverId, client->challenge, invite));
    QCOMPARE(client->refusalOf(id), refusal);
    QCOMPARE(client->answer<wire::Ready>(id).has_value(), refusal == Code::unknown);
}

void RegistrationTest::countsAnInviteOncePerAccount()
{
    TestServer server({ .mode = RegistrationMode::invite });
    QVERIFY(valueOf(server.accounts.putInvite({ "two", 2, 0, server.time.now() + std::chrono::hours { 1 }, false })));
    const auto mei = server.account("mei");
    QVERIFY(server.connects()->registers(mei, "two"));
    QVERIFY(server.connects()->registers(mei, "two"));
    QVERIFY(server.connects()->registers(server.account("bob"), "two"));
    QVERIFY(!server.connects()->registers(server.account("eve"), "two"));
}

void RegistrationTest::refusesSpentAndRevokedInvites()
{
    TestServer server({ .mode = RegistrationMode::invite });
    const auto later = server.time.now() + std::chrono::hours { 1 };
    QVERIFY(valueOf(server.accounts.putInvite({ "revoked", 1, 0, later, false })));
    QVERIFY(valueOf(server.accounts.revokeInvite("revoked")));
    QVERIFY(valueOf(server.accounts.putInvite({ "old", 1, 0, server.time.now(), false })));
    QVERIFY(!server.connects()->registers(server.account("mei"), "revoked"));
    QVERIFY(!server.connects()->registers(server.account("mei"), "old"));
}

void RegistrationTest::repeatsAfterTheInviteWasSpent()
{
    TestServer server({ .mode = RegistrationMode::invite });
    QVERIFY(valueOf(server.accounts.putInvite({ "one", 1, 0, server.time.now() + std::chrono::hours { 1 }, false })));
    const auto mei = server.account("mei");
    QVERIFY(server.connects()->registers(mei, "one"));
    server.accountRoom.reload({ .mode = RegistrationMode::closed });
    QVERIFY(server.connects()->registers(mei, "one"));
}

void RegistrationTest::checksNames_data()
{
    QTest::addColumn<std::string>("name");
    QTest::newRow("short") << std::string("ab");
    QTest::newRow("capital") << std::string("Mei");
    QTest::newRow("space") << std::string("me i");
    QTest::newRow("newline at the end") << std::string("mei\n");
    QTest::newRow("umlaut") << std::string("m\u00e4x");
}

void RegistrationTest::checksNames()
{
    QFETCH(std::string, name);
    TestServer server;
    auto client = server.connects();
    client->hello();
    QCOMPARE(client->refusal(server.account(name).registration(client->serverId, client->challenge)), Code::invalid);
}

void RegistrationTest::checksSignatures_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<Code>("refusal");
    QTest::newRow("list by another key") << "list" << Code::forbidden;
    QTest::newRow("another account key") << "key" << Code::forbidden;
    QTest::newRow("list of another account") << "account" << Code::forbidden;
    QTest::newRow("login for another server") << "server" << Code::forbidden;
    QTest::newRow("login for another nonce") << "nonce" << Code::forbidden;
    QTest::newRow("list version 2") << "version" << Code::invalid;
    QTest::newRow("two devices") << "devices" << Code::invalid;
    QTest::newRow("one-time key twice") << "prekeys" << Code::invalid;
}

void RegistrationTest::checksSignatures()
{
    QFETCH(QString, change);
    QFETCH(Code, refusal);
    TestServer server;
    auto client = server.connects();
    client->hello();
    auto mei = server.account("mei");
    auto request = mei.registration(client->serverId, client->challenge);
    if (change == "list")
        request.devices = mei.signedBy(SigningPair {});
    if (change == "key")
        request.accountKey = SigningPair {}.publicKey();
    if (change == "account")
        request.account = server.account("eve").id();
    if (change == "server")
        request = mei.registration(sha256(viewOf(std::string_view("other"))), client->challenge);
    if (change == "nonce") {
        auto challenge = client->challenge;
        challenge.nonce.octets[0] ^= 1;
        request = mei.registration(client->serverId, challenge);
    }
    if (change == "version") {
        mei.setVersion(2);
        request = mei.registration(client->serverId, client->challenge);
    }
    if (change == "devices") {
        mei.addDevice(2);
        mei.setVersion(1);
        request = mei.registration(client->serverId, client->challenge);
    }
    if (change == "prekeys")
        request.preKeys[1].id = request.preKeys[0].id;
    QCOMPARE(faultOf(*client, std::move(request)).code, refusal);
    QCOMPARE(valueOf(server.accounts.list({}, 10))->size(), 0u);
}

void RegistrationTest::limitsAttemptsPerAddress()
{
    TestServer server({ .rateFactor = 1 });
    for (int i = 0; i < 6; ++i)
        QVERIFY(server.connects({}, "192.0.2.1")->registers(server.account("user" + std::to_string(i))));
    auto client = server.connects({}, "192.0.2.1");
    client->hello();
    const auto fault = faultOf(*client, server.account("user7").registration(client->serverId, client->challenge));
    QCOMPARE(fault.code, Code::rate);
    QVERIFY(fault.retryAfter);
    QVERIFY(server.connects({}, "192.0.2.2")->registers(server.account("user8")));
    server.time.advance(*fault.retryAfter);
    QVERIFY(server.connects({}, "192.0.2.1")->registers(server.account("user9")));
}

void RegistrationTest::losesNothingWhenTheKeysFail()
{
    TestServer server;
    const auto mei = server.account("mei");
    // The first answer was lost between the account and its keys.
    QVERIFY(valueOf(server.accounts.create(
        { mei.id(), "mei", mei.accountKey(), mei.signedList(), 1, {}, server.time.now() }, {}, server.time.now())));
    const auto ready = server.connects()->registers(mei);
    QVERIFY(ready);
    QCOMPARE(ready->preKeysLeft, 100u);
}

QTEST_GUILESS_MAIN(RegistrationTest)
#include "tst_registration.moc"
