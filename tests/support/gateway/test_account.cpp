// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gateway/test_account.h"

#include "common/wire/codec.h"

namespace kith::support {

TestAccount::TestAccount(std::string name, Random &random, WallTime now) : random_(random), name_(std::move(name))
{
    id_ = *random_.id<AccountId>();
    list_.account = id_;
    list_.issued = now;
    list_.expires = now + wire::deviceListLifetime;
    addDevice(1);
}

QByteArray TestAccount::curveKey(const QByteArray &label) const
{
    return QByteArray(1, 0x05) + sha256({ id_.view(), viewOf(label) }).bytes();
}

void TestAccount::addDevice(std::uint16_t number)
{
    wire::DeviceEntry device;
    device.number = number;
    device.identityKey = curveKey("identity " + QByteArray::number(number));
    device.signingKey = deviceKeys_[number].publicKey();
    device.added = list_.issued;
    const auto bytes = wire::certificateBytes(id_, device);
    device.certificate = accountKey_.sign(wire::certificateContext, viewOf(bytes));
    device.counterSignature = QByteArray(64, 'c');
    list_.devices.push_back(std::move(device));
    ++list_.version;
}

void TestAccount::removeDevice(std::uint16_t number, WallTime when)
{
    for (auto &device : list_.devices) {
        if (device.number == number)
            device.removed = when;
    }
    ++list_.version;
}

wire::SignedDeviceList TestAccount::signedBy(const SigningPair &signer) const
{
    auto bytes = wire::encodeDeviceList(list_);
    const auto signature = signer.sign(wire::deviceListContext, viewOf(bytes));
    return { std::move(bytes), signature };
}

wire::Register TestAccount::registration(const Sha256 &serverId, const wire::Challenge &challenge,
                                         const std::string &invite, int count) const
{
    wire::Register request;
    request.name = name_;
    request.invite = invite;
    request.account = id_;
    request.accountKey = accountKey_.publicKey();
    request.devices = signedList();
    request.registrationId = 4711;
    request.signedPreKey = signedPreKey(1);
    request.preKeys = preKeys(1, count);
    request.login = login(serverId, challenge).login;
    return request;
}

wire::Authenticate TestAccount::login(const Sha256 &serverId, const wire::Challenge &challenge, std::uint16_t number,
                                      const QByteArray &certificateHash) const
{
    const auto bytes = wire::loginBytes(serverId, challenge, device(number), certificateHash);
    return { device(number), deviceKeys_.at(number).sign(wire::loginContext, viewOf(bytes)) };
}

std::vector<wire::PreKey> TestAccount::preKeys(std::uint32_t first, int count) const
{
    std::vector<wire::PreKey> keys;
    for (int i = 0; i < count; ++i) {
        const auto id = first + static_cast<std::uint32_t>(i);
        keys.push_back({ id, curveKey("one-time " + QByteArray::number(id)), {} });
    }
    return keys;
}

wire::PreKey TestAccount::signedPreKey(std::uint32_t id) const
{
    return { id, curveKey("signed " + QByteArray::number(id)), QByteArray(64, 's') };
}

} // namespace kith::support
