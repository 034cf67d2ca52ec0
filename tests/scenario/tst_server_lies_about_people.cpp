// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C6, C7, C14, C21, KEY1, KEY3, EV1, EV3, EV4, EV5, EV19, TR2, TR16
#include "common/wire/codec.h"
#include "common/wire/content/content.h"
#include "tests/support/client/insider.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Insider;
using support::KeyHolder;
using support::lie;
using support::recordSends;
using support::Town;

namespace {

using Change = std::function<void(wire::ServerBody &)>;

/// Shows `held` in the place of its account, whatever is asked.
Change showInstead(KeyHolder &held, const std::string &name)
{
    return [&held, name](wire::ServerBody &body) {
        if (auto *info = std::get_if<wire::AccountInfo>(&body); info && info->account == held.list.account)
            *info = held.info(name);
        if (auto *bundles = std::get_if<wire::Bundles>(&body)) {
            for (auto &one : bundles->accounts) {
                if (one.account == held.list.account)
                    one = held.bundles();
            }
        }
    };
}

/// Refuses every send: the device is missing, look at the list.
Change refuseSends(const AccountId &account, std::uint16_t missing, const Change &also)
{
    return [account, missing, also](wire::ServerBody &body) {
        if (std::holds_alternative<wire::Accepted>(body))
            body = wire::DeviceMismatch { { { account, 9, { missing }, {}, {} } } };
        also(body);
    };
}

int lines(Citizen &reader, const Citizen &peer, const std::string &part)
{
    const auto history = reader.history(peer);
    return static_cast<int>(std::ranges::count_if(history, [&](const client::Message &message) {
        return message.kind == client::MessageKind::system && message.text.find(part) != std::string::npos;
    }));
}

bool hasTarget(const std::vector<wire::SendMessage> &sends, std::uint16_t number)
{
    for (const auto &send : sends) {
        for (const auto &ciphertext : send.targets.front().ciphertexts) {
            if (ciphertext.device == number)
                return true;
        }
    }
    return false;
}

} // namespace

