// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/signed/device_list.h"

#include "common/base/hash.h"
#include "common/wire/check.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"
#include "common/wire/signed/signed.pb.h"

#include <QtEndian>

#include <algorithm>

namespace kith::wire {

namespace {

template <class T>
QByteArray bigEndian(T value)
{
    QByteArray bytes(sizeof value, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

void write(const DeviceEntry &entry, v1::DeviceEntry &out)
{
    out.set_number(entry.number);
    out.set_identity_key(toStd(entry.identityKey));
    out.set_signing_key(toStd(entry.signingKey.view()));
    out.set_added_ms(static_cast<std::uint64_t>(toMs(entry.added)));
    if (entry.removed)
        out.set_removed_ms(static_cast<std::uint64_t>(toMs(*entry.removed)));
    out.set_certificate(toStd(entry.certificate.view()));
    out.set_counter_signature(toStd(entry.counterSignature));
    out.set_capabilities(entry.capabilities);
}

Outcome<DeviceEntry> read(const v1::DeviceEntry &in)
{
    DeviceEntry entry;
    KITH_TRY(entry.number, readDeviceNumber(in.number()));
    KITH_TRY(entry.identityKey, readPublicKey(in.identity_key(), "identity key"));
    KITH_TRY(entry.signingKey, readId<Ed25519PublicKey>(in.signing_key(), "signing key"));
    KITH_TRY(entry.added, readTime(in.added_ms()));
    if (in.has_removed_ms()) {
        KITH_TRY(entry.removed, readTime(in.removed_ms()));
        if (*entry.removed < entry.added)
            return invalidFault("removal time");
    }
    KITH_TRY(entry.certificate, readId<Ed25519Signature>(in.certificate(), "certificate"));
    KITH_TRY(entry.counterSignature, readExact(in.counter_signature(), 64, "counter-signature"));
    entry.capabilities = in.capabilities();
    return entry;
}

Outcome<DeviceList> read(const v1::DeviceList &in)
{
    DeviceList list;
    KITH_TRY(list.account, readId<AccountId>(in.account(), "account id"));
    KITH_TRY(list.version, readNumber(in.version(), 1, UINT64_MAX, "list version"));
    KITH_TRY(list.issued, readTime(in.issued_ms()));
    KITH_TRY(list.expires, readTime(in.expires_ms()));
    if (list.expires < list.issued)
        return invalidFault("expiry");
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.devices_size()), 1, limits::listedDevices, "devices"));
    for (const auto &item : in.devices()) {
        KITH_TRY(auto entry, read(item));
        if (!list.devices.empty() && entry.number <= list.devices.back().number)
            return invalidFault("order of devices");
        list.devices.push_back(std::move(entry));
    }
    KITH_CHECK(checkSize(list.active().size(), 1, limits::devicesPerAccount, "active devices"));
    return list;
}

} // namespace

const DeviceEntry *DeviceList::find(std::uint16_t number) const
{
    const auto found = std::find_if(devices.begin(), devices.end(), [&](const auto &d) { return d.number == number; });
    return found == devices.end() ? nullptr : &*found;
}

std::vector<std::uint16_t> DeviceList::active() const
{
    std::vector<std::uint16_t> numbers;
    for (const auto &device : devices) {
        if (!device.removed)
            numbers.push_back(device.number);
    }
    return numbers;
}

QByteArray certificateBytes(const AccountId &account, const DeviceEntry &device)
{
    return account.bytes() + bigEndian(device.number) + device.signingKey.bytes() + device.identityKey
        + bigEndian(toMs(device.added));
}

QByteArray counterSignatureBytes(const AccountId &account, const Ed25519PublicKey &accountKey,
                                 const DeviceEntry &device)
{
    return account.bytes() + bigEndian(device.number) + accountKey.bytes() + device.signingKey.bytes();
}

QByteArray encodeDeviceList(const DeviceList &list)
{
    v1::DeviceList out;
    out.set_account(toStd(list.account.view()));
    out.set_version(list.version);
    out.set_issued_ms(static_cast<std::uint64_t>(toMs(list.issued)));
    out.set_expires_ms(static_cast<std::uint64_t>(toMs(list.expires)));
    for (const auto &device : list.devices)
        write(device, *out.add_devices());
    return serialize(out);
}

Result<DeviceList> verifyDeviceList(const SignedDeviceList &signedList, const AccountId &account,
                                    const Ed25519PublicKey &accountKey)
{
    const auto size = static_cast<std::size_t>(signedList.list.size());
    if (auto sized = checkSize(size, 1, limits::deviceListBytes, "device list"); !sized)
        return toError(sized.error());
    if (!verifyEd25519(accountKey, deviceListContext, viewOf(signedList.list), signedList.signature))
        return Error { kith::ErrorCode::untrusted, "signature of a device list" };

    v1::DeviceList message;
    if (auto parsed = parse(viewOf(signedList.list), message); !parsed)
        return toError(parsed.error());
    auto list = read(message);
    if (!list)
        return toError(list.error());
    if (list->account != account)
        return Error { kith::ErrorCode::untrusted, "device list of another account" };
    for (const auto &device : list->devices) {
        const auto bytes = certificateBytes(account, device);
        if (!verifyEd25519(accountKey, certificateContext, viewOf(bytes), device.certificate))
            return Error { kith::ErrorCode::untrusted, "certificate of a device" };
    }
    return std::move(list).value();
}

} // namespace kith::wire
