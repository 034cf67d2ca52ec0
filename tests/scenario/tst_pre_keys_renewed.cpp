// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C12, C13, C14, LIM9; delivery PK1, PK2, PK3, PK6
#include "common/wire/codec.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"

#include <QtTest>

#include <set>

namespace kith {

using support::Citizen;
using support::Town;
using support::valueOf;

namespace {

constexpr milliseconds day { 24LL * 3600 * 1000 };

/// Hands every upload of prekeys to `seen`; false from it loses the frame.
void watchUploads(Citizen &person, std::function<bool(const wire::PublishPreKeys &)> seen)
{
    person.network->toServer().copies = [seen = std::move(seen)](const QByteArray &bytes) {
        const auto frame = wire::decodeClientFrame(bytes);
        const auto *upload = frame ? std::get_if<wire::PublishPreKeys>(&frame->body) : nullptr;
        return upload && !seen(*upload) ? 0 : 1;
    };
}

std::uint32_t currentSignedId(Citizen &person)
{
    return (*person.database().account().load())->currentSignedId;
}

std::uint32_t signedIdAtServer(Town &town, Citizen &person)
{
    return valueOf(town.server.keys.stock(person.device()))->signedPreKeyId;
}

void drain(Town &town, Citizen &person, int keys)
{
    for (int i = 0; i < keys; ++i) {
        if (!valueOf(town.server.keys.take(person.device(), 0)))
            qFatal("no key to take");
    }
}

} // namespace

class PreKeysRenewed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// The owner is told while online; when the refill comes says nothing about when that was.
    void lowStockIsRefilledAfterARandomTime()
    {
        std::set<std::int64_t> delays;
        for (int i = 0; i < 4; ++i) {
            Town town;
            auto &alice = town.citizen("alice");
            auto &bob = town.citizen("bob");
            drain(town, alice, 76);
            bool uploaded = false;
            watchUploads(alice, [&](const wire::PublishPreKeys &) { return uploaded = true; });
            const auto start = town.server.time.monotonic();
            bob.says(alice, "takes the 77th"); // the server tells alice that few are left
            QVERIFY(town.until([&] { return uploaded; }, milliseconds { 61'000 }));
            delays.insert((town.server.time.monotonic() - start).count() / 1'000);
            town.pass(milliseconds { 1'000 });
            QCOMPARE(valueOf(town.server.keys.stock(alice.device()))->oneTime, 100U);
        }
        QVERIFY2(delays.size() > 1, "every refill came after the same time");
    }

    void sameIdWithAnotherKeyMakesANewBatch()
    {
        Town town;
        auto &alice = town.citizen("alice");
        const auto device = alice.device();
        drain(town, alice, 90);
        std::vector<wire::PreKey> strange; // as an older copy of this profile would have left them
        for (std::uint32_t id = 101; id <= 110; ++id)
            strange.push_back({ id, QByteArray("\x05") + QByteArray(32, static_cast<char>(id)), {} });
        QVERIFY(valueOf(town.server.keys.putOneTime(device, strange)));
        std::vector<std::uint32_t> firstIds;
        watchUploads(alice, [&](const wire::PublishPreKeys &upload) {
            firstIds.push_back(upload.preKeys.front().id);
            return true;
        });
        alice.network->cut();
        QVERIFY(town.until([&] { return valueOf(town.server.keys.stock(device))->oneTime >= 90; },
                           milliseconds { 300'000 }));
        QVERIFY(firstIds.size() >= 2 && firstIds.front() == 101);
        QVERIFY(firstIds.back() > 110);
        // Every key of hers that is handed out has its private half.
        for (int i = 0; i < 90; ++i) {
            const auto taken = valueOf(town.server.keys.take(device, 0));
            const auto id = taken->oneTime->id;
            if (id < 101 || id > 110)
                QVERIFY2(*alice.database().crypto().preKeys.contains(id), qPrintable(QString::number(id)));
        }
    }

    void lostReplyUploadsTheSameBatchAgain()
    {
        Town town;
        auto &alice = town.citizen("alice");
        drain(town, alice, 80);
        std::vector<wire::PublishPreKeys> uploads;
        watchUploads(alice, [&](const wire::PublishPreKeys &upload) {
            uploads.push_back(upload);
            return true;
        });
        alice.network->toClient().copies = [&](const QByteArray &bytes) {
            const auto frame = wire::decodeServerFrame(bytes);
            const bool reply = frame && frame->requestId != 0 && std::holds_alternative<wire::PreKeyCount>(frame->body);
            return reply && uploads.size() == 1 ? 0 : 1;
        };
        alice.network->cut();
        QVERIFY(town.until([&] { return uploads.size() == 1; }, milliseconds { 180'000 }));
        town.pass(milliseconds { 1'000 });
        alice.network->cut();
        QVERIFY(town.until([&] { return uploads.size() == 2; }, milliseconds { 180'000 }));
        QVERIFY(uploads.at(0) == uploads.at(1));
        town.pass(milliseconds { 1'000 });
        QVERIFY(alice.database().crypto().preKeys.unconfirmed(1)->empty());
    }

    void signedKeyIsCurrentOnlyOnceConfirmed()
    {
        Town town;
        auto &alice = town.citizen("alice");
        const auto before = currentSignedId(alice);
        alice.leaves();
        town.server.time.jumpWall(3 * day);
        int lost = 0;
        watchUploads(alice, [&](const wire::PublishPreKeys &) {
            ++lost;
            return false;
        });
        alice.comes();
        QVERIFY(town.until([&] { return lost == 1; }));
        town.pass(milliseconds { 30'000 });
        QCOMPARE(currentSignedId(alice), before);
        QVERIFY(*alice.database().crypto().signedPreKeys.contains(before));
        alice.network->toServer().copies = {};
        alice.network->cut();
        QVERIFY(town.until([&] { return currentSignedId(alice) != before; }));
        QCOMPARE(signedIdAtServer(town, alice), currentSignedId(alice));
    }

    void youngSignedKeyStaysAtConnect()
    {
        Town town;
        auto &alice = town.citizen("alice");
        const auto before = currentSignedId(alice);
        alice.leaves();
        town.server.time.jumpWall(2 * day - milliseconds { 60'000 });
        alice.comes();
        town.pass(milliseconds { 5'000 });
        QCOMPARE(currentSignedId(alice), before);
    }

    void signedKeyIsRotatedWhileOnline()
    {
        Town town;
        auto &alice = town.citizen("alice");
        alice.leaves();
        alice.comes();
        const auto before = currentSignedId(alice);
        town.server.time.jumpWall(7 * day - milliseconds { 7'200'000 });
        town.pass(milliseconds { 3'660'000 });
        QCOMPARE(currentSignedId(alice), before);
        town.pass(milliseconds { 2 * 3'660'000 });
        QVERIFY(currentSignedId(alice) != before);
        QCOMPARE(signedIdAtServer(town, alice), currentSignedId(alice));
    }

    /// A private half is kept 30 days after its successor was confirmed.
    void oldSignedKeyOpensForThirtyDays_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("opens");
        QTest::newRow("29 days") << 29 << true;
        QTest::newRow("31 days") << 31 << false;
    }
    void oldSignedKeyOpensForThirtyDays()
    {
        QFETCH(int, days);
        QFETCH(bool, opens);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        drain(town, bob, 100); // so that the signed prekey alone begins the session
        town.introduce(alice, bob);
        const auto old = currentSignedId(bob);
        const auto bobs = bob.device(), alices = alice.device();
        bob.leaves();
        const auto sends = support::recordSends(alice);
        const auto mid = alice.says(bob, "from long ago");
        QVERIFY(town.until([&] { return town.server.queueOf(bobs).messages == 1; }));
        const auto last = town.server.queueOf(bobs).last;
        QVERIFY(valueOf(town.server.queues.settle({ { bobs, last, false } }))); // held back by the server
        const auto ciphertext = sends->front().targets.front().ciphertexts.front();
        QVERIFY(ciphertext.type == wire::CiphertextType::preKey);
        town.pass(milliseconds { 1'000 });
        alice.leaves();

        town.server.time.jumpWall(3 * day);
        bob.comes();
        QVERIFY(town.until([&] { return currentSignedId(bob) != old; }));
        bob.leaves();
        town.server.time.jumpWall(days * day);
        town.plant(bobs, alices, mid, ciphertext.type, ciphertext.content);
        bob.comes();
        QVERIFY(town.until([&] { return bob.history(alice).size() == 1; }));
        QCOMPARE(bob.history(alice).front().kind == client::MessageKind::text, opens);
        alice.comes(); // where it did not open, the retry brings it
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }, milliseconds { 120'000 }));
        QCOMPARE(bob.reads(alice).front(), std::string("from long ago"));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::PreKeysRenewed)
#include "tst_pre_keys_renewed.moc"
