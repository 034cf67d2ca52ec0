// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C23, TR9, EV22, ADV-L; delivery FI13, PK7, I10
#include "common/wire/codec.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"
#include "tests/unit/common/client_store/memory_keyring.h"

#include <QFile>
#include <QtTest>

#include <map>

namespace kith {

using support::Citizen;
using support::lie;
using support::Town;

namespace {

constexpr milliseconds hour { 3'600'000 };
const std::string warning = "This profile is an older copy";

int warnings(Citizen &reader, const Citizen &peer)
{
    const auto history = reader.history(peer);
    return static_cast<int>(std::ranges::count_if(
        history, [](const client::Message &message) { return message.text.rfind(warning, 0) == 0; }));
}

/// Every ciphertext of one sender by what names its key and IV: the ratchet key and the place in its chain.
class KeyUse {
public:
    explicit KeyUse(Citizen &sender) : random_(), stores_(random_)
    {
        sessions_ = std::move(*crypto::Sessions::open(stores_.stores(), random_));
        sender.network->toServer().copies = [this](const QByteArray &bytes) {
            const auto frame = wire::decodeClientFrame(bytes);
            if (const auto *send = frame ? std::get_if<wire::SendMessage>(&frame->body) : nullptr)
                add(*send);
            return 1;
        };
    }

    int twice = 0; ///< other bytes under a key and IV that were used already
    std::size_t used() const { return bytes_.size(); }

private:
    void add(const wire::SendMessage &send)
    {
        for (const auto &ciphertext : send.targets.front().ciphertexts) {
            const bool begins = ciphertext.type == wire::CiphertextType::preKey;
            const auto header = sessions_->peek(
                { begins ? crypto::CiphertextType::preKey : crypto::CiphertextType::message, ciphertext.content });
            const auto body = begins ? ciphertext.content.right(64) : ciphertext.content;
            const auto [at, fresh] = bytes_.try_emplace({ header->ratchetKey, header->counter }, body);
            twice += !fresh && at->second != body ? 1 : 0;
        }
    }

