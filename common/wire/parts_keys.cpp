// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/check.h"
#include "common/wire/frame_parts.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"

namespace kith::wire {

Outcome<Relation> readRelation(v1::Relation relation)
{
    switch (relation) {
    case v1::RELATION_NONE:
        return Relation::none;
    case v1::RELATION_ACCEPTED:
        return Relation::accepted;
    case v1::RELATION_BLOCKED:
        return Relation::blocked;
    default:
        return invalidFault("relation");
    }
}

Outcome<std::vector<std::uint16_t>> readDeviceNumbers(const google::protobuf::RepeatedField<std::uint32_t> &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.size()), 0, limits::listedDevices, "devices"));
    std::vector<std::uint16_t> devices;
    for (const auto number : in) {
        KITH_TRY(const auto device, readDeviceNumber(number));
        devices.push_back(device);
    }
    if (!isUnique(devices))
        return invalidFault("devices: one twice");
    return devices;
}

Outcome<std::vector<PreKey>> readOneTimeKeys(const google::protobuf::RepeatedPtrField<v1::PreKey> &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.size()), 0, limits::preKeysPerUpload, "prekeys"));
    std::vector<PreKey> keys;
    std::vector<std::uint32_t> ids;
    for (const auto &item : in) {
        KITH_TRY(auto key, read(item, PreKeyKind::oneTime));
        ids.push_back(key.id);
        keys.push_back(std::move(key));
    }
    if (!isUnique(std::move(ids)))
        return invalidFault("prekeys: one id twice");
    return keys;
}

void write(const PreKey &value, v1::PreKey &out)
{
    out.set_id(value.id);
    out.set_public_key(toStd(value.publicKey));
    out.set_signature(toStd(value.signature));
}

Outcome<PreKey> read(const v1::PreKey &in, PreKeyKind kind)
{
    PreKey value;
    value.id = in.id();
    KITH_CHECK(readNumber(value.id, 1, limits::maxPreKeyId, "prekey id"));
    KITH_TRY(value.publicKey, readPublicKey(in.public_key(), "prekey"));
    KITH_TRY(value.signature, readExact(in.signature(), kind == PreKeyKind::signedKey ? 64 : 0, "prekey signature"));
    return value;
}

void write(const SignedDeviceList &value, v1::SignedDeviceList &out)
{
    out.set_list(toStd(value.list));
    out.set_signature(toStd(value.signature.view()));
}

Outcome<SignedDeviceList> read(const v1::SignedDeviceList &in)
{
    SignedDeviceList value;
    KITH_TRY(value.list, readBytes(in.list(), 1, limits::deviceListBytes, "device list"));
    KITH_TRY(value.signature, readId<Ed25519Signature>(in.signature(), "device list signature"));
    return value;
}

void write(const Lookup &value, v1::Lookup &out)
{
    out.set_name(value.name);
}

Outcome<Lookup> read(const v1::Lookup &in)
{
    Lookup value;
    KITH_TRY(value.name, readText(in.name(), 1, limits::nameBytes, "name"));
    return value;
}

void write(const LookupAccount &value, v1::LookupAccount &out)
{
    out.set_account(toStd(value.account.view()));
}

Outcome<LookupAccount> read(const v1::LookupAccount &in)
{
    LookupAccount value;
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    return value;
}

void write(const AccountInfo &value, v1::AccountInfo &out)
{
    out.set_account(toStd(value.account.view()));
    out.set_name(value.name);
    out.set_account_key(toStd(value.accountKey.view()));
    write(value.devices, *out.mutable_devices());
    out.set_profile_version(value.profileVersion);
}

Outcome<AccountInfo> read(const v1::AccountInfo &in)
{
    AccountInfo value;
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    KITH_TRY(value.name, readText(in.name(), 1, limits::nameBytes, "name"));
    KITH_TRY(value.accountKey, readId<Ed25519PublicKey>(in.account_key(), "account key"));
    KITH_TRY(value.devices, read(in.devices()));
    value.profileVersion = in.profile_version();
    return value;
}

void write(const SetRelation &value, v1::SetRelation &out)
{
    out.set_account(toStd(value.account.view()));
    out.set_relation(static_cast<v1::Relation>(value.relation));
}

Outcome<SetRelation> read(const v1::SetRelation &in)
{
    SetRelation value;
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    KITH_TRY(value.relation, readRelation(in.relation()));
    return value;
}

void write(const SetProfile &value, v1::SetProfile &out)
{
    out.set_version(value.version);
    out.set_sealed(toStd(value.sealed));
}

Outcome<SetProfile> read(const v1::SetProfile &in)
{
    SetProfile value;
    KITH_TRY(value.version, readNumber(in.version(), 1, UINT64_MAX, "profile version"));
    KITH_TRY(value.sealed, readBytes(in.sealed(), 1, limits::profileBytes, "profile"));
    return value;
}

void write(const FetchProfile &value, v1::FetchProfile &out)
{
    out.set_account(toStd(value.account.view()));
}

Outcome<FetchProfile> read(const v1::FetchProfile &in)
{
    FetchProfile value;
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    return value;
}

void write(const Profile &value, v1::Profile &out)
{
    out.set_version(value.version);
    out.set_sealed(toStd(value.sealed));
}

Outcome<Profile> read(const v1::Profile &in)
{
    Profile value;
    value.version = in.version();
    KITH_TRY(value.sealed, readBytes(in.sealed(), 0, limits::profileBytes, "profile"));
    if ((value.version == 0) != value.sealed.isEmpty())
        return invalidFault("profile");
    return value;
}

void write(const DeleteAccount &, v1::DeleteAccount &) { }

Outcome<DeleteAccount> read(const v1::DeleteAccount &)
{
    return DeleteAccount {};
}

void write(const PublishDeviceList &value, v1::PublishDeviceList &out)
{
    write(value.devices, *out.mutable_devices());
}

Outcome<PublishDeviceList> read(const v1::PublishDeviceList &in)
{
    PublishDeviceList value;
    KITH_TRY(value.devices, read(in.devices()));
    return value;
}

void write(const PublishPreKeys &value, v1::PublishPreKeys &out)
{
    if (value.signedPreKey)
        write(*value.signedPreKey, *out.mutable_signed_pre_key());
    for (const auto &key : value.preKeys)
        write(key, *out.add_pre_keys());
}

Outcome<PublishPreKeys> read(const v1::PublishPreKeys &in)
{
    PublishPreKeys value;
    if (in.has_signed_pre_key()) {
        KITH_TRY(value.signedPreKey, read(in.signed_pre_key(), PreKeyKind::signedKey));
    }
    KITH_TRY(value.preKeys, readOneTimeKeys(in.pre_keys()));
    if (!value.signedPreKey && value.preKeys.empty())
        return invalidFault("upload without a key");
    return value;
}

void write(const CountPreKeys &, v1::CountPreKeys &) { }

Outcome<CountPreKeys> read(const v1::CountPreKeys &)
{
    return CountPreKeys {};
}

void write(const PreKeyCount &value, v1::PreKeyCount &out)
{
    out.set_left(value.left);
    out.set_signed_pre_key_id(value.signedPreKeyId);
}

Outcome<PreKeyCount> read(const v1::PreKeyCount &in)
{
    KITH_CHECK(readNumber(in.left(), 0, limits::maxStock, "prekey count"));
    KITH_CHECK(readNumber(in.signed_pre_key_id(), 0, limits::maxAnyPreKeyId, "prekey id"));
    return PreKeyCount { in.left(), in.signed_pre_key_id() };
}

} // namespace kith::wire
