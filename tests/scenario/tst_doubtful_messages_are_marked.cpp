// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C16, C17, C21, EV4; delivery ST15, ST22, ST23, ACK11
#include "common/base/hash.h"
#include "common/crypto/identity_key.h"
#include "common/crypto/signing_key.h"
#include "common/wire/signed/device_list.h"
#include "tests/support/client/insider.h"
#include "tests/support/client/wiretap.h"

#include <QtTest>

namespace kith {

using client::MessageMarks;
using support::Citizen;
using support::Insider;
using support::Town;
using support::Wiretap;

class DoubtfulMessagesAreMarked : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void olderThanSixtyDaysIsShownWithAWarning_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("marked");
        QTest::newRow("written today") << 0 << false;
        QTest::newRow("59 days ago") << 59 << false;
        QTest::newRow("61 days ago") << 61 << true;
        QTest::newRow("3 days from now") << -3 << false;
    }

    void olderThanSixtyDaysIsShownWithAWarning()
    {
        QFETCH(int, days);
        QFETCH(bool, marked);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        Insider insider(alice, bob);
        Wiretap tap(town, bob);
        auto content = insider.text("from then");
        content.header.clientTime = bob.clock.now() - milliseconds { days * 24LL * 3600 * 1000 };
        tap.deliver(insider.seal(content));
        const auto message = bob.message(content.header.mid);
        QCOMPARE(message.text, std::string("from then"));
        QVERIFY(message.marks == (MessageMarks { marked, false, false }));
        QVERIFY(message.clientTime == content.header.clientTime); // the raw value is kept (ID6)
    }

    void brokenChainIsMarked_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<bool>("marked");
        QTest::newRow("the content before, as it came") << 0 << false;
        QTest::newRow("another content before") << 1 << true;
        QTest::newRow("none before, where there was one") << 2 << true;
    }

    void brokenChainIsMarked()
    {
        QFETCH(int, change);
        QFETCH(bool, marked);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        Insider insider(alice, bob);
        Wiretap tap(town, bob);
        auto content = insider.text("two");
        if (change == 1)
            content.header.previous = sha256(viewOf(QByteArray("what she told somebody else")));
        else if (change == 2)
            content.header.previous.reset();
        tap.deliver(insider.seal(content));
        const auto message = bob.message(content.header.mid);
        QVERIFY(message.marks == (MessageMarks { false, false, marked }));
        const auto page = bob.engine->events().read(0, { { "message.received" }, {}, {} }, 10);
        const auto &event = page->events.back();
        QCOMPARE(event.json.find("brokenChain") != std::string::npos, marked);
    }

    void messageOfADeviceThatWasRemovedLaterIsMarked_data()
    {
        QTest::addColumn<int>("minutes");
        QTest::addColumn<bool>("shown");
        QTest::newRow("removed after the server took it") << 1 << true;
        QTest::newRow("removed before the server took it") << -1 << false;
    }

    void messageOfADeviceThatWasRemovedLaterIsMarked()
    {
        QFETCH(int, minutes);
        QFETCH(bool, shown);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        Insider insider(alice, bob);
        Wiretap tap(town, bob);
        const auto content = insider.text("my last words");
        const auto envelope = insider.seal(content);
        removeDevice(alice, bob, envelope.serverTime + milliseconds { minutes * 60'000 });
        tap.deliver(envelope);
        if (shown) {
            QVERIFY(bob.message(content.header.mid).marks == (MessageMarks { false, true, false }));
        } else { // parked until a fresh list is there; the server's is the older one, so it stays refused
            QVERIFY(!bob.engine->conversations().get(content.header.mid));
        }
    }

    void deviceThatNoListNamesIsRefusedAndThePersonWarned()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        Insider insider(alice, bob);
        Wiretap tap(town, bob);
        const auto content = insider.text("from the ghost");
        auto envelope = insider.seal(content);
        envelope.sender.number = 2;
        const int updates = bob.events("chat.updated");
        tap.deliver(envelope);
        QVERIFY(town.until([&] { return bob.events("chat.updated") > updates; }));
        QCOMPARE(bob.reads(alice).size(), std::size_t { 1 });
        QCOMPARE(bob.history(alice).back().kind, client::MessageKind::system);
        QVERIFY(bob.history(alice).back().text.find("refused") != std::string::npos);
        QVERIFY(*bob.database().messages().unreadCount(alice.id()) == 2);
        QCOMPARE(bob.database().parked().totals()->count, std::int64_t { 0 });
    }

    void lostRowsOfTheQueueAreShown_data()
    {
        QTest::addColumn<bool>("expired");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("line");
        QTest::newRow("one did not fit") << false << 1 << "1 message did not fit into this device's queue";
        QTest::newRow("some did not fit") << false << 7 << "7 messages did not fit into this device's queue";
        QTest::newRow("some expired") << true << 3 << "3 messages expired before this device came for them";
    }

    void lostRowsOfTheQueueAreShown()
    {
        QFETCH(bool, expired);
        QFETCH(int, count);
        QFETCH(QString, line);
        Town town;
        auto &bob = town.citizen("bob");
        Wiretap tap(town, bob);
        const auto number = static_cast<std::uint64_t>(count);
        if (expired)
            tap.deliver(wire::QueueItem { wire::ExpiredRange { Qseq { 1 }, Qseq { 3 }, number } });
        else
            tap.deliver(wire::QueueItem { wire::Missed { number } });
        const auto page = bob.engine->conversations().latest(bob.id(), 10);
        QVERIFY(page);
        QCOMPARE(page->messages.size(), std::size_t { 1 });
        QCOMPARE(QString::fromStdString(page->messages.front().text), line);
        QCOMPARE(*bob.database().messages().unreadCount(bob.id()), std::uint64_t { 1 });
        const auto events = bob.engine->events().read(0, { { "messages.missing" }, {}, {} }, 10);
        QCOMPARE(events->events.size(), std::size_t { 1 });
        const auto body = QJsonDocument::fromJson(QByteArray::fromStdString(events->events.front().json)).object();
        QCOMPARE(body["count"].toInt(), count);
        QCOMPARE(body["reason"].toString(), expired ? "expired" : "queueFull");
        QCOMPARE(body["chat"].toString(), "me");
    }

private:
    /// Bob learns, signed by Alice's account key, that her device was removed at `when` in favour of another one.
    static void removeDevice(Citizen &alice, Citizen &bob, WallTime when)
    {
        const auto account = *alice.database().account().load();
        auto row = **bob.database().contacts().find(alice.id());
        const auto key = *Ed25519PublicKey::from(row.accountKey);
        auto list = *wire::verifyDeviceList({ row.list, *Ed25519Signature::from(row.listSignature) }, alice.id(), key);
        const auto signer = crypto::SigningKey::fromSeed(account->accountSeed.view());
        SystemRandom random;
        auto next = list.devices.front();
        next.number = 2;
        next.certificate = *signer->sign(wire::certificateContext, viewOf(wire::certificateBytes(alice.id(), next)));
        const crypto::IdentityKeyPair identity { account->identityPublic, account->identityPrivate.clone() };
        const auto belongs = wire::counterSignatureBytes(alice.id(), key, next);
        next.counterSignature =
            *crypto::signWithIdentity(identity, wire::counterSignatureContext, viewOf(belongs), random);
        ++list.version;
        list.devices.front().removed = when;
        list.devices.push_back(next);
        const auto bytes = wire::encodeDeviceList(list);
        const auto signature = signer->sign(wire::deviceListContext, viewOf(bytes));
        QVERIFY(bob.database().contacts().setList(alice.id(), bytes, signature->bytes(), list.version));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::DoubtfulMessagesAreMarked)
#include "tst_doubtful_messages_are_marked.moc"
