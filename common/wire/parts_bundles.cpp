// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/check.h"
#include "common/wire/frame_parts.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"

namespace kith::wire {

namespace {

void write(const DeviceBundle &value, v1::DeviceBundle &out)
{
    out.set_device(value.device);
    out.set_registration_id(value.registrationId);
    wire::write(value.signedPreKey, *out.mutable_signed_pre_key());
    if (value.oneTime)
        wire::write(*value.oneTime, *out.mutable_one_time());
}

Outcome<DeviceBundle> readBundle(const v1::DeviceBundle &in)
{
    DeviceBundle value;
    KITH_TRY(value.device, readDeviceNumber(in.device()));
    value.registrationId = in.registration_id();
    KITH_CHECK(readNumber(value.registrationId, 1, limits::maxRegistrationId, "registration id"));
    KITH_TRY(value.signedPreKey, read(in.signed_pre_key(), PreKeyKind::signedKey));
    if (in.has_one_time()) {
        KITH_TRY(value.oneTime, read(in.one_time(), PreKeyKind::oneTime));
    }
    return value;
}

Outcome<AccountBundles> readAccount(const v1::AccountBundles &in)
{
    AccountBundles value;
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    KITH_TRY(value.accountKey, readId<Ed25519PublicKey>(in.account_key(), "account key"));
    KITH_TRY(value.devices, read(in.devices()));
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.bundles_size()), 0, limits::listedDevices, "bundles"));
    std::vector<std::uint16_t> devices;
    for (const auto &item : in.bundles()) {
        KITH_TRY(auto bundle, readBundle(item));
        devices.push_back(bundle.device);
        value.bundles.push_back(std::move(bundle));
    }
    if (!isUnique(std::move(devices)))
        return invalidFault("bundles: a device twice");
    return value;
}

template <class T>
Outcome<void> checkAccounts(const std::vector<T> &items)
{
    std::vector<AccountId> accounts;
    for (const auto &item : items)
        accounts.push_back(item.account);
    if (!isUnique(std::move(accounts)))
        return invalidFault("accounts: one twice");
    return {};
}

} // namespace

void write(const FetchBundles &value, v1::FetchBundles &out)
{
    for (const auto &request : value.accounts) {
        auto &item = *out.add_accounts();
        item.set_account(toStd(request.account.view()));
        for (const auto device : request.devices)
            item.add_devices(device);
    }
}

Outcome<FetchBundles> read(const v1::FetchBundles &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.accounts_size()), 1, limits::accountsPerFetch, "accounts"));
    FetchBundles value;
    for (const auto &item : in.accounts()) {
        BundleRequest request;
        KITH_TRY(request.account, readId<AccountId>(item.account(), "account id"));
        KITH_TRY(request.devices, readDeviceNumbers(item.devices()));
        value.accounts.push_back(std::move(request));
    }
    KITH_CHECK(checkAccounts(value.accounts));
    return value;
}

void write(const Bundles &value, v1::Bundles &out)
{
    for (const auto &account : value.accounts) {
        auto &item = *out.add_accounts();
        item.set_account(toStd(account.account.view()));
        item.set_account_key(toStd(account.accountKey.view()));
        write(account.devices, *item.mutable_devices());
        for (const auto &bundle : account.bundles)
            write(bundle, *item.add_bundles());
    }
}

Outcome<Bundles> read(const v1::Bundles &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.accounts_size()), 0, limits::accountsPerFetch, "accounts"));
    Bundles value;
    for (const auto &item : in.accounts()) {
        KITH_TRY(auto account, readAccount(item));
        value.accounts.push_back(std::move(account));
    }
    KITH_CHECK(checkAccounts(value.accounts));
    return value;
}

} // namespace kith::wire