    SystemRandom random_;
    crypto::MemoryStores stores_;
    std::unique_ptr<crypto::Sessions> sessions_;
    std::map<std::pair<QByteArray, std::uint32_t>, QByteArray> bytes_;
};

void keepCopy(const Citizen &citizen)
{
    const auto path = QString::fromStdString(citizen.path());
    QFile::remove(path + ".old");
    if (!QFile::copy(path, path + ".old"))
        qFatal("no copy");
}

void restoreCopy(const Citizen &citizen)
{
    const auto path = QString::fromStdString(citizen.path());
    for (const auto *more : { "", "-wal", "-shm" })
        QFile::remove(path + QString::fromLatin1(more));
    if (!QFile::copy(path + ".old", path))
        qFatal("no copy to restore");
}

} // namespace

class OlderCopyOfAProfile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMessageArrivesAndNoKeyIsUsedTwice()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        KeyUse keys(alice);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        bob.says(alice, "two");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
        town.pass(milliseconds { 5'000 });
        alice.leaves();
        keepCopy(alice);
        alice.comes();
        for (int i = 0; i < 5; ++i)
            alice.says(bob, "later " + std::to_string(i));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 7; }));
        alice.leaves();

        restoreCopy(alice);
        const auto stock = support::valueOf(town.server.keys.stock(bob.device()))->oneTime;
        alice.comes();
        QCOMPARE(warnings(alice, bob), 1);
        const auto used = keys.used();
        for (int i = 0; i < 5; ++i)
            alice.says(bob, "restored " + std::to_string(i));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 12; }));
        bob.says(alice, "still here");
        QVERIFY(town.until([&] { return alice.reads(bob).back() == "still here"; }));
        town.pass(milliseconds { 30'000 });
        QVERIFY(keys.used() > used);
        QCOMPARE(keys.twice, 0);
        QVERIFY(support::valueOf(town.server.keys.stock(bob.device()))->oneTime < stock); // a new session was begun
        QCOMPARE(bob.events("message.received"), 11);
        QVERIFY(alice.engine->outbox().isEmpty());
    }

    /// What was sealed before anybody could know is sealed anew before it leaves.
    void messageComposedOfflineIsSealedAnew()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        KeyUse keys(alice);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        bob.says(alice, "two");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
        town.pass(milliseconds { 5'000 });
        alice.leaves();
        keepCopy(alice);
        alice.comes();
        for (int i = 0; i < 5; ++i)
            alice.says(bob, "later " + std::to_string(i));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 7; }));
        alice.leaves();

        restoreCopy(alice);
        alice.network->refuse({ ErrorCode::network, "the cable is out" });
        alice.opens();
        const auto mid = alice.says(bob, "offline");
        QVERIFY(!alice.engine->connection().isOnline());
        alice.network->allow();
        QVERIFY(town.until([&] { return alice.message(mid).state == client::MessageState::delivered; },
                           milliseconds { 120'000 }));
        const auto read = bob.reads(alice);
        QVERIFY(std::ranges::count(read, std::string("offline")) == 1);
        QCOMPARE(keys.twice, 0);
    }

    void serversWordAloneResetsOnceADay()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        std::uint64_t claim = 1'000'000;
        lie(alice, [&](wire::ServerBody &body) {
            if (auto *ready = std::get_if<wire::Ready>(&body))
                ready->sendCounter = claim *= 10;
        });
        for (int i = 0; i < 4; ++i) {
            alice.leaves();
            alice.comes();
        }
        QCOMPARE(warnings(alice, bob), 1);
        town.server.time.jumpWall(25 * hour);
        alice.leaves();
        alice.comes();
        QCOMPARE(warnings(alice, bob), 2);
        claim = ~std::uint64_t { 0 } / 10; // a lie cannot use up the counter
        town.server.time.jumpWall(25 * hour);
        alice.leaves();
        alice.comes();
        QCOMPARE(warnings(alice, bob), 3);
        lie(alice, {});
        alice.leaves();
        alice.comes();
        alice.says(bob, "two");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        QCOMPARE(warnings(alice, bob), 3);
    }

    /// A server that forgot, or hides it: the keyring's copy is enough, and no day has to pass.
    void keyringKnowsWithoutTheServer()
    {
        Town town;
        client::MemoryKeyring keyring;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        alice.keyring = &keyring;
        town.introduce(alice, bob);
        KeyUse keys(alice);
        lie(alice, [](wire::ServerBody &body) {
            if (auto *ready = std::get_if<wire::Ready>(&body))
                ready->sendCounter = 0;
        });
        alice.leaves();
        alice.comes();
        alice.says(bob, "one");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        for (int round = 1; round <= 2; ++round) {
            alice.leaves();
            keepCopy(alice);
            alice.comes();
            alice.says(bob, "later");
            QVERIFY(town.until([&] { return bob.reads(alice).back() == "later"; }));
            alice.leaves();
            restoreCopy(alice);
            alice.comes();
            QCOMPARE(warnings(alice, bob), round);
            alice.says(bob, "restored");
            QVERIFY(town.until([&] { return bob.reads(alice).back() == "restored"; }));
        }
        QCOMPARE(keys.twice, 0);
    }

    void copyIsMadeEvery256Sends()
    {
        Town town;
        client::MemoryKeyring keyring;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.leaves();
        alice.keyring = &keyring;
        alice.comes();
        const auto copy = [&] { return keyring.entries.at("alice").toULongLong(); };
        const auto first = copy();
        for (int i = 0; i < 256; ++i)
            alice.says(bob, "x");
        QVERIFY(copy() > first);
        QCOMPARE(copy() % 256, 0ULL);
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 200; }, milliseconds { 600'000 })); // one page
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::OlderCopyOfAProfile)
#include "tst_older_copy_of_a_profile.moc"
