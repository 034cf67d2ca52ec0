// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C5; delivery ST1, ST3, c2, c4, I1
#include "common/wire/codec.h"
#include "tests/support/client/insider.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Insider;
using support::Town;
using support::valueOf;

namespace {

/// What the server was sent, by mid: the bytes of the first time, how many came again, and whether they ever differed.
struct Sent {
    std::map<Mid, std::vector<wire::SendTarget>> bytes;
    int again = 0, changed = 0;
};

std::shared_ptr<Sent> record(Citizen &person)
{
    auto sent = std::make_shared<Sent>(); // shared: with the network, which outlives the test
    person.network->toServer().copies = [sent](const QByteArray &bytes) {
        const auto frame = wire::decodeClientFrame(bytes);
        const auto *send = frame ? std::get_if<wire::SendMessage>(&frame->body) : nullptr;
        if (!send)
            return 1;
        const auto [first, isNew] = sent->bytes.emplace(send->mid, send->targets);
        sent->again += isNew ? 0 : 1;
        sent->changed += first->second == send->targets ? 0 : 1;
        return 1;
    };
    return sent;
}

/// 1,000 of them are label soak.
int kills()
{
    const int wished = qEnvironmentVariableIntValue("KITH_TEST_KILLS");
    return wished > 0 ? wished : 200;
}

/// Every text that came from `peer`, oldest first.
std::vector<client::Message> received(Citizen &reader, const AccountId &peer)
{
    std::vector<client::Message> all;
    auto page = reader.engine->conversations().latest(peer, client::Conversations::maxPage);
    while (page) {
        all.insert(all.begin(), page->messages.begin(), page->messages.end());
        if (!page->more)
            break;
        page = reader.engine->conversations().before(peer, all.front().mid, client::Conversations::maxPage);
    }
    std::erase_if(all, [](const client::Message &one) { return one.fromMe || one.kind != client::MessageKind::text; });
    return all;
}

/// Ratchet steps of the present sending chain.
std::uint32_t counter(Citizen &from, Citizen &to)
{
    return Insider(from, to).session().sendingCounter;
}

} // namespace

/// A process that dies between the transaction of a send and the network: what was committed is sent by the next one,
/// once, in order, as the bytes that were made.
class KilledBeforeSending : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachMessageArrivesOnceAsItWasMade()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        bob.says(alice, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2 && alice.engine->outbox().isEmpty(); }));
        alice.network->toServer().delay = milliseconds { 10 };
        alice.network->toClient().delay = milliseconds { 10 };
        const auto sent = record(alice);
        std::vector<std::string> texts { "before" };
        std::vector<Mid> mids { received(bob, alice.id()).front().mid };
        for (int i = 0; i < kills(); ++i) {
            const auto before = counter(alice, bob);
            alice.dies();
            alice.opens();
            QCOMPARE(counter(alice, bob), before);
            if (i % 8 == 7) // this one lives until it logs in, sends, or hears of the first answers
                town.pass(milliseconds { 30 + i % 50 });
            const auto step = counter(alice, bob);
            texts.push_back("text " + std::to_string(i));
            const auto states = valueOf(alice.engine->outbox().send({ { bob.address() }, texts.back(), {}, {} }));
            QVERIFY(states);
            mids.push_back(states->front().mid);
            QCOMPARE(counter(alice, bob), step + 1); // encrypted, and nothing has left yet
        }
        alice.dies();
        QVERIFY(sent->again > 0 && sent->bytes.size() < mids.size() - 1);
        alice.comes();
        QVERIFY(town.until([&] { return alice.engine->outbox().isEmpty(); }, milliseconds { 300'000 }));
        town.pass(milliseconds { 1'000 });

        const auto all = received(bob, alice.id());
        QCOMPARE(all.size(), mids.size());
        for (std::size_t i = 0; i < mids.size(); ++i) {
            QCOMPARE(all[i].mid, mids[i]);
            QCOMPARE(all[i].text, texts[i]);
            QCOMPARE(alice.message(mids[i]).state, client::MessageState::delivered);
        }
        QCOMPARE(sent->bytes.size(), mids.size() - 1); // "before" was not recorded
        QCOMPARE(sent->changed, 0);
        QCOMPARE(Insider(bob, alice).session().skippedKeys, std::size_t { 0 });
        QCOMPARE(bob.events("messages.missing"), 0);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::KilledBeforeSending)
#include "tst_killed_before_sending.moc"
