// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/limits.h"
#include "tests/unit/common/wire/refusals.h"

#include <numeric>

using namespace kith;
using namespace kith::wire;
using namespace kith::wire::samples;

namespace {

constexpr auto invalid = wire::ErrorCode::invalid;
constexpr auto tooLarge = wire::ErrorCode::tooLarge;

template <class Body, class Change>
void row(const char *name, wire::ErrorCode code, Change change)
{
    addRow(name, changedClient<Body>(change), code);
}

template <class Body>
void keyRows(std::vector<PreKey> Body::*keys)
{
    row<Body>("prekeys: id 0", invalid, [&](Body &b) { (b.*keys)[0].id = 0; });
    row<Body>("prekeys: the last-resort id", invalid, [&](Body &b) { (b.*keys)[0].id = 0xFFFFFF; });
    row<Body>("prekeys: short key", invalid, [&](Body &b) { (b.*keys)[0].publicKey.chop(1); });
    row<Body>("prekeys: foreign key type", invalid, [&](Body &b) { (b.*keys)[0].publicKey = foreignKey(); });
    row<Body>("prekeys: signed one-time key", invalid, [&](Body &b) { (b.*keys)[0].signature = QByteArray(64, 's'); });
    row<Body>("prekeys: one id twice", invalid, [&](Body &b) { (b.*keys)[1].id = (b.*keys)[0].id; });
    row<Body>("prekeys: 101", tooLarge, [&](Body &b) {
        (b.*keys).clear();
        for (std::uint32_t id = 1; id <= 101; ++id)
            (b.*keys).push_back(oneTimeKey(id));
    });
}

void openingRows()
{
    row<Hello>("hello: version 0", invalid, [](Hello &b) { b.minVersion = 0; });
    row<Hello>("hello: empty range", invalid, [](Hello &b) { b.maxVersion = 0; });
    row<Hello>("hello: empty feature", invalid, [](Hello &b) { b.features[0].clear(); });
    row<Hello>("hello: long feature", tooLarge, [](Hello &b) { b.features[0] = std::string(33, 'f'); });
    row<Hello>("hello: 65 features", tooLarge, [](Hello &b) { b.features.assign(65, "f"); });
    row<Hello>("hello: long app version", tooLarge, [](Hello &b) { b.appVersion = std::string(65, 'v'); });
    row<Hello>("hello: app version is no UTF-8", invalid, [](Hello &b) { b.appVersion = "\xC3"; });

    row<Register>("register: no name", invalid, [](Register &b) { b.name.clear(); });
    row<Register>("register: long name", tooLarge, [](Register &b) { b.name = std::string(33, 'n'); });
    row<Register>("register: NUL in the name", invalid, [](Register &b) { b.name = std::string(3, '\0'); });
    row<Register>("register: long invite", tooLarge, [](Register &b) { b.invite = std::string(65, 'i'); });
    row<Register>("register: null account", invalid, [](Register &b) { b.account = {}; });
    row<Register>("register: null account key", invalid, [](Register &b) { b.accountKey = {}; });
    row<Register>("register: no device list", invalid, [](Register &b) { b.devices.list.clear(); });
    row<Register>("register: unsigned device list", invalid, [](Register &b) { b.devices.signature = {}; });
    row<Register>("register: long device list", tooLarge,
                  [](Register &b) { b.devices.list = QByteArray(limits::deviceListBytes + 1, 'd'); });
    row<Register>("register: registration id 0", invalid, [](Register &b) { b.registrationId = 0; });
    row<Register>("register: registration id beyond", invalid, [](Register &b) { b.registrationId = 16'381; });
    row<Register>("register: unsigned signed prekey", invalid, [](Register &b) { b.signedPreKey.signature.clear(); });
    row<Register>("register: no signed prekey", invalid, [](Register &b) { b.signedPreKey = {}; });
    row<Register>("register: no login", invalid, [](Register &b) { b.login = {}; });
    keyRows<Register>(&Register::preKeys);

    row<Authenticate>("authenticate: device 0", invalid, [](Authenticate &b) { b.device.number = 0; });
    row<Authenticate>("authenticate: device 1024", invalid, [](Authenticate &b) { b.device.number = 1024; });
    row<Authenticate>("authenticate: null account", invalid, [](Authenticate &b) { b.device.account = {}; });
    row<Authenticate>("authenticate: no login", invalid, [](Authenticate &b) { b.login = {}; });
}

void peopleRows()
{
    row<Lookup>("lookup: no name", invalid, [](Lookup &b) { b.name.clear(); });
    row<Lookup>("lookup: long name", tooLarge, [](Lookup &b) { b.name = std::string(33, 'n'); });
    row<Lookup>("lookup: surrogate in the name", invalid, [](Lookup &b) { b.name = "\xED\xA0\x80"; });
    row<LookupAccount>("lookup_account: null", invalid, [](LookupAccount &b) { b.account = {}; });
    row<SetRelation>("set_relation: null account", invalid, [](SetRelation &b) { b.account = {}; });
    row<SetRelation>("set_relation: unspecified", invalid, [](SetRelation &b) { b.relation = Relation { 0 }; });
    row<SetRelation>("set_relation: unknown", invalid, [](SetRelation &b) { b.relation = Relation { 4 }; });
    row<SetProfile>("set_profile: version 0", invalid, [](SetProfile &b) { b.version = 0; });
    row<SetProfile>("set_profile: empty", invalid, [](SetProfile &b) { b.sealed.clear(); });
    row<SetProfile>("set_profile: long", tooLarge,
                    [](SetProfile &b) { b.sealed = QByteArray(limits::profileBytes + 1, 'f'); });
    row<FetchProfile>("fetch_profile: null", invalid, [](FetchProfile &b) { b.account = {}; });
    row<PublishDeviceList>("publish_device_list: empty", invalid, [](PublishDeviceList &b) { b.devices = {}; });
    row<PublishPreKeys>("publish_pre_keys: nothing", invalid, [](PublishPreKeys &b) { b = {}; });
    row<PublishPreKeys>("publish_pre_keys: short signature", invalid,
                        [](PublishPreKeys &b) { b.signedPreKey->signature.chop(1); });
    keyRows<PublishPreKeys>(&PublishPreKeys::preKeys);
    row<FetchBundles>("fetch_bundles: nobody", invalid, [](FetchBundles &b) { b.accounts.clear(); });
    row<FetchBundles>("fetch_bundles: one twice", invalid,
                      [](FetchBundles &b) { b.accounts[1].account = b.accounts[0].account; });
    row<FetchBundles>("fetch_bundles: null account", invalid, [](FetchBundles &b) { b.accounts[0].account = {}; });
    row<FetchBundles>("fetch_bundles: device 0", invalid, [](FetchBundles &b) { b.accounts[1].devices[0] = 0; });
    row<FetchBundles>("fetch_bundles: device 1024", invalid, [](FetchBundles &b) { b.accounts[1].devices[0] = 1024; });
    row<FetchBundles>("fetch_bundles: a device twice", invalid, [](FetchBundles &b) {
        b.accounts[1].devices = { 1, 1 };
    });
    row<FetchBundles>("fetch_bundles: 65 devices", tooLarge, [](FetchBundles &b) {
        b.accounts[1].devices.resize(65);
        std::iota(b.accounts[1].devices.begin(), b.accounts[1].devices.end(), std::uint16_t { 1 });
    });
    row<FetchBundles>("fetch_bundles: 65 accounts", tooLarge, [](FetchBundles &b) {
        b.accounts.clear();
        for (std::uint8_t i = 1; i <= 65; ++i)
            b.accounts.push_back({ account(i), {} });
    });
}

void messageRows()
{
    row<SendMessage>("send: null mid", invalid, [](SendMessage &b) { b.mid = {}; });
    row<SendMessage>("send: no target", invalid, [](SendMessage &b) { b.targets.clear(); });
    row<SendMessage>("send: an account twice", invalid, [](SendMessage &b) { b.targets[1].account = account(0xB2); });
    row<SendMessage>("send: null account", invalid, [](SendMessage &b) { b.targets[0].account = {}; });
    row<SendMessage>("send: list version 0", invalid, [](SendMessage &b) { b.targets[0].listVersion = 0; });
    row<SendMessage>("send: device 0", invalid, [](SendMessage &b) { b.targets[0].ciphertexts[0].device = 0; });
    row<SendMessage>("send: a device twice", invalid,
                     [](SendMessage &b) { b.targets[0].ciphertexts[0].device = 1023; });
    row<SendMessage>("send: unknown type", invalid,
                     [](SendMessage &b) { b.targets[0].ciphertexts[0].type = CiphertextType { 3 }; });
    row<SendMessage>("send: no type", invalid,
                     [](SendMessage &b) { b.targets[0].ciphertexts[0].type = CiphertextType { 0 }; });
    row<SendMessage>("send: empty content", invalid,
                     [](SendMessage &b) { b.targets[0].ciphertexts[0].content.clear(); });
    row<SendMessage>("send: long content", tooLarge, [](SendMessage &b) {
        b.targets[0].ciphertexts[0].content = QByteArray(limits::contentBytes + 1, 'c');
    });
    row<SendMessage>("send: 1,101 ciphertexts", tooLarge, [](SendMessage &b) {
        b.targets.clear();
        for (std::uint8_t i = 1; i <= 2; ++i) {
            b.targets.push_back({ account(i), 1, {} });
            for (std::uint16_t device = 1; device <= 550 + (i == 2 ? 1 : 0); ++device)
                b.targets.back().ciphertexts.push_back({ device, CiphertextType::message, "c" });
        }
    });
    row<SendMessage>("send: 1,101 targets", tooLarge, [](SendMessage &b) { b.targets.resize(1'101, b.targets[1]); });
    row<SendMessage>("send: 2,049 targets", tooLarge, [](SendMessage &b) { b.targets.resize(2'049, b.targets[1]); });

    row<Ack>("ack: nothing", invalid, [](Ack &b) { b.ranges.clear(); });
    row<Ack>("ack: qseq 0", invalid, [](Ack &b) { b.ranges[0].from = {}; });
    row<Ack>("ack: backwards", invalid, [](Ack &b) { b.ranges[0].from = Qseq { 65 }; });
    row<Ack>("ack: beyond 63 bits", invalid, [](Ack &b) { b.ranges[0].to = Qseq { UINT64_MAX }; });
    row<Ack>("ack: 257 ranges", tooLarge, [](Ack &b) { b.ranges.resize(257, b.ranges[1]); });
    row<Ack>("ack: 4,097 rows in one range", tooLarge, [](Ack &b) {
        b.ranges = { { Qseq { 1 }, Qseq { 4'097 }, true } };
    });
    row<Ack>("ack: 4,097 rows in two ranges", tooLarge, [](Ack &b) {
        b.ranges = { { Qseq { 1 }, Qseq { 4'096 }, true }, { Qseq { 5'000 }, Qseq { 5'000 }, true } };
    });
    row<Ephemeral>("ephemeral: null account", invalid, [](Ephemeral &b) { b.account = {}; });
    row<Ephemeral>("ephemeral: a forged sender device", invalid, [](Ephemeral &b) { b.device = 1; });
    row<Ephemeral>("ephemeral: empty", invalid, [](Ephemeral &b) { b.sealed.clear(); });
    row<Ephemeral>("ephemeral: long", tooLarge, [](Ephemeral &b) { b.sealed = QByteArray(513, 'e'); });
}

} // namespace

// covers: security S13, LIM1, LIM2, LIM7, LIM9, LIM14, LIM19
class TestClientFrameRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesWithTheCode_data()
    {
        addRefusalColumns();
        openingRows();
        peopleRows();
        messageRows();
        addRow("a frame of 128 KiB and one byte", QByteArray(limits::frameBytes + 1, 0x08), tooLarge);
    }
    void refusesWithTheCode()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto decoded = decodeClientFrame(bytes);
        QVERIFY(!decoded.ok());
        QCOMPARE(static_cast<int>(decoded.error().code), code);
        QVERIFY(!decoded.error().detail.empty());
        QVERIFY(decoded.error().detail.size() <= limits::detailBytes);
    }

    void everyTypeCutAnywhereIsRefusedOrWhole()
    {
        for (const auto &[name, frame] : clientFrames()) {
            const auto bytes = encode(frame);
            for (qsizetype size = 0; size < bytes.size(); ++size) {
                const auto decoded = decodeClientFrame(bytes.left(size));
                QVERIFY2(!decoded.ok(), qPrintable(QString("%1 at %2").arg(name.c_str()).arg(size)));
            }
            QVERIFY2(!decodeClientFrame(bytes + QByteArray(1, 0x07)).ok(), name.c_str());
        }
    }

    void theLargestValuesAreTaken()
    {
        const auto fits = [](const QByteArray &bytes) { return decodeClientFrame(bytes).ok(); };
        QVERIFY(fits(changedClient<Hello>([](Hello &b) { b.features.assign(64, std::string(32, 'f')); })));
        QVERIFY(fits(changedClient<Register>([](Register &b) { b.name = std::string(32, 'n'); })));
        QVERIFY(fits(changedClient<Ack>([](Ack &b) { b.ranges = { { Qseq { 1 }, Qseq { 4'096 }, true } }; })));
        QVERIFY(fits(changedClient<Ephemeral>([](Ephemeral &b) { b.sealed = QByteArray(512, 'e'); })));
        QVERIFY(fits(changedClient<SetProfile>([](SetProfile &b) { b.sealed = QByteArray(80 * 1024, 'f'); })));
        QVERIFY(fits(changedClient<SendMessage>(
            [](SendMessage &b) { b.targets[0].ciphertexts[0].content = QByteArray(96 * 1024, 'c'); })));
    }
};

QTEST_GUILESS_MAIN(TestClientFrameRefusals)
#include "tst_client_frame_refusals.moc"
