// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/hash.h"
#include "common/wire/limits.h"
#include "tests/unit/common/wire/samples.h"

#include <QTest>

using namespace kith;
using namespace kith::wire;
using namespace kith::wire::samples;

namespace {

const FixedKey accountKey(0x11);
constexpr auto invalid = kith::ErrorCode::invalid;
constexpr auto tooLarge = kith::ErrorCode::tooLarge;

Result<DeviceList> verify(const SignedDeviceList &list)
{
    return verifyDeviceList(list, account(0xA1), accountKey.publicKey);
}

template <class Change>
void row(const char *name, kith::ErrorCode code, Change change)
{
    auto list = deviceList();
    change(list);
    const auto signedList = signList(list, accountKey);
    QTest::newRow(name) << signedList.list << signedList.signature.bytes() << static_cast<int>(code);
}

} // namespace

// covers: security C21, C24, KEY1, EV4
class TestDeviceList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSignedListComesBackEqual()
    {
        auto expected = deviceList();
        for (auto &device : expected.devices)
            device.certificate = accountKey.sign(certificateContext, certificateBytes(expected.account, device));
        const auto verified = verify(signList(deviceList(), accountKey));
        QVERIFY2(verified.ok(), verified ? "" : verified.error().detail.c_str());
        QCOMPARE(*verified, expected);
        QCOMPARE(verified->active(), std::vector<std::uint16_t> { 1 });
        QVERIFY(verified->find(2));
        QVERIFY(!verified->find(3));
    }

    void everyChangedByteIsUntrusted()
    {
        const auto good = signList(deviceList(), accountKey);
        for (qsizetype i = 0; i < good.list.size(); ++i) {
            auto bad = good;
            bad.list[i] = static_cast<char>(bad.list.at(i) ^ (1 << (i % 8)));
            const auto verified = verify(bad);
            QVERIFY(!verified.ok());
            QCOMPARE(verified.error().code, kith::ErrorCode::untrusted);
        }
    }

    void anotherSignerIsUntrusted()
    {
        QCOMPARE(verify(signList(deviceList(), FixedKey(0x12))).error().code, kith::ErrorCode::untrusted);
        auto unsignedList = signList(deviceList(), accountKey);
        unsignedList.signature = {};
        QCOMPARE(verify(unsignedList).error().code, kith::ErrorCode::untrusted);
    }

    void aDeviceWithoutCertificateOfTheAccountIsUntrusted()
    {
        auto list = deviceList();
        list = verify(signList(list, accountKey)).value();
        std::swap(list.devices[0].certificate, list.devices[1].certificate);
        const auto bytes = encodeDeviceList(list);
        const auto verified = verify({ bytes, accountKey.sign(deviceListContext, bytes) });
        QCOMPARE(verified.error().code, kith::ErrorCode::untrusted);
    }

    void contextsDoNotMix()
    {
        auto signedList = signList(deviceList(), accountKey);
        signedList.signature = accountKey.sign(certificateContext, signedList.list);
        QCOMPARE(verify(signedList).error().code, kith::ErrorCode::untrusted);
    }

    void reorderedFieldsDoNotVerify()
    {
        const auto good = signList(deviceList(), accountKey);
        auto moved = good;
        moved.list =
            good.list.mid(18) + good.list.left(18); // the account field to the end: the same message to a parser
        QCOMPARE(verify(moved).error().code, kith::ErrorCode::untrusted);
    }

    void aListOfAnotherAccountIsUntrusted()
    {
        auto list = deviceList();
        list.account = account(0xB2);
        QCOMPARE(verify(signList(list, accountKey)).error().code, kith::ErrorCode::untrusted);
    }

    void refusesWithTheCode_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("signature");
        QTest::addColumn<int>("code");
        row("version 0", invalid, [](DeviceList &l) { l.version = 0; });
        row("null account", invalid, [](DeviceList &l) { l.account = {}; });
        row("expires before it was issued", invalid, [](DeviceList &l) { l.expires = l.issued - milliseconds { 1 }; });
        row("no device", invalid, [](DeviceList &l) { l.devices.clear(); });
        row("only removed devices", invalid, [](DeviceList &l) { l.devices.erase(l.devices.begin()); });
        row("descending numbers", invalid, [](DeviceList &l) { std::swap(l.devices[0], l.devices[1]); });
        row("one number twice", invalid, [](DeviceList &l) { l.devices[1].number = 1; });
        row("number 0", invalid, [](DeviceList &l) { l.devices[0].number = 0; });
        row("number 1024", invalid, [](DeviceList &l) { l.devices[1].number = 1024; });
        row("short identity key", invalid, [](DeviceList &l) { l.devices[0].identityKey.chop(1); });
        row("foreign identity key", invalid, [](DeviceList &l) { l.devices[0].identityKey[0] = 6; });
        row("null signing key", invalid, [](DeviceList &l) { l.devices[0].signingKey = {}; });
        row("short counter-signature", invalid, [](DeviceList &l) { l.devices[0].counterSignature.chop(1); });
        row("removed before it was added", invalid,
            [](DeviceList &l) { l.devices[1].removed = l.devices[1].added - milliseconds { 1 }; });
        row("seven active devices", tooLarge, [](DeviceList &l) {
            for (std::uint16_t number = 3; number <= 8; ++number)
                l.devices.push_back(deviceEntry(number));
        });
        row("65 devices", tooLarge, [](DeviceList &l) {
            for (std::uint16_t number = 3; number <= 65; ++number)
                l.devices.push_back(deviceEntry(number));
        });
        for (const auto &junk : { QByteArray("\xFF", 1), QByteArray("\x0A\x7F", 2) })
            QTest::newRow("no message") << junk << accountKey.sign(deviceListContext, junk).bytes() << int(invalid);
        const QByteArray large(limits::deviceListBytes + 1, 'd');
        QTest::newRow("32 KiB and one byte")
            << large << accountKey.sign(deviceListContext, large).bytes() << int(tooLarge);
    }
    void refusesWithTheCode()
    {
        QFETCH(QByteArray, list);
        QFETCH(QByteArray, signature);
        QFETCH(int, code);
        const auto verified = verify({ list, *Ed25519Signature::from(signature) });
        QVERIFY(!verified.ok());
        QCOMPARE(static_cast<int>(verified.error().code), code);
    }

    void signedBytesAreFixed()
    {
        auto device = deviceEntry(0x0102);
        device.added = fromMs(0x0102030405060708);
        const auto owner = account(0xA1).bytes();
        QCOMPARE(certificateBytes(account(0xA1), device),
                 owner + QByteArray("\x01\x02", 2) + device.signingKey.bytes() + device.identityKey
                     + QByteArray("\x01\x02\x03\x04\x05\x06\x07\x08", 8));
        QCOMPARE(counterSignatureBytes(account(0xA1), accountKey.publicKey, device),
                 owner + QByteArray("\x01\x02", 2) + accountKey.publicKey.bytes() + device.signingKey.bytes());
    }
};

QTEST_GUILESS_MAIN(TestDeviceList)
#include "tst_device_list.moc"
