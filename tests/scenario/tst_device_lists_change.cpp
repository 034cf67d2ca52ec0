// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery ST6; security C5, C7, C21, ERR5, ERR6
#include "common/wire/codec.h"
#include "common/wire/content/content.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::KeyHolder;
using support::recordSends;
using support::Town;

class DeviceListsChange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void newDeviceGetsACiphertextAndTheOtherKeepsItsBytes()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        KeyHolder bobs(town, bob);
        bobs.addDevice(2);
        bobs.publish(bob.id());
        const auto sends = recordSends(alice);
        const auto mid = alice.says(bob, "to both");
        QVERIFY(town.until([&] { return alice.message(mid).state >= client::MessageState::accepted; }));
        QCOMPARE(alice.events("devices.changed"), 1);
        QCOMPARE(sends->size(), std::size_t { 2 });
        const auto &first = sends->at(0), &second = sends->at(1);
        QCOMPARE(first.mid, mid);
        QCOMPARE(second.mid, mid);
        QCOMPARE(first.targets.front().ciphertexts.size(), std::size_t { 1 });
        QCOMPARE(second.targets.front().ciphertexts.size(), std::size_t { 2 });
        QVERIFY(first.targets.front().ciphertexts.front() == second.targets.front().ciphertexts.front());
        const auto identity = (*alice.database().account().load())->identityPublic;
        const auto opened = bobs.open(2, alice.device(), identity, second.targets.front().ciphertexts.back());
        QVERIFY(opened);
        const auto content = wire::decodeContent(*opened);
        QCOMPARE(content->header.mid, mid);
        QCOMPARE(std::get<wire::Text>(content->body).text, std::string("to both"));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        const auto ghost = town.server.queueOf({ bob.id(), 2 });
        QCOMPARE(ghost.messages, std::uint64_t { 1 });
    }

    void removedDeviceGetsNothingMore()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        KeyHolder bobs(town, bob);
        bobs.addDevice(2);
        bobs.publish(bob.id());
        alice.says(bob, "to both");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        bobs.removeDevice(2);
        bobs.publish(bob.id());
        const auto sends = recordSends(alice);
        const auto mid = alice.says(bob, "to one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        QCOMPARE(sends->back().mid, mid);
        QCOMPARE(sends->back().targets.front().ciphertexts.size(), std::size_t { 1 });
        QCOMPARE(sends->back().targets.front().ciphertexts.front().device, std::uint16_t { 1 });
        QVERIFY(sends->front().targets.front().ciphertexts.front()
                == sends->back().targets.front().ciphertexts.front());
    }

    /// The primary signs its list anew every week: that alone must not cost sessions or prekeys.
    void renewedListKeepsSessionAndBytes()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        KeyHolder bobs(town, bob);
        ++bobs.list.version;
        bobs.publish(bob.id());
        const auto stock = support::valueOf(town.server.keys.stock(bob.device()))->oneTime;
        const auto sends = recordSends(alice);
        alice.says(bob, "after");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        QCOMPARE(sends->size(), std::size_t { 2 });
        QVERIFY(sends->at(0).targets.front().ciphertexts == sends->at(1).targets.front().ciphertexts);
        QCOMPARE(support::valueOf(town.server.keys.stock(bob.device()))->oneTime, stock);
        QCOMPARE(alice.events("devices.changed"), 0);
    }

    /// Refused as stale under the very list it was made for: another key stands there, so a new session is begun.
    void staleDeviceGetsANewSessionAndTheSameMid()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        int refused = 0;
        support::lie(alice, [&](wire::ServerBody &body) {
            if (std::holds_alternative<wire::Accepted>(body) && ++refused == 1)
                body = wire::DeviceMismatch { { { bob.id(), 1, {}, {}, { 1 } } } };
        });
        const auto sends = recordSends(alice);
        const auto mid = alice.says(bob, "once more");
        QVERIFY(town.until([&] { return alice.message(mid).state >= client::MessageState::accepted; }));
        QCOMPARE(sends->size(), std::size_t { 2 });
        QVERIFY(sends->at(0).targets.front().ciphertexts != sends->at(1).targets.front().ciphertexts);
        QCOMPARE(sends->at(0).mid, sends->at(1).mid);
        town.pass(milliseconds { 5'000 });
        QCOMPARE(bob.reads(alice), (std::vector<std::string> { "before", "once more" }));
        QCOMPARE(bob.events("message.received"), 2);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::DeviceListsChange)
#include "tst_device_lists_change.moc"
