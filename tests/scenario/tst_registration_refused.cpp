// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security KEY1, KEY2, L9; delivery PK1; architecture 6
#include "common/wire/codec.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using client::FailureCode;
using support::Citizen;
using support::Town;
using support::valueOf;

namespace {

support::TestServer::Options mode(wire::RegistrationMode registration)
{
    support::TestServer::Options options;
    options.mode = registration;
    return options;
}

} // namespace

class RegistrationRefused : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takenNameLeavesNothingAndAnotherNameWorks()
    {
        Town town;
        town.citizen("alice");
        auto &second = town.stranger("second");
        const auto refused = second.asksForAccount("alice");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, FailureCode::refused);
        QVERIFY(!second.engine->account().show());
        QVERIFY(!*second.database().account().load()); // keys of a refused account are no account's
        const auto view = second.asksForAccount("bob");
        QVERIFY(view);
        QCOMPARE(view->name, std::string("bob"));
    }

    void closedServerSaysSo()
    {
        Town town(mode(wire::RegistrationMode::closed));
        auto &alice = town.stranger("alice");
        const auto refused = alice.asksForAccount("alice");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, FailureCode::refused);
        QVERIFY(!refused.error().hint.empty());
    }

    void inviteHasToBeGood_data()
    {
        QTest::addColumn<QString>("token");
        QTest::addColumn<bool>("good");
        QTest::newRow("none") << QString() << false;
        QTest::newRow("unknown") << QStringLiteral("unknown") << false;
        QTest::newRow("expired") << QStringLiteral("expired") << false;
        QTest::newRow("used up") << QStringLiteral("used-up") << false;
        QTest::newRow("revoked") << QStringLiteral("revoked") << false;
        QTest::newRow("good") << QStringLiteral("good") << true;
    }
    void inviteHasToBeGood()
    {
        QFETCH(QString, token);
        QFETCH(bool, good);
        Town town(mode(wire::RegistrationMode::invite));
        const auto now = town.server.time.now();
        const auto later = now + milliseconds { 3'600'000 };
        QVERIFY(valueOf(town.server.accounts.putInvite({ "good", 1, 0, later, false })));
        QVERIFY(valueOf(town.server.accounts.putInvite({ "expired", 1, 0, now - milliseconds { 1 }, false })));
        QVERIFY(valueOf(town.server.accounts.putInvite({ "used-up", 0, 1, later, false })));
        QVERIFY(valueOf(town.server.accounts.putInvite({ "revoked", 1, 0, later, true })));
        auto &alice = town.stranger("alice");
        const auto view = alice.asksForAccount("alice", token.toStdString());
        QCOMPARE(view.ok(), good);
        if (!good)
            QCOMPARE(view.error().code, FailureCode::refused);
        // An invite for one opens the door once.
        auto &bob = town.stranger("bob");
        QCOMPARE(bob.asksForAccount("bob", "good").ok(), !good);
    }

    void serverWithAnotherCertificateIsRefused()
    {
        Town town;
        auto &alice = town.stranger("alice");
        alice.network->refuse({ ErrorCode::untrusted, "the pin does not fit" });
        const auto refused = alice.asksForAccount("alice");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, FailureCode::untrustedIdentity);
    }

    void anotherServerIdEndsTheLogin()
    {
        Town town;
        auto &alice = town.citizen("alice");
        support::lie(alice, [](wire::ServerBody &body) {
            if (auto *hello = std::get_if<wire::ServerHello>(&body))
                hello->serverId = sha256(viewOf(std::string_view("another server")));
        });
        int logins = 0;
        alice.network->toServer().copies = [&](const QByteArray &bytes) {
            const auto frame = wire::decodeClientFrame(bytes);
            logins += frame && std::holds_alternative<wire::Authenticate>(frame->body) ? 1 : 0;
            return 1;
        };
        alice.network->cut();
        town.pass(milliseconds { 180'000 });
        QVERIFY(!alice.engine->connection().isOnline());
        QCOMPARE(logins, 0); // nothing is signed for it
        QVERIFY(alice.engine->connection().reason().find("not the server") != std::string::npos);
        support::lie(alice, {});
        QVERIFY(town.until([&] { return alice.engine->connection().isOnline(); }, milliseconds { 180'000 }));
    }

    void lostReplyIsAnsweredTheSame()
    {
        Town town;
        auto &alice = town.stranger("alice");
        std::vector<wire::Register> asked;
        alice.network->toServer().copies = [&](const QByteArray &bytes) {
            const auto frame = wire::decodeClientFrame(bytes);
            if (const auto *wish = frame ? std::get_if<wire::Register>(&frame->body) : nullptr)
                asked.push_back(*wish);
            return 1;
        };
        alice.network->toClient().copies = [](const QByteArray &bytes) {
            const auto frame = wire::decodeServerFrame(bytes);
            return frame && std::holds_alternative<wire::Ready>(frame->body) ? 0 : 1;
        };
        const auto lost = alice.asksForAccount("alice");
        QVERIFY(!lost);
        QVERIFY(valueOf(town.server.accounts.byName("alice"))); // it is made, and she does not know
        alice.network->toClient().copies = {};
        const auto view = alice.asksForAccount("alice");
        QVERIFY2(view, view ? "" : view.error().detail.c_str());
        QVERIFY(asked.size() >= 2);
        const auto &first = asked.front(), &last = asked.back();
        QCOMPARE(first.account, last.account);
        QVERIFY(first.devices == last.devices && first.preKeys == last.preKeys);
        QCOMPARE(valueOf(town.server.keys.stock(alice.device()))->oneTime, 100U);
        auto &bob = town.citizen("bob");
        bob.says(alice, "welcome");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 1; }));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::RegistrationRefused)
#include "tst_registration_refused.moc"
