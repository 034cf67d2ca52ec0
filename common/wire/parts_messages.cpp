// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/check.h"
#include "common/wire/frame_parts.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"

namespace kith::wire {

namespace {

Outcome<CiphertextType> readType(v1::CiphertextType type)
{
    switch (type) {
    case v1::CIPHERTEXT_TYPE_MESSAGE:
        return CiphertextType::message;
    case v1::CIPHERTEXT_TYPE_PRE_KEY:
        return CiphertextType::preKey;
    default:
        return invalidFault("ciphertext type");
    }
}

Outcome<SendTarget> readTarget(const v1::SendTarget &in)
{
    SendTarget value;
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    KITH_TRY(value.listVersion, readNumber(in.list_version(), 1, UINT64_MAX, "list version"));
    std::vector<std::uint16_t> devices;
    for (const auto &item : in.ciphertexts()) {
        DeviceCiphertext ciphertext;
        KITH_TRY(ciphertext.device, readDeviceNumber(item.device()));
        KITH_TRY(ciphertext.type, readType(item.type()));
        KITH_TRY(ciphertext.content, readBytes(item.content(), 1, limits::contentBytes, "content"));
        devices.push_back(ciphertext.device);
        value.ciphertexts.push_back(std::move(ciphertext));
    }
    if (!isUnique(std::move(devices)))
        return invalidFault("ciphertexts: a device twice");
    return value;
}

Outcome<MismatchedAccount> readMismatch(const v1::MismatchedAccount &in)
{
    MismatchedAccount value;
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    value.listVersion = in.list_version();
    KITH_TRY(value.missing, readDeviceNumbers(in.missing()));
    KITH_TRY(value.extra, readDeviceNumbers(in.extra()));
    KITH_TRY(value.stale, readDeviceNumbers(in.stale()));
    return value;
}

} // namespace

void write(const SendMessage &value, v1::SendMessage &out)
{
    out.set_mid(toStd(value.mid.view()));
    for (const auto &target : value.targets) {
        auto &item = *out.add_targets();
        item.set_account(toStd(target.account.view()));
        item.set_list_version(target.listVersion);
        for (const auto &ciphertext : target.ciphertexts) {
            auto &one = *item.add_ciphertexts();
            one.set_device(ciphertext.device);
            one.set_type(static_cast<v1::CiphertextType>(ciphertext.type));
            one.set_content(toStd(ciphertext.content));
        }
    }
    out.set_send_counter(value.sendCounter);
}

Outcome<SendMessage> read(const v1::SendMessage &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.targets_size()), 1, limits::ciphertextsPerSend, "targets"));
    std::size_t ciphertexts = 0;
    for (const auto &item : in.targets())
        ciphertexts += static_cast<std::size_t>(item.ciphertexts_size());
    KITH_CHECK(checkSize(ciphertexts, 0, limits::ciphertextsPerSend, "ciphertexts"));

    SendMessage value;
    KITH_TRY(value.mid, readId<Mid>(in.mid(), "mid"));
    std::vector<AccountId> accounts;
    for (const auto &item : in.targets()) {
        KITH_TRY(auto target, readTarget(item));
        accounts.push_back(target.account);
        value.targets.push_back(std::move(target));
    }
    if (!isUnique(std::move(accounts)))
        return invalidFault("targets: an account twice");
    value.sendCounter = in.send_counter();
    return value;
}

void write(const Accepted &value, v1::Accepted &out)
{
    out.set_mid(toStd(value.mid.view()));
    out.set_sid(value.sid.value);
    out.set_server_time_ms(static_cast<std::uint64_t>(toMs(value.serverTime)));
}

Outcome<Accepted> read(const v1::Accepted &in)
{
    Accepted value;
    KITH_TRY(value.mid, readId<Mid>(in.mid(), "mid"));
    KITH_TRY(value.sid, readSid(in.sid()));
    KITH_TRY(value.serverTime, readTime(in.server_time_ms()));
    return value;
}

void write(const DeviceMismatch &value, v1::DeviceMismatch &out)
{
    for (const auto &account : value.accounts) {
        auto &item = *out.add_accounts();
        item.set_account(toStd(account.account.view()));
        item.set_list_version(account.listVersion);
        for (const auto device : account.missing)
            item.add_missing(device);
        for (const auto device : account.extra)
            item.add_extra(device);
        for (const auto device : account.stale)
            item.add_stale(device);
    }
}

Outcome<DeviceMismatch> read(const v1::DeviceMismatch &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.accounts_size()), 1, limits::ciphertextsPerSend, "accounts"));
    DeviceMismatch value;
    std::vector<AccountId> accounts;
    for (const auto &item : in.accounts()) {
        KITH_TRY(auto account, readMismatch(item));
        accounts.push_back(account.account);
        value.accounts.push_back(std::move(account));
    }
    if (!isUnique(std::move(accounts)))
        return invalidFault("accounts: one twice");
    return value;
}

void write(const Envelope &value, v1::Envelope &out)
{
    out.set_sender(toStd(value.sender.bytes()));
    out.set_mid(toStd(value.mid.view()));
    out.set_sid(value.sid.value);
    out.set_server_time_ms(static_cast<std::uint64_t>(toMs(value.serverTime)));
    out.set_type(static_cast<v1::CiphertextType>(value.type));
    out.set_content(toStd(value.content));
}

Outcome<Envelope> read(const v1::Envelope &in)
{
    Envelope value;
    KITH_TRY(value.sender, readDevice(in.sender()));
    KITH_TRY(value.mid, readId<Mid>(in.mid(), "mid"));
    KITH_TRY(value.sid, readSid(in.sid()));
    KITH_TRY(value.serverTime, readTime(in.server_time_ms()));
    KITH_TRY(value.type, readType(in.type()));
    KITH_TRY(value.content, readBytes(in.content(), 1, limits::contentBytes, "content"));
    return value;
}

} // namespace kith::wire
