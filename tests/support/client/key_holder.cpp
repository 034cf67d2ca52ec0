// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/client/key_holder.h"

#include "common/crypto/identity_key.h"
#include "common/crypto/padding.h"
#include "common/wire/codec.h"

namespace kith::support {

namespace {

template <class T>
T must(Result<T> result)
{
    if (!result)
        qFatal("a test's keys: %s", result.error().detail.c_str());
    return std::move(*result);
}

crypto::SigningKey accountKeyOf(Citizen &person)
{
    return must(crypto::SigningKey::fromSeed((*person.database().account().load())->accountSeed.view()));
}

wire::PreKey publicHalf(const crypto::SignedPreKey &key)
{
    return { key.id, key.publicKey, key.signature };
}

} // namespace

KeyHolder::Device::Device(Random &random) : stores(random)
{
    sessions = must(crypto::Sessions::open(stores.stores(), random));
    signedPreKey = must(crypto::generateSignedPreKey(stores.identity(), 1, 0, random));
    oneTime = must(crypto::generateOneTimePreKeys(1, 1, random)).front();
    stores.content.signedPreKeys[1] = signedPreKey.record;
    stores.content.preKeys[1] = oneTime.record;
}

KeyHolder::KeyHolder(Town &town, const AccountId &account)
    : town_(town)
    , accountKey_(must(crypto::SigningKey::generate(random_)))
{
    list.account = account;
    list.issued = town.server.time.now();
    list.expires = list.issued + wire::deviceListLifetime;
    addDevice(1);
}

KeyHolder::KeyHolder(Town &town, Citizen &person) : town_(town), accountKey_(accountKeyOf(person))
{
    const auto row = must(person.database().account().load());
    list = must(wire::verifyDeviceList({ row->list, *Ed25519Signature::from(row->listSignature) }, row->device.account,
                                       accountKey_.publicKey()));
}

void KeyHolder::addDevice(std::uint16_t number)
{
    auto device = std::make_unique<Device>(random_);
    const auto signing = must(crypto::SigningKey::generate(random_));
    wire::DeviceEntry entry;
    entry.number = number;
    entry.identityKey = device->stores.identity().publicKey;
    entry.signingKey = signing.publicKey();
    entry.added = town_.server.time.now();
    entry.certificate =
        must(accountKey_.sign(wire::certificateContext, viewOf(wire::certificateBytes(list.account, entry))));
    entry.counterSignature = must(crypto::signWithIdentity(
        device->stores.identity(), wire::counterSignatureContext,
        viewOf(wire::counterSignatureBytes(list.account, accountKey_.publicKey(), entry)), random_));
    list.devices.push_back(std::move(entry));
    devices_[number] = std::move(device);
    ++list.version;
}

void KeyHolder::removeDevice(std::uint16_t number)
{
    for (auto &entry : list.devices) {
        if (entry.number == number)
            entry.removed = town_.server.time.now();
    }
    ++list.version;
}

wire::SignedDeviceList KeyHolder::signedList() const
{
    const auto bytes = wire::encodeDeviceList(list);
    return { bytes, must(accountKey_.sign(wire::deviceListContext, viewOf(bytes))) };
}

void KeyHolder::publish(const AccountId &account) const
{
    const auto stored = valueOf(town_.server.accounts.byId(account));
    const auto put =
        valueOf(town_.server.accounts.putDevices(account, stored->listVersion, list.version, signedList()));
    if (!put)
        qFatal("the list cannot be published: %s", put.error().detail.c_str());
    for (const auto &[number, device] : devices_) {
        const DeviceId id { account, number };
        const auto one =
            valueOf(town_.server.keys.putSigned(id, device->stores.registrationId(), publicHalf(device->signedPreKey)));
        const auto two =
            valueOf(town_.server.keys.putOneTime(id, { { device->oneTime.id, device->oneTime.publicKey, {} } }));
        if (!one || !two)
            qFatal("the prekeys cannot be published");
    }
}

wire::AccountInfo KeyHolder::info(const std::string &name) const
{
    return { list.account, name, accountKey_.publicKey(), signedList(), 0 };
}

wire::DeviceBundle KeyHolder::bundle(std::uint16_t number) const
{
    const auto &device = *devices_.at(number);
    return { number, device.stores.registrationId(), publicHalf(device.signedPreKey),
             wire::PreKey { device.oneTime.id, device.oneTime.publicKey, {} } };
}

wire::AccountBundles KeyHolder::bundles() const
{
    wire::AccountBundles out { list.account, accountKey_.publicKey(), signedList(), {} };
    for (const auto &[number, device] : devices_)
        out.bundles.push_back(bundle(number));
    return out;
}

crypto::Ciphertext KeyHolder::seal(Citizen &to, const QByteArray &content)
{
    auto &sessions = *devices_.at(1)->sessions;
    const auto device = to.device();
    if (!must(sessions.hasSession(device))) {
        const auto taken = must(valueOf(town_.server.keys.take(device, 0)));
        crypto::PreKeyBundle bundle;
        bundle.device = device;
        bundle.registrationId = taken.keys.registrationId;
        bundle.identityKey = must(to.database().account().load())->identityPublic;
        bundle.signedPreKeyId = taken.keys.signedPreKey.id;
        bundle.signedPreKey = taken.keys.signedPreKey.publicKey;
        bundle.signedPreKeySignature = taken.keys.signedPreKey.signature;
        if (taken.oneTime)
            bundle.oneTimeKey = { taken.oneTime->id, taken.oneTime->publicKey };
        if (const auto begun = sessions.establish(bundle, bundle.identityKey); !begun)
            qFatal("no session: %s", begun.error().detail.c_str());
    }
    return must(sessions.encrypt(device, viewOf(must(crypto::pad(viewOf(content))))));
}

std::optional<QByteArray> KeyHolder::open(std::uint16_t number, const DeviceId &from, const QByteArray &identityKey,
                                          const wire::DeviceCiphertext &ciphertext)
{
    auto &device = *devices_.at(number);
    const bool begins = ciphertext.type == wire::CiphertextType::preKey;
    const crypto::Ciphertext bytes { begins ? crypto::CiphertextType::preKey : crypto::CiphertextType::message,
                                     ciphertext.content };
    std::optional<QByteArray> content;
    const auto keep = [&](ByteView padded) -> Result<void> {
        KITH_TRY(content, crypto::unpad(padded));
        return {};
    };
    const auto before = device.stores.snapshot();
    if (device.sessions->decrypt(from, bytes, identityKey, keep))
        return content;
    device.stores.restore(before);
    return {};
}

void lie(Citizen &victim, std::function<void(wire::ServerBody &)> change)
{
    auto &alter = victim.network->toClient().alter;
    alter = {};
    if (!change)
        return;
    alter = [change = std::move(change)](const QByteArray &bytes) {
        auto frame = wire::decodeServerFrame(bytes);
        if (!frame)
            return bytes;
        change(frame->body);
        return wire::encode(*frame);
    };
}

std::shared_ptr<std::vector<wire::SendMessage>> recordSends(Citizen &person)
{
    auto sends =
        std::make_shared<std::vector<wire::SendMessage>>(); // shared: with the network, which outlives the test
    person.network->toServer().copies = [sends](const QByteArray &bytes) {
        const auto frame = wire::decodeClientFrame(bytes);
        if (const auto *send = frame ? std::get_if<wire::SendMessage>(&frame->body) : nullptr)
            sends->push_back(*send);
        return 1;
    };
    return sends;
}

} // namespace kith::support
