// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ID7, ID8, ST9; security C5, LIM10
#include "common/wire/codec.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;

namespace {

constexpr milliseconds day { 24LL * 3600 * 1000 };

/// Loses every message that this person sends, and keeps a copy.
std::shared_ptr<std::vector<wire::SendMessage>> loseSends(Citizen &person)
{
    auto sends = std::make_shared<std::vector<wire::SendMessage>>(); // shared with the network
    person.network->toServer().copies = [sends](const QByteArray &bytes) {
        const auto frame = wire::decodeClientFrame(bytes);
        const auto *send = frame ? std::get_if<wire::SendMessage>(&frame->body) : nullptr;
        if (send)
            sends->push_back(*send);
        return send ? 0 : 1;
    };
    return sends;
}

} // namespace

class FailedMessageRetried : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sevenDaysOverFailsAndARetrySendsTheSameBytes()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        const auto lost = loseSends(alice);
        const auto mid = alice.says(bob, "late");
        QVERIFY(town.until([&] { return lost->size() == 1; }));
        town.server.time.jumpWall(7 * day - milliseconds { 3'600'000 });
        town.pass(milliseconds { 1'800'000 });
        QVERIFY(!alice.message(mid).failedReason);
        town.pass(milliseconds { 3'600'000 });
        QCOMPARE(alice.message(mid).failedReason.value_or(""), std::string("expired"));
        QVERIFY(alice.engine->outbox().isEmpty());

        alice.network->toServer().copies = {};
        alice.says(bob, "between"); // names the number of the failed one as void
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        const auto again = support::recordSends(alice);
        QVERIFY(alice.engine->outbox().retry(mid));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }));
        QCOMPARE(again->front().mid, mid);
        QVERIFY(again->front().targets == lost->front().targets);
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; }));
        QVERIFY(!alice.message(mid).failedReason);
        QCOMPARE(bob.events("message.received"), 3);
        QCOMPARE(bob.events("messages.missing"), 0);
    }

    void cancelledMessageKeepsItsBytesAcrossARestart()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        const auto lost = loseSends(alice);
        const auto mid = alice.says(bob, "not now");
        QVERIFY(town.until([&] { return lost->size() == 1; }));
        alice.network->refuse({ ErrorCode::network, "the cable is out" });
        alice.network->cut();
        QVERIFY(town.until([&] { return !alice.engine->connection().isOnline(); }));
        const auto cancelled = alice.engine->outbox().cancel(mid);
        QVERIFY(cancelled && *cancelled);
        alice.leaves();
        alice.network->allow();
        const auto again = support::recordSends(alice);
        alice.comes();
        town.pass(milliseconds { 5'000 });
        QVERIFY(again->empty());
        QVERIFY(alice.engine->outbox().retry(mid));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        QVERIFY(again->front().targets == lost->front().targets);
    }

    /// Bytes for a key that is not trusted any more are thrown away: the retry is for the accepted one.
    void acceptedKeyMakesNewBytes()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        const auto lost = loseSends(alice);
        const auto mid = alice.says(bob, "for whom");
        QVERIFY(town.until([&] { return lost->size() == 1; }));
        alice.network->refuse({ ErrorCode::network, "the cable is out" });
        alice.network->cut();
        QVERIFY(town.until([&] { return !alice.engine->connection().isOnline(); }));
        QVERIFY(*alice.engine->outbox().cancel(mid));
        alice.network->allow();
        support::KeyHolder mallory(town, bob.id());
        auto row = **alice.database().contacts().find(bob.id());
        row.trust = client::Trust::changed;
        row.candidateKey = toByteArray(mallory.info("bob").accountKey.view());
        row.candidateList = mallory.signedList().list;
        row.candidateSignature = mallory.signedList().signature.bytes();
        QVERIFY(alice.database().contacts().save(row));
        QVERIFY(alice.engine->safety().reset(bob.address()));
        support::lie(alice, [&](wire::ServerBody &body) {
            if (auto *bundles = std::get_if<wire::Bundles>(&body))
                bundles->accounts.front() = mallory.bundles();
            if (auto *info = std::get_if<wire::AccountInfo>(&body))
                *info = mallory.info("bob");
        });
        const auto again = support::recordSends(alice);
        QVERIFY(alice.engine->outbox().retry(mid));
        QVERIFY(town.until([&] { return !again->empty(); }));
        QVERIFY(again->front().targets != lost->front().targets);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::FailedMessageRetried)
#include "tst_failed_message_retried.moc"
