// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C6, C21, KEY1, KEY2, KEY3, TR16
#include "common/client/trusted_list.h"
#include "common/crypto/identity_key.h"
#include "common/crypto/signing_key.h"

#include <QtTest>

#include <functional>

namespace kith::client {

namespace {

AccountId account(std::uint8_t letter)
{
    AccountId id;
    id.octets.fill(letter);
    return id;
}

/// An account's keys and its list.
struct Keys {
    explicit Keys(const AccountId &theAccount) : accountKey(std::move(*crypto::SigningKey::generate(random)))
    {
        list.account = theAccount;
        list.version = 1;
        list.issued = fromMs(1'767'225'600'000);
        list.expires = list.issued + wire::deviceListLifetime;
    }

    /// Its counter-signature is for `agreedAccount`, by `agreeing`.
    void add(std::uint16_t number, const AccountId &agreedAccount, const crypto::IdentityKeyPair &identity,
             const crypto::IdentityKeyPair &agreeing)
    {
        wire::DeviceEntry entry;
        entry.number = number;
        entry.identityKey = identity.publicKey;
        entry.signingKey = crypto::SigningKey::generate(random)->publicKey();
        entry.added = list.issued;
        entry.certificate =
            *accountKey.sign(wire::certificateContext, viewOf(wire::certificateBytes(list.account, entry)));
        entry.counterSignature = *crypto::signWithIdentity(
            agreeing, wire::counterSignatureContext,
            viewOf(wire::counterSignatureBytes(agreedAccount, accountKey.publicKey(), entry)), random);
        list.devices.push_back(std::move(entry));
    }
    void add(std::uint16_t number)
    {
        const auto identity = crypto::generateIdentityKeyPair(random);
        add(number, list.account, *identity, *identity);
    }
    wire::SignedDeviceList signedList() const
    {
        const auto bytes = wire::encodeDeviceList(list);
        return { bytes, *accountKey.sign(wire::deviceListContext, viewOf(bytes)) };
    }

    SystemRandom random;
    crypto::SigningKey accountKey;
    wire::DeviceList list;
};

/// What a signature in a device entry is about.
struct Statement {
    AccountId account;
    Ed25519PublicKey accountKey;
    wire::DeviceEntry entry;
    std::string_view context;
};
using Change = std::function<void(Statement &)>;

} // namespace

class TestTrustedList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesWhatEverybodySigned()
    {
        Keys keys(account('a'));
        keys.add(1);
        keys.add(2);
        const auto list = verifyTrustedList(keys.signedList(), account('a'), keys.accountKey.publicKey());
        QVERIFY(list);
        QVERIFY(*list == keys.list);
    }

    void refusesADeviceThatDidNotAgree()
    {
        Keys keys(account('a'));
        const auto identity = crypto::generateIdentityKeyPair(keys.random);
        const auto other = crypto::generateIdentityKeyPair(keys.random);
        keys.add(1, account('a'), *identity, *other);
        expect(keys, ErrorCode::untrusted);
    }

    void refusesADeviceThatAgreedToAnotherAccount()
    {
        Keys keys(account('a'));
        const auto identity = crypto::generateIdentityKeyPair(keys.random);
        keys.add(1, account('b'), *identity, *identity);
        expect(keys, ErrorCode::untrusted);
    }

