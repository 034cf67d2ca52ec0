// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/common/wire/samples.h"

#include "common/base/hash.h"
#include "common/wire/codec.h"

#include <openssl/evp.h>

namespace kith::wire::samples {

namespace {

const WallTime sampleTime = fromMs(1'800'000'000'000);

QByteArray filled(int size, char fill)
{
    return QByteArray(size, fill);
}

SignedDeviceList signedList()
{
    return signList(deviceList(), FixedKey(0x11));
}

Register registration()
{
    Register value;
    value.name = "mei_92";
    value.invite = "kith-invite-7";
    value.account = account(0xA1);
    value.accountKey = FixedKey(0x11).publicKey;
    value.devices = signedList();
    value.registrationId = 16'380;
    value.signedPreKey = signedKey(3);
    value.preKeys = { oneTimeKey(1), oneTimeKey(2), oneTimeKey(0xFFFFFE) };
    const Challenge challenge { hash(0x5C), sampleTime };
    value.login = FixedKey(0x21).sign(loginContext, loginBytes(hash(0x5E), challenge, { account(0xA1), 1 }, {}));
    return value;
}

SendMessage send()
{
    SendMessage value;
    value.mid = mid(0x4D);
    value.targets = { SendTarget { account(0xB2),
                                   7,
                                   { DeviceCiphertext { 1, CiphertextType::preKey, filled(80, 'p') },
                                     DeviceCiphertext { 1023, CiphertextType::message, filled(80, 'm') } } },
                      SendTarget { account(0xA1), 2, {} } };
    value.sendCounter = 300;
    return value;
}

AccountBundles bundles()
{
    return { account(0xA1),
             FixedKey(0x11).publicKey,
             signedList(),
             { DeviceBundle { 1, 99, signedKey(3), oneTimeKey(17) }, DeviceBundle { 2, 100, signedKey(4), {} } } };
}

Envelope envelope()
{
    return {
        { account(0xB2), 3 }, mid(0x4D), Sid { 7'123'456'789 }, sampleTime, CiphertextType::preKey, filled(80, 'c')
    };
}

Content content(ContentBody body)
{
    Content value;
    value.header.sender = { account(0xA1), 1 };
    value.header.recipient = account(0xB2);
    value.header.chat = PairChat::of(account(0xB2), account(0xA1));
    value.header.mid = mid(0x4D);
    value.header.clientTime = sampleTime;
    value.body = std::move(body);
    return value;
}

Content firstText()
{
    auto value = content(Text { "hi", {} });
    value.header.n = 1;
    return value;
}

Content reply()
{
    auto value = content(Text { "gr\xC3\xBC\xC3\x9F \xF0\x9F\x99\x82\n", mid(0x3C) });
    value.header.n = 9;
    value.header.previous = hash(0x77);
    value.header.voided = { 4, 6 };
    value.profileKey = filled(32, 'P');
    value.profileVersion = 12;
    value.ephemeralKey = filled(32, 'E');
    value.receivedThrough = { { 1, 40 }, { 2, 0 } };
    return value;
}

Content quote()
{
    auto value = content(Text { "yes", mid(0x3C), Quote { account(0xB2), "coming to the caf\xC3\xA9?" } });
    value.header.n = 1;
    return value;
}

} // namespace

FixedKey::FixedKey(std::uint8_t fill)
{
    seed.fill(fill);
    auto *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
    std::size_t size = publicKey.octets.size();
    EVP_PKEY_get_raw_public_key(key, publicKey.octets.data(), &size);
    EVP_PKEY_free(key);
}

Ed25519Signature FixedKey::sign(const char *context, const QByteArray &message) const
{
    Ed25519Signature signature;
    const auto bytes = signedBytes(context, viewOf(message));
    auto *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
    auto *digest = EVP_MD_CTX_new();
    std::size_t size = signature.octets.size();
    EVP_DigestSignInit(digest, nullptr, nullptr, nullptr, key);
    EVP_DigestSign(digest, signature.octets.data(), &size, viewOf(bytes).data(), viewOf(bytes).size());
    EVP_MD_CTX_free(digest);
    EVP_PKEY_free(key);
    return signature;
}

AccountId account(std::uint8_t fill)
{
    AccountId id;
    id.octets.fill(fill);
    return id;
}

Mid mid(std::uint8_t fill)
{
    Mid id;
    id.octets.fill(fill);
    return id;
}

Sha256 hash(std::uint8_t fill)
{
    Sha256 value;
    value.octets.fill(fill);
    return value;
}

PreKey oneTimeKey(std::uint32_t id)
{
    return { id, QByteArray(1, 0x05) + filled(32, static_cast<char>('a' + id % 26)), {} };
}

PreKey signedKey(std::uint32_t id)
{
    return { id, QByteArray(1, 0x05) + filled(32, static_cast<char>('A' + id % 26)), filled(64, 's') };
}

DeviceEntry deviceEntry(std::uint16_t number)
{
    DeviceEntry entry;
    entry.number = number;
    entry.identityKey = QByteArray(1, 0x05) + filled(32, static_cast<char>('0' + number % 10));
    entry.signingKey = FixedKey(static_cast<std::uint8_t>(0x20 + number)).publicKey;
    entry.added = sampleTime;
    entry.counterSignature = filled(64, 'x');
    entry.capabilities = 5;
    return entry;
}

DeviceList deviceList()
{
    DeviceList list;
    list.account = account(0xA1);
    list.version = 2;
    list.issued = sampleTime;
    list.expires = sampleTime + deviceListLifetime;
    list.devices = { deviceEntry(1), deviceEntry(2) };
    list.devices[1].removed = sampleTime + milliseconds { 1 };
    return list;
}

SignedDeviceList signList(DeviceList list, const FixedKey &accountKey)
{
    for (auto &device : list.devices)
        device.certificate = accountKey.sign(certificateContext, certificateBytes(list.account, device));
    const auto bytes = encodeDeviceList(list);
    return { bytes, accountKey.sign(deviceListContext, bytes) };
}

Named<ClientFrame> clientFrames()
{
    return {
        { "hello", { 1, Hello { 1, 2, { "drain", "low-stock" }, "kith 0.1.0" } } },
        { "register", { 2, registration() } },
        { "authenticate", { 2, Authenticate { { account(0xA1), 1 }, registration().login } } },
        { "lookup", { 3, Lookup { "mei_92" } } },
        { "lookup_account", { 4, LookupAccount { account(0xA1) } } },
        { "set_relation", { 5, SetRelation { account(0xB2), Relation::blocked } } },
        { "set_profile", { 6, SetProfile { 12, filled(96, 'f') } } },
        { "fetch_profile", { 7, FetchProfile { account(0xA1) } } },
        { "delete_account", { 8, DeleteAccount {} } },
        { "publish_device_list", { 9, PublishDeviceList { signedList() } } },
        { "publish_pre_keys", { 10, PublishPreKeys { signedKey(4), { oneTimeKey(101), oneTimeKey(102) } } } },
        { "count_pre_keys", { 11, CountPreKeys {} } },
        { "fetch_bundles",
          { 12, FetchBundles { { BundleRequest { account(0xA1), {} }, BundleRequest { account(0xB2), { 1, 3 } } } } } },
        { "send_message", { 13, send() } },
        { "ack",
          { 0, Ack { { AckRange { Qseq { 1 }, Qseq { 64 }, true }, AckRange { Qseq { 70 }, Qseq { 70 }, false } } } } },
        { "heartbeat", { 14, Heartbeat {} } },
        { "ephemeral", { 0, Ephemeral { account(0xB2), 0, filled(60, 'e') } } },
    };
}

Named<ServerFrame> serverFrames()
{
    const AnnouncedLimits announced { 131'072, 98'304, 8'192, 6, 10'000 };
    return {
        { "server_hello",
          { 1, ServerHello { 1, { "drain" }, hash(0x5E), RegistrationMode::invite, true, announced } } },
        { "challenge", { 0, Challenge { hash(0x5C), sampleTime } } },
        { "ready", { 2, Ready { Qepoch { 0xFEDCBA9876543210 }, 2, 99, 300, 3 } } },
        { "account_info", { 3, AccountInfo { account(0xA1), "mei_92", FixedKey(0x11).publicKey, signedList(), 12 } } },
        { "profile", { 7, Profile { 12, filled(96, 'f') } } },
        { "profile_none", { 7, Profile {} } },
        { "pre_key_count", { 11, PreKeyCount { 99, 3 } } },
        { "bundles", { 12, Bundles { { bundles() } } } },
        { "accepted", { 13, Accepted { mid(0x4D), Sid { 7'123'456'789 }, sampleTime } } },
        { "device_mismatch",
          { 13, DeviceMismatch { { MismatchedAccount { account(0xB2), 8, { 2 }, { 1023 }, { 1, 3 } } } } } },
        { "deliver_envelope", { 0, Deliver { Qseq { 41 }, envelope() } } },
        { "deliver_delivered", { 0, Deliver { Qseq { 42 }, Delivered { account(0xB2), { mid(0x4D), mid(0x4E) } } } } },
        { "deliver_missed", { 0, Deliver { Qseq { 43 }, Missed { 17 } } } },
        { "deliver_expired_range", { 0, Deliver { Qseq { 44 }, ExpiredRange { Qseq { 2 }, Qseq { 9 }, 5 } } } },
        { "deliver_expired_at_recipient",
          { 0, Deliver { Qseq { 45 }, ExpiredAtRecipient { account(0xB2), { mid(0x4F) } } } } },
        { "drained", { 0, Drained { Qseq { 45 } } } },
        { "server_ephemeral", { 0, Ephemeral { account(0xA1), 3, filled(60, 'e') } } },
        { "pre_keys_low", { 0, PreKeysLow { 24 } } },
        { "go_away", { 0, GoAway { milliseconds { 2'500 } } } },
        { "done", { 14, Done {} } },
        { "fault", { 13, Fault { ErrorCode::rate, "too many messages to one account", milliseconds { 1'000 } } } },
        { "fault_unread", { 0, Fault { ErrorCode::invalid, "malformed bytes", {} } } },
    };
}

Named<Content> contents()
{
    const ReceiptEntry entry { mid(0x4D), Sid { 7'123'456'789 }, sampleTime };
    return {
        { "content_text", firstText() },
        { "content_reply", reply() },
        { "content_quote", quote() },
        { "content_receipt", content(Receipt { ReceiptKind::read, { entry, entry } }) },
        { "content_keep_alive", content(KeepAlive {}) },
        { "content_retry_request", content(RetryRequest { { mid(0x4D) } }) },
        { "content_resend_request", content(ResendRequest { 3, 1'002 }) },
        { "content_resent", content(Resent { encode(firstText()) }) },
        { "content_void_numbers", content(VoidNumbers { { 3, 4, 1'000 } }) },
    };
}

ProfileContent profile()
{
    return { "Mei", "out hiking", filled(40, 'i') };
}

Named<QByteArray> storedRows()
{
    const StoredAccount row { account(0xA1), "mei_92", FixedKey(0x11).publicKey,
                              signedList(),  2,        Profile { 12, filled(20, 'f') },
                              sampleTime,    false };
    return {
        { "stored_row", encode(StoredRow { Sid { 7'123'456'789 }, sampleTime, envelope() }) },
        { "stored_row_event", encode(StoredRow { Sid {}, sampleTime, Missed { 17 } }) },
        { "stored_head", encode(StoredHead { Qepoch { 9 }, Qseq { 45 }, true, 3, 240, 2, 300, Qseq { 43 } }) },
        { "stored_mid", encode(StoredMid { Qseq { 41 }, sampleTime, true }) },
        { "stored_home", encode(StoredHome { Sid { 7'123'456'789 }, sampleTime, 300 }) },
        { "stored_pre_key", encode(StoredPreKey { oneTimeKey(17) }) },
        { "stored_device_keys", encode(StoredDeviceKeys { 99, signedKey(3), 100 }) },
        { "stored_account", encode(row) },
        { "stored_name", encode(StoredName { account(0xA1), true }) },
        { "stored_invite", encode(StoredInvite { "kith-invite-7", 2, 1, sampleTime, true }) },
        { "stored_relation", encode(StoredRelation { Relation::accepted, { mid(0x4D) } }) },
        { "stored_relations", encode(StoredRelations { 12, 3 }) },
    };
}

} // namespace kith::wire::samples