class ServerLiesAboutPeople : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsEncryptedToASwappedKey_data()
    {
        QTest::addColumn<bool>("verified");
        QTest::newRow("first use") << false;
        QTest::newRow("verified") << true;
    }
    void nothingIsEncryptedToASwappedKey()
    {
        QFETCH(bool, verified);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        if (verified)
            QVERIFY(alice.engine->safety().verify(bob.address(), {}));
        const auto trust = verified ? client::Trust::verified : client::Trust::tofu;

        KeyHolder mallory(town, bob.id());
        const auto sends = recordSends(alice);
        lie(alice, refuseSends(bob.id(), 2, showInstead(mallory, "bob")));
        alice.says(bob, "during"); // reaches him under his own key, and is then called refused
        QVERIFY(town.until([&] { return alice.events("identity.changed") == 1; }));
        const auto held = get(town, alice.engine->outbox().send({ { bob.address() }, "held", {}, {} }));
        town.pass(milliseconds { 60'000 });
        QCOMPARE(*held->front().failedReason, std::string("untrustedIdentity"));
        QCOMPARE(alice.message(held->front().mid).state, client::MessageState::queued);
        QCOMPARE(bob.reads(alice).size(), std::size_t { 2 });
        QCOMPARE(lines(alice, bob, "changed"), 1);
        QVERIFY(!alice.engine->safety().verify(bob.address(), {}));
        const auto identity = (*alice.database().account().load())->identityPublic;
        for (const auto &send : *sends) {
            for (const auto &ciphertext : send.targets.front().ciphertexts)
                QVERIFY(!mallory.open(1, alice.device(), identity, ciphertext));
        }

        lie(alice, {});
        alice.says(bob, "after");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 4; }, milliseconds { 10'000 }));
        QCOMPARE(alice.engine->contacts().find(bob.address())->trust, trust);
        QVERIFY(alice.engine->outbox().isEmpty());
    }

    void messageUnderAChangedKeyWaitsOnlyForVerifiedContacts_data()
    {
        QTest::addColumn<bool>("verified");
        QTest::newRow("first use") << false;
        QTest::newRow("verified") << true;
    }
    void messageUnderAChangedKeyWaitsOnlyForVerifiedContacts()
    {
        QFETCH(bool, verified);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        bob.says(alice, "old key");
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 1; }));
        if (verified)
            QVERIFY(alice.engine->safety().verify(bob.address(), {}));
        KeyHolder anew(town, bob.id());
        lie(alice, showInstead(anew, "bob"));
        const auto content = Insider(bob, alice).text("new key");
        const auto sealed = anew.seal(alice, wire::encode(content));
        town.plant(alice.device(), bob.device(), content.header.mid, wire::CiphertextType::preKey, sealed.bytes);
        QVERIFY(town.until([&] { return alice.events("identity.changed") == 1; }));
        town.pass(milliseconds { 5'000 });
        QCOMPARE(alice.reads(bob).size(), std::size_t { verified ? 1U : 2U });
        QCOMPARE(lines(alice, bob, "changed"), 1);

        bob.says(alice, "still the old key"); // whoever holds the old key is read as ever
        QVERIFY(town.until([&] { return alice.events("message.received") == (verified ? 2 : 3); }));
        QCOMPARE(alice.reads(bob).back(), std::string("still the old key"));

        const auto sends = recordSends(alice); // an answer, a receipt, a heartbeat: all of it waits
        alice.says(bob, "answer");
        town.pass(milliseconds { 60'000 });
        QVERIFY(sends->empty());
        QVERIFY(alice.engine->safety().reset(bob.address()));
        QVERIFY(town.until([&] { return alice.events("message.received") == 3; }));
        const auto texts = alice.reads(bob);
        QCOMPARE(std::ranges::count(texts, "new key"), 1);
        QVERIFY(town.until([&] { return !sends->empty(); }));
        const auto identity = (*alice.database().account().load())->identityPublic;
        QVERIFY(anew.open(1, alice.device(), identity, sends->front().targets.front().ciphertexts.front()));
    }

    /// The switch is real: what a person accepts, the attacker reads.
    void acceptedKeyIsUsedAndOldSessionsAreNot()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        KeyHolder mallory(town, bob.id());
        lie(alice, refuseSends(bob.id(), 2, showInstead(mallory, "bob")));
        alice.says(bob, "during");
        QVERIFY(town.until([&] { return alice.events("identity.changed") == 1; }));
        const auto sends = recordSends(alice);
        lie(alice, showInstead(mallory, "bob"));
        QVERIFY(alice.engine->safety().reset(bob.address()));
        QVERIFY(town.until([&] { return !sends->empty(); }));
        const auto identity = (*alice.database().account().load())->identityPublic;
        const auto opened =
            mallory.open(1, alice.device(), identity, sends->front().targets.front().ciphertexts.front());
        QVERIFY(opened);
        QCOMPARE(std::get<wire::Text>(wire::decodeContent(*opened)->body).text, std::string("during"));
    }

    void malformedBundleIsRefused_data()
    {
        using Bundle = wire::DeviceBundle;
        QTest::addColumn<std::function<void(Bundle &)>>("damage");
        QTest::addColumn<bool>("readable"); ///< the frame itself still is one
        const auto row = [](const char *name, bool readable, std::function<void(Bundle &)> damage) {
            QTest::newRow(name) << damage << readable;
        };
        row("no signature", false, [](Bundle &bundle) { bundle.signedPreKey.signature.clear(); });
        row("bad signature", true, [](Bundle &bundle) { bundle.signedPreKey.signature[5] ^= 1; });
        row("low order", true,
            [](Bundle &bundle) { bundle.oneTime->publicKey = QByteArray("\x05") + QByteArray(32, 0); });
        row("short key", false, [](Bundle &bundle) { bundle.signedPreKey.publicKey.chop(1); });
        row("long key", false, [](Bundle &bundle) { bundle.signedPreKey.publicKey += 'x'; });
        row("id 0", false, [](Bundle &bundle) { bundle.signedPreKey.id = 0; });
        row("id 0xffffff", false, [](Bundle &bundle) { bundle.oneTime->id = 0xFFFFFF; });
        row("unknown device", true, [](Bundle &bundle) { bundle.device = 7; });
    }
    void malformedBundleIsRefused()
    {
        QFETCH(std::function<void(wire::DeviceBundle &)>, damage);
        QFETCH(bool, readable);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        int shown = 0;
        lie(alice, [&](wire::ServerBody &body) {
            if (auto *bundles = std::get_if<wire::Bundles>(&body)) {
                damage(bundles->accounts.front().bundles.front());
                ++shown;
            }
        });
        const auto mid = alice.says(bob, "hello");
        QVERIFY(town.until([&] { return shown > 0; }));
        town.pass(milliseconds { 2'000 });
        QCOMPARE(alice.message(mid).state, client::MessageState::queued);
        QVERIFY(alice.database().crypto().sessions.devicesOf(bob.id())->empty());
        QCOMPARE(lines(alice, bob, "were refused"), readable ? 1 : 0);
        QCOMPARE(bob.history(alice).size(), std::size_t { 0 });

        lie(alice, {});
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }, milliseconds { 120'000 }));
    }

    void ghostDeviceGetsNothing()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        KeyHolder ghost(town, bob);
        ghost.addDevice(2);
        const auto unsignedList = [&](wire::SignedDeviceList &devices) {
            devices.list = ghost.signedList().list; // the signature is still that of the honest one
        };
        const auto sends = recordSends(alice);
        lie(alice, refuseSends(bob.id(), 2, [&](wire::ServerBody &body) {
                if (auto *info = std::get_if<wire::AccountInfo>(&body))
                    unsignedList(info->devices);
                if (auto *bundles = std::get_if<wire::Bundles>(&body))
                    unsignedList(bundles->accounts.front().devices);
            }));
        alice.says(bob, "during");
        QVERIFY(town.until([&] { return lines(alice, bob, "not signed by") == 1; }));
        town.pass(milliseconds { 60'000 });
        QCOMPARE(lines(alice, bob, "not signed by"), 1); // once, however often it lies
        QVERIFY(!hasTarget(*sends, 2));

        lie(alice, {});
        alice.says(bob, "after");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }, milliseconds { 120'000 }));
        QCOMPARE(bob.reads(alice).back(), std::string("after"));
    }

    /// A warning that could not be written was not given: the next lie is warned of.
    void warningThatWasNotStoredComesAgain()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "before");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        KeyHolder ghost(town, bob);
        ghost.addDevice(2);
        int asked = 0;
        lie(alice, refuseSends(bob.id(), 2, [&](wire::ServerBody &body) {
                auto *info = std::get_if<wire::AccountInfo>(&body);
                if (!info)
                    return;
                info->devices.list = ghost.signedList().list;
                if (++asked == 1) // the disk is full just then
                    QVERIFY(alice.database().connection().run("CREATE TEMP TRIGGER full BEFORE INSERT ON message "
                                                              "BEGIN SELECT RAISE(ABORT, 'full'); END"));
                else
                    QVERIFY(alice.database().connection().run("DROP TRIGGER IF EXISTS full"));
            }));
        alice.says(bob, "during");
        QVERIFY(town.until([&] { return asked >= 2; }));
        town.pass(milliseconds { 60'000 });
        QCOMPARE(lines(alice, bob, "not signed by"), 1);
    }

    void olderListWithARevokedDeviceIsRefused()
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
        const auto older = bobs.signedList();
        alice.says(bob, "two devices");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        bobs.removeDevice(2);
        bobs.publish(bob.id());
        alice.says(bob, "one device");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }));

        const auto sends = recordSends(alice);
        lie(alice, refuseSends(bob.id(), 2, [&](wire::ServerBody &body) {
                if (auto *info = std::get_if<wire::AccountInfo>(&body))
                    info->devices = older;
            }));
        alice.says(bob, "during");
        QVERIFY(town.until([&] { return lines(alice, bob, "old device list") == 1; }));
        town.pass(milliseconds { 30'000 });
        QVERIFY(!hasTarget(*sends, 2));
        lie(alice, {});
        alice.says(bob, "after");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 5; }, milliseconds { 120'000 }));
    }

    void withheldOneTimeKeyStillMakesASession()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        lie(alice, [](wire::ServerBody &body) {
            if (auto *bundles = std::get_if<wire::Bundles>(&body))
                bundles->accounts.front().bundles.front().oneTime.reset();
        });
        town.introduce(alice, bob);
        alice.says(bob, "without");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        QCOMPARE(bob.events("message.received"), 1);
    }

    void reusedOneTimeKeyHealsAndBothAreShownOnce()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &carol = town.citizen("carol");
        auto &bob = town.citizen("bob");
        std::optional<wire::DeviceBundle> first;
        const auto sameForAll = [&](wire::ServerBody &body) {
            auto *bundles = std::get_if<wire::Bundles>(&body);
            if (!bundles || bundles->accounts.front().account != bob.id())
                return;
            auto &bundle = bundles->accounts.front().bundles.front();
            if (!first)
                first = bundle;
            bundle = *first;
        };
        town.introduce(alice, bob);
        town.introduce(carol, bob);
        lie(alice, sameForAll);
        lie(carol, sameForAll);
        alice.says(bob, "from alice");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        carol.says(bob, "from carol");
        QVERIFY(town.until([&] { return first.has_value() && bob.history(carol).size() == 1; }));
        lie(carol, {}); // the retry's own session is made by bob
        QVERIFY(town.until([&] { return bob.reads(carol).size() == 1; }));
        town.pass(milliseconds { 10'000 });
        QCOMPARE(bob.reads(alice), (std::vector<std::string> { "from alice" }));
        QCOMPARE(bob.reads(carol), (std::vector<std::string> { "from carol" }));
        QCOMPARE(bob.events("message.received"), 2);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::ServerLiesAboutPeople)
#include "tst_server_lies_about_people.moc"
