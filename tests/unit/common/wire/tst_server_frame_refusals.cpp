// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/limits.h"
#include "tests/unit/common/wire/refusals.h"

using namespace kith;
using namespace kith::wire;
using namespace kith::wire::samples;

namespace {

constexpr auto invalid = wire::ErrorCode::invalid;
constexpr auto tooLarge = wire::ErrorCode::tooLarge;
const WallTime beyondTime = fromMs(253'402'300'800'000);

template <class Body, class Change>
void row(const char *name, wire::ErrorCode code, Change change)
{
    addRow(name, changedServer<Body>(change), code);
}

template <class Item, class Change>
void itemRow(const char *name, wire::ErrorCode code, Change change)
{
    for (auto [sampleName, frame] : serverFrames()) {
        auto *deliver = std::get_if<Deliver>(&frame.body);
        if (!deliver || !std::holds_alternative<Item>(deliver->item))
            continue;
        change(std::get<Item>(deliver->item));
        addRow(name, encode(frame), code);
    }
}

void openingRows()
{
    row<ServerHello>("server_hello: null id", invalid, [](ServerHello &b) { b.serverId = {}; });
    row<ServerHello>("server_hello: unknown mode", invalid,
                     [](ServerHello &b) { b.registration = RegistrationMode { 4 }; });
    row<ServerHello>("server_hello: no mode", invalid, [](ServerHello &b) { b.registration = RegistrationMode { 0 }; });
    row<ServerHello>("server_hello: 65 features", tooLarge, [](ServerHello &b) { b.features.assign(65, "f"); });
    row<Challenge>("challenge: null nonce", invalid, [](Challenge &b) { b.nonce = {}; });
    row<Challenge>("challenge: time beyond 9999", invalid, [](Challenge &b) { b.time = beyondTime; });
    row<Ready>("ready: prekey id of 25 bits", invalid, [](Ready &b) { b.signedPreKeyId = 0x1000000; });
    row<Ready>("ready: absurd stock", invalid, [](Ready &b) { b.preKeysLeft = 0x10000; });
}

void keyRows()
{
    row<AccountInfo>("account_info: null account", invalid, [](AccountInfo &b) { b.account = {}; });
    row<AccountInfo>("account_info: no name", invalid, [](AccountInfo &b) { b.name.clear(); });
    row<AccountInfo>("account_info: null key", invalid, [](AccountInfo &b) { b.accountKey = {}; });
    row<AccountInfo>("account_info: no list", invalid, [](AccountInfo &b) { b.devices = {}; });
    row<Profile>("profile: empty with a version", invalid, [](Profile &b) { b.sealed.clear(); });
    row<Profile>("profile: bytes without a version", invalid, [](Profile &b) { b.version = 0; });
    row<Profile>("profile: long", tooLarge, [](Profile &b) { b.sealed = QByteArray(limits::profileBytes + 1, 'f'); });
    row<PreKeyCount>("pre_key_count: absurd stock", invalid, [](PreKeyCount &b) { b.left = 0x10000; });
    row<PreKeyCount>("pre_key_count: id of 25 bits", invalid, [](PreKeyCount &b) { b.signedPreKeyId = 0x1000000; });
    row<Bundles>("bundles: null account", invalid, [](Bundles &b) { b.accounts[0].account = {}; });
    row<Bundles>("bundles: null account key", invalid, [](Bundles &b) { b.accounts[0].accountKey = {}; });
    row<Bundles>("bundles: no list", invalid, [](Bundles &b) { b.accounts[0].devices = {}; });
    row<Bundles>("bundles: an account twice", invalid, [](Bundles &b) { b.accounts.push_back(b.accounts[0]); });
    row<Bundles>("bundles: device 0", invalid, [](Bundles &b) { b.accounts[0].bundles[0].device = 0; });
    row<Bundles>("bundles: a device twice", invalid, [](Bundles &b) { b.accounts[0].bundles[1].device = 1; });
    row<Bundles>("bundles: registration id 0", invalid,
                 [](Bundles &b) { b.accounts[0].bundles[0].registrationId = 0; });
    row<Bundles>("bundles: no signed prekey", invalid, [](Bundles &b) { b.accounts[0].bundles[0].signedPreKey = {}; });
    row<Bundles>("bundles: no signature", invalid,
                 [](Bundles &b) { b.accounts[0].bundles[0].signedPreKey.signature.clear(); });
    row<Bundles>("bundles: short signature", invalid,
                 [](Bundles &b) { b.accounts[0].bundles[0].signedPreKey.signature.chop(1); });
    row<Bundles>("bundles: empty one-time key", invalid,
                 [](Bundles &b) { b.accounts[0].bundles[0].oneTime = PreKey {}; });
    row<Bundles>("bundles: long one-time key", invalid,
                 [](Bundles &b) { b.accounts[0].bundles[0].oneTime->publicKey += 'x'; });
    row<Bundles>("bundles: 65 accounts", tooLarge, [](Bundles &b) { b.accounts.resize(65, b.accounts[0]); });
    row<Bundles>("bundles: 65 devices", tooLarge,
                 [](Bundles &b) { b.accounts[0].bundles.resize(65, b.accounts[0].bundles[1]); });
}

void answerRows()
{
    row<Accepted>("accepted: null mid", invalid, [](Accepted &b) { b.mid = {}; });
    row<Accepted>("accepted: sid 0", invalid, [](Accepted &b) { b.sid = {}; });
    row<Accepted>("accepted: sid of 64 bits", invalid, [](Accepted &b) { b.sid = Sid { 1ULL << 63 }; });
    row<Accepted>("accepted: time beyond 9999", invalid, [](Accepted &b) { b.serverTime = beyondTime; });
    row<DeviceMismatch>("device_mismatch: nobody", invalid, [](DeviceMismatch &b) { b.accounts.clear(); });
    row<DeviceMismatch>("device_mismatch: null account", invalid,
                        [](DeviceMismatch &b) { b.accounts[0].account = {}; });
    row<DeviceMismatch>("device_mismatch: one twice", invalid,
                        [](DeviceMismatch &b) { b.accounts.push_back(b.accounts[0]); });
    row<DeviceMismatch>("device_mismatch: device 1024", invalid,
                        [](DeviceMismatch &b) { b.accounts[0].missing = { 1024 }; });
    row<DeviceMismatch>("device_mismatch: a device twice", invalid, [](DeviceMismatch &b) {
        b.accounts[0].stale = { 1, 1 };
    });
    row<DeviceMismatch>("device_mismatch: 65 devices", tooLarge,
                        [](DeviceMismatch &b) { b.accounts[0].extra.assign(65, 1); });
    row<DeviceMismatch>("device_mismatch: 1,101 accounts", tooLarge,
                        [](DeviceMismatch &b) { b.accounts.resize(1'101, b.accounts[0]); });
    row<Ephemeral>("ephemeral: no sender device", invalid, [](Ephemeral &b) { b.device = 0; });
    row<Ephemeral>("ephemeral: long", tooLarge, [](Ephemeral &b) { b.sealed = QByteArray(513, 'e'); });
    row<PreKeysLow>("pre_keys_low: absurd stock", invalid, [](PreKeysLow &b) { b.left = 0x10000; });
    row<GoAway>("go_away: two days", invalid, [](GoAway &b) { b.retryAfter = std::chrono::hours { 48 }; });
    row<Drained>("drained: beyond 63 bits", invalid, [](Drained &b) { b.qseq = Qseq { UINT64_MAX }; });
    row<Fault>("fault: two days", invalid, [](Fault &b) { b.retryAfter = std::chrono::hours { 48 }; });
    row<Fault>("fault: long detail", tooLarge, [](Fault &b) { b.detail = std::string(257, 'd'); });
    row<Fault>("fault: detail is no UTF-8", invalid, [](Fault &b) { b.detail = "\xFF"; });
}

void queueRows()
{
    row<Deliver>("deliver: qseq 0", invalid, [](Deliver &b) { b.qseq = {}; });
    itemRow<Envelope>("envelope: device 0", invalid, [](Envelope &e) { e.sender.number = 0; });
    itemRow<Envelope>("envelope: null sender", invalid, [](Envelope &e) { e.sender.account = {}; });
    itemRow<Envelope>("envelope: null mid", invalid, [](Envelope &e) { e.mid = {}; });
    itemRow<Envelope>("envelope: sid 0", invalid, [](Envelope &e) { e.sid = {}; });
    itemRow<Envelope>("envelope: time beyond 9999", invalid, [](Envelope &e) { e.serverTime = beyondTime; });
    itemRow<Envelope>("envelope: unknown type", invalid, [](Envelope &e) { e.type = CiphertextType { 9 }; });
    itemRow<Envelope>("envelope: empty", invalid, [](Envelope &e) { e.content.clear(); });
    itemRow<Envelope>("envelope: long", tooLarge,
                      [](Envelope &e) { e.content = QByteArray(limits::contentBytes + 1, 'c'); });
    itemRow<Delivered>("delivered: null recipient", invalid, [](Delivered &e) { e.recipient = {}; });
    itemRow<Delivered>("delivered: nothing", invalid, [](Delivered &e) { e.mids.clear(); });
    itemRow<Delivered>("delivered: null mid", invalid, [](Delivered &e) { e.mids[0] = {}; });
    itemRow<Delivered>("delivered: 65", tooLarge, [](Delivered &e) { e.mids.resize(65, e.mids[0]); });
    itemRow<Missed>("missed: none", invalid, [](Missed &e) { e.count = 0; });
    itemRow<ExpiredRange>("expired_range: from 0", invalid, [](ExpiredRange &e) { e.from = {}; });
    itemRow<ExpiredRange>("expired_range: backwards", invalid, [](ExpiredRange &e) { e.to = Qseq { 1 }; });
    itemRow<ExpiredRange>("expired_range: none", invalid, [](ExpiredRange &e) { e.count = 0; });
    itemRow<ExpiredRange>("expired_range: more than fit", invalid, [](ExpiredRange &e) { e.count = 9; });
    itemRow<ExpiredAtRecipient>("expired_at: null recipient", invalid, [](auto &e) { e.recipient = {}; });
    itemRow<ExpiredAtRecipient>("expired_at: nothing", invalid, [](auto &e) { e.mids.clear(); });
    itemRow<ExpiredAtRecipient>("expired_at: 65", tooLarge, [](auto &e) { e.mids.resize(65, e.mids[0]); });
}

} // namespace

// covers: security S13, EV3, EV24, LIM1, LIM2, LIM14
class TestServerFrameRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesWithTheCode_data()
    {
        addRefusalColumns();
        openingRows();
        keyRows();
        answerRows();
        queueRows();
        addRow("a frame of 256 KiB and one byte", QByteArray(limits::clientFrameBytes + 1, 0x08), tooLarge);
    }
    void refusesWithTheCode()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto decoded = decodeServerFrame(bytes);
        QVERIFY(!decoded.ok());
        QCOMPARE(static_cast<int>(decoded.error().code), code);
        QVERIFY(!decoded.error().detail.empty());
    }

    void everyTypeCutAnywhereIsRefusedOrWhole()
    {
        for (const auto &[name, frame] : serverFrames()) {
            const auto bytes = encode(frame);
            for (qsizetype size = 0; size < bytes.size(); ++size) {
                const auto decoded = decodeServerFrame(bytes.left(size));
                QVERIFY2(!decoded.ok(), qPrintable(QString("%1 at %2").arg(name.c_str()).arg(size)));
            }
            QVERIFY2(!decodeServerFrame(bytes + QByteArray(1, 0x07)).ok(), name.c_str());
        }
    }

    void anErrorCodeOfANewerServerIsARefusalAllTheSame()
    {
        const QByteArray future("\x08\x0D\x8A\x01\x02\x08\x63", 7); // request 13, fault{code 99}
        const auto decoded = decodeServerFrame(future);
        QVERIFY(decoded.ok());
        QCOMPARE(std::get<Fault>(decoded->body).code, wire::ErrorCode::unknown);
    }
};

QTEST_GUILESS_MAIN(TestServerFrameRefusals)
#include "tst_server_frame_refusals.moc"