    /// What the account certifies and what the device agrees to must both be this device, as it stands in the list.
    void refusesSignaturesMadeForSomethingElse_data()
    {
        QTest::addColumn<Change>("certified");
        QTest::addColumn<Change>("agreed");
        const Change nothing = [](Statement &) {};
        const std::pair<const char *, Change> changes[] = {
            { "another account", [](Statement &s) { s.account = account('b'); } },
            { "another number", [](Statement &s) { s.entry.number = 2; } },
            { "another identity key", [](Statement &s) { s.entry.identityKey.back() ^= 1; } },
            { "another signing key", [](Statement &s) { s.entry.signingKey.octets[0] ^= 1; } },
            { "another time", [](Statement &s) { s.entry.added += milliseconds { 1 }; } },
            { "another context", [](Statement &s) { s.context = wire::deviceListContext; } },
        };
        for (const auto &[name, change] : changes)
            QTest::addRow("certificate for %s", name) << change << nothing;
        for (const auto &[name, change] : changes) {
            // KEY3 signs {account, number, account key, KEY2}; whose signature it is says which KEY3.
            if (name != std::string_view("another time") && name != std::string_view("another identity key"))
                QTest::addRow("counter-signature for %s", name) << nothing << change;
        }
        QTest::newRow("counter-signature for another account key")
            << nothing << Change([](Statement &s) { s.accountKey.octets[0] ^= 1; });
    }
    void refusesSignaturesMadeForSomethingElse()
    {
        QFETCH(Change, certified);
        QFETCH(Change, agreed);
        Keys keys(account('a'));
        const auto identity = crypto::generateIdentityKeyPair(keys.random);
        keys.add(1, account('a'), *identity, *identity);
        QVERIFY(verifyTrustedList(keys.signedList(), account('a'), keys.accountKey.publicKey()));
        auto &entry = keys.list.devices.front();
        Statement certificate { account('a'), keys.accountKey.publicKey(), entry, wire::certificateContext };
        certified(certificate);
        entry.certificate = *keys.accountKey.sign(
            certificate.context, viewOf(wire::certificateBytes(certificate.account, certificate.entry)));
        Statement agreement { account('a'), keys.accountKey.publicKey(), entry, wire::counterSignatureContext };
        agreed(agreement);
        entry.counterSignature = *crypto::signWithIdentity(
            *identity, agreement.context,
            viewOf(wire::counterSignatureBytes(agreement.account, agreement.accountKey, agreement.entry)), keys.random);
        expect(keys, ErrorCode::untrusted);
    }

    void refusesALowOrderIdentityKey()
    {
        Keys keys(account('a'));
        keys.add(1);
        auto &entry = keys.list.devices.front();
        entry.identityKey = QByteArray("\x05") + QByteArray(32, '\0');
        entry.certificate =
            *keys.accountKey.sign(wire::certificateContext, viewOf(wire::certificateBytes(account('a'), entry)));
        expect(keys, ErrorCode::invalid);
    }

    void refusesAnotherAccountKey()
    {
        Keys keys(account('a')), others(account('a'));
        keys.add(1);
        QVERIFY(!verifyTrustedList(keys.signedList(), account('a'), others.accountKey.publicKey()));
    }

    void refusesAnotherAccount()
    {
        Keys keys(account('a'));
        keys.add(1);
        QVERIFY(!verifyTrustedList(keys.signedList(), account('b'), keys.accountKey.publicKey()));
    }

    void refusesAnUnsignedDeviceBesideSignedOnes()
    {
        Keys keys(account('a'));
        keys.add(1);
        auto signedList = keys.signedList();
        keys.add(2);
        signedList.list = wire::encodeDeviceList(keys.list);
        QVERIFY(!verifyTrustedList(signedList, account('a'), keys.accountKey.publicKey()));
    }

    void changesNameWhatCameAndWent()
    {
        Keys keys(account('a'));
        keys.add(1);
        keys.add(2);
        const auto before = keys.list;
        QVERIFY(changesBetween(before, keys.list).isEmpty());
        keys.add(3);
        keys.list.devices.at(1).removed = keys.list.issued;
        const auto changes = changesBetween(before, keys.list);
        QCOMPARE(changes.added, (std::vector<std::uint16_t> { 3 }));
        QCOMPARE(changes.removed, (std::vector<std::uint16_t> { 2 }));
        QVERIFY(changesBetween(keys.list, keys.list).isEmpty()); // a removed one does not go twice
    }

private:
    static void expect(const Keys &keys, ErrorCode code)
    {
        const auto list = verifyTrustedList(keys.signedList(), account('a'), keys.accountKey.publicKey());
        QVERIFY(!list);
        QCOMPARE(static_cast<int>(list.error().code), static_cast<int>(code));
    }
};

} // namespace kith::client

QTEST_GUILESS_MAIN(kith::client::TestTrustedList)
#include "tst_trusted_list.moc"
