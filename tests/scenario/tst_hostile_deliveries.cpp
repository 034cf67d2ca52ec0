// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C9, C16, C17, C30, S11, TR3, TR6, EV11, EV15, EV16, EV17, LIM18, ADV-R; delivery ST13, ST14, ID1
#include "common/client/opener.h"
#include "common/crypto/identity_key.h"
#include "common/wire/codec.h"
#include "tests/support/client/insider.h"
#include "tests/support/client/wiretap.h"
#include "tests/support/crypto/forged_message.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Insider;
using support::Town;
using support::valueOf;
using support::Wiretap;

class HostileDeliveries : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forgedFloodCostsLittleAndTheHonestMessageIsShown()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        Wiretap tap(town, bob);
        QElapsedTimer watch;
        watch.start();
        std::vector<wire::Envelope> flood;
        for (int i = 0; i < 2'000; ++i)
            flood.push_back(forgery(alice, i, 1'999));
        tap.deliver(flood);
        const auto perMessage = static_cast<double>(watch.elapsed()) / 2'000;
        qInfo("%.2f ms for each forged message", perMessage);
        QVERIFY2(perMessage < 28, "TR3: as much as the library alone takes for one with a single state");
        const auto mid = alice.says(bob, "honest");
        QVERIFY(town.until([&] { return !bob.reads(alice).empty() && bob.reads(alice).back() == "honest"; },
                           milliseconds { 1'000 }));
        QCOMPARE(bob.message(mid).kind, client::MessageKind::text);
    }

    void whoForgesIsParkedForTheRestOfTheMinute()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        Wiretap tap(town, bob);
        bob.clock.cost = milliseconds { 40 }; // each forged message seems to cost some 100 ms
        for (int i = 0; i < 10; ++i)
            tap.deliver(forgery(alice, i, 7));
        const auto parked = bob.database().parked().totals(alice.id());
        QVERIFY(parked->count > 0);
        QVERIFY(placeholders(bob, alice) < 10);
        bob.clock.cost = milliseconds { 0 };
        const auto mid = alice.says(bob, "honest"); // waits with them, and is shown when the minute is over
        QVERIFY(town.until([&] { return bob.database().parked().totals(alice.id())->count > parked->count; }));
        QVERIFY(town.until([&] { return bob.database().messages().find(alice.id(), mid)->has_value(); },
                           milliseconds { 120'000 }));
        QCOMPARE(bob.message(mid).text, std::string("honest"));
        // Its acknowledgement had to keep silent; a receipt of its own makes the second tick (ST21).
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; }));
    }

    void parkingLotIsBounded()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        bob.network->toServer().silent = true; // the list never comes
        Wiretap tap(town, bob);
        std::vector<wire::Envelope> flood;
        for (int i = 0; i < 300; ++i) {
            flood.push_back(forgery(alice, i, 7));
            flood.back().sender.number = 9; // no list names it
        }
        tap.deliver(flood);
        QCOMPARE(bob.database().parked().totals(alice.id())->count, client::Opener::parkedPerPeer);
        QCOMPARE(placeholders(bob, alice), 100);
    }

    void replayingEverythingAfterManySessionsShowsNothingTwice()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        Wiretap tap(town, bob);
        talk(town, alice, bob);
        const auto bobsDevice = bob.device();
        for (int i = 0; i < 45; ++i) {
            while (valueOf(town.server.keys.take(bobsDevice, 0))->oneTime) // TR6: none for this session
                continue;
            QVERIFY(alice.database().crypto().sessions.removeAll(bob.id()));
            alice.says(bob, "session " + std::to_string(i));
            const auto expected = static_cast<std::size_t>(i + 3);
            QVERIFY(town.until([&] { return bob.reads(alice).size() == expected; }));
        }
        town.pass(milliseconds { 5'000 });
        const auto before = bob.reads(alice);
        const int events = bob.events("message.received");
        const auto recorded = tap.envelopes;
        QVERIFY(std::ranges::count(recorded, wire::CiphertextType::preKey, &wire::Envelope::type) >= 45);
        tap.deliver(recorded);
        QCOMPARE(bob.reads(alice), before);
        auto relabelled = recorded; // the ratchet may accept them again, the content names another id
        for (int i = 0; i < static_cast<int>(relabelled.size()); ++i)
            relabelled[static_cast<std::size_t>(i)].mid = support::midOf(10'000 + i);
        tap.deliver(relabelled);
        QCOMPARE(bob.reads(alice), before);
        QCOMPARE(bob.events("message.received"), events);
        alice.says(bob, "and on");
        QVERIFY(town.until([&] { return bob.reads(alice).back() == "and on"; }));
    }

    void deletedMessageStaysDeletedForSixtyDays()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        Wiretap tap(town, bob);
        talk(town, alice, bob);
        const auto mid = alice.says(bob, "gone");
        QVERIFY(town.until([&] { return bob.reads(alice).back() == "gone"; }));
        Insider insider(alice, bob);
        const auto content = *(*alice.database().messages().find(alice.id(), mid))->content;
        QVERIFY(bob.database().messages().remove((*bob.database().messages().find(alice.id(), mid))->id));
        const auto before = bob.reads(alice);
        tap.deliver(tap.recorded(mid));
        tap.deliver(insider.seal(content, mid)); // a new ratchet step with the same content
        QCOMPARE(bob.reads(alice), before);
        town.pass(milliseconds { 5'000 }); // it is acknowledged
        bob.leaves();
        town.server.time.jumpWall(milliseconds { 59LL * 24 * 3600 * 1000 });
        bob.comes(); // sweeps
        QVERIFY(*bob.database().seen().find(alice.id(), mid));
        bob.leaves();
        town.server.time.jumpWall(milliseconds { 2LL * 24 * 3600 * 1000 });
        bob.comes();
        QVERIFY(!*bob.database().seen().find(alice.id(), mid));
        // From now on its age is the only thing that is left to go by: it comes with a warning.
        tap.deliver(insider.seal(content, mid));
        QVERIFY(bob.message(mid).marks.old);
    }

    void honestMessageOpensUnderTheIdOfAForgedOne()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        Wiretap tap(town, bob);
        tap.swallows = true;
        const auto mid = alice.says(bob, "three");
        QVERIFY(town.until([&] { return !tap.envelopes.empty(); }));
        auto forged = tap.recorded(mid);
        forged.content = crypto::withBrokenMac({ crypto::CiphertextType::message, forged.content }).bytes;
        tap.deliver(forged);
        QCOMPARE(bob.message(mid).kind, client::MessageKind::undecryptable);
        tap.swallows = false;
        tap.deliver(tap.recorded(mid));
        QCOMPARE(bob.message(mid).text, std::string("three"));
        QCOMPARE(bob.events("message.received"), 2);
    }

    void relabelledContentIsRefused_data()
    {
        QTest::addColumn<int>("field");
        const char *const names[] = { "sender account", "sender device", "recipient", "chat", "mid" };
        for (int field = 0; field < 5; ++field)
            QTest::newRow(names[field]) << field;
    }

    void relabelledContentIsRefused()
    {
        QFETCH(int, field);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        Wiretap tap(town, bob);
        Insider insider(alice, bob);
        auto content = insider.text("for somebody else");
        auto &header = content.header;
        const auto mid = header.mid;
        const AccountId other = bob.id();
        if (field == 0)
            header.sender.account = other;
        else if (field == 1)
            header.sender.number = 2;
        else if (field == 2)
            header.recipient = alice.id();
        else if (field == 3)
            header.chat = wire::PairChat::of(other, other);
        else
            header.mid = support::midOf(7);
        const auto before = bob.history(alice).size();
        tap.deliver(insider.seal(wire::encode(content), mid));
        QCOMPARE(bob.history(alice).size(), before);
        QVERIFY(!*bob.database().seen().find(alice.id(), mid));
    }

    void strangerLearnsNothingFromWhateverHeSends()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto said = watch(bob);
        Wiretap tap(town, bob);
        alice.says(bob, "do you know me?");
        QVERIFY(town.until([&] { return bob.events("request.received") == 1; }));
        Insider insider(alice, bob);
        for (int i = 0; i < 100; ++i) {
            tap.deliver(forgery(alice, i, 7)); // does not open
            auto probe = insider.text("x");
            probe.body = wire::RetryRequest { { support::midOf(i) } };
            probe.header.n.reset();
            probe.header.previous.reset();
            tap.deliver(insider.seal(probe));
            probe.header.mid = support::midOf(5'000 + i);
            probe.body = wire::KeepAlive {};
            tap.deliver(insider.seal(probe));
        }
        town.pass(milliseconds { 60'000 });
        QVERIFY(bob.engine->outbox().isEmpty());
        QCOMPARE(said->sends, 0);
        QCOMPARE(said->receipts, 0);
        QVERIFY(said->acks > 0);
        const auto row = *bob.database().contacts().find(alice.id());
        QCOMPARE(row->lastReset, WallTime {}); // C8: never for an account that is not accepted
    }

    void contactLearnsNothingFromInvisibleContents()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        talk(town, alice, bob);
        town.pass(milliseconds { 5'000 });
        auto said = watch(bob);
        Wiretap tap(town, bob);
        Insider insider(alice, bob);
        for (int i = 0; i < 40; ++i) { // fewer than make a chain long
            auto probe = insider.text("x");
            probe.header.n.reset();
            probe.header.previous.reset();
            probe.header.mid = support::midOf(i);
            probe.body = wire::Receipt { wire::ReceiptKind::read, { { support::midOf(900 + i), {}, {} } } };
            tap.deliver(insider.seal(probe));
        }
        town.pass(milliseconds { 10'000 });
        QCOMPARE(said->receipts, 0);
        QCOMPARE(said->sends, 0);
        QVERIFY(said->acks > 0);
    }

private:
    struct Said {
        int acks = 0, receipts = 0, sends = 0;
    };

    /// What a person's engine says to the server from now on.
    static std::shared_ptr<Said> watch(Citizen &citizen)
    {
        auto said = std::make_shared<Said>();
        citizen.network->toServer().copies = [said](const QByteArray &frame) {
            const auto decoded = wire::decodeClientFrame(frame);
            if (decoded && std::holds_alternative<wire::SendMessage>(decoded->body))
                ++said->sends;
            if (const auto *ack = decoded ? std::get_if<wire::Ack>(&decoded->body) : nullptr) {
                ++said->acks;
                said->receipts += static_cast<int>(std::ranges::count(ack->ranges, true, &wire::AckRange::receipt));
            }
            return 1;
        };
        return said;
    }

    /// Introduced, and a session that both sides have used: two messages.
    static void talk(Town &town, Citizen &alice, Citizen &bob)
    {
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        bob.says(alice, "two");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
        town.pass(milliseconds { 5'000 });
    }

    /// A well-formed message on a ratchet key that nobody has.
    static wire::Envelope forgery(Citizen &from, int number, std::uint32_t counter)
    {
        SystemRandom random;
        const auto key = crypto::generateIdentityKeyPair(random)->publicKey;
        return { from.device(),    support::midOf(20'000 + number), Sid { 1 },
                 from.clock.now(), wire::CiphertextType::message,   crypto::forgedMessage(key, counter) };
    }

    static int placeholders(Citizen &reader, Citizen &peer)
    {
        int count = 0;
        const auto rows = reader.database().messages().before(peer.id(), std::nullopt, 10'000);
        for (const auto &row : *rows)
            count += row.kind == client::MessageKind::undecryptable ? 1 : 0;
        return count;
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::HostileDeliveries)
#include "tst_hostile_deliveries.moc"
