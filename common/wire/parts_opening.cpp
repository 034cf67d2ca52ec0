// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/check.h"
#include "common/wire/frame_parts.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"

namespace kith::wire {

namespace {

Outcome<std::vector<std::string>> readFeatures(const google::protobuf::RepeatedPtrField<std::string> &in)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.size()), 0, limits::features, "features"));
    std::vector<std::string> features;
    for (const auto &feature : in) {
        KITH_TRY(auto text, readText(feature, 1, limits::featureBytes, "feature"));
        features.push_back(std::move(text));
    }
    return features;
}

AnnouncedLimits readLimits(const v1::AnnouncedLimits &in)
{
    return { in.frame_bytes(), in.content_bytes(), in.text_bytes(), in.devices(), in.queue_messages() };
}

Outcome<RegistrationMode> readMode(v1::RegistrationMode mode)
{
    switch (mode) {
    case v1::REGISTRATION_MODE_OPEN:
        return RegistrationMode::open;
    case v1::REGISTRATION_MODE_INVITE:
        return RegistrationMode::invite;
    case v1::REGISTRATION_MODE_CLOSED:
        return RegistrationMode::closed;
    default:
        return invalidFault("registration mode");
    }
}

} // namespace

void write(const Hello &value, v1::Hello &out)
{
    out.set_min_version(value.minVersion);
    out.set_max_version(value.maxVersion);
    for (const auto &feature : value.features)
        out.add_features(feature);
    out.set_app_version(value.appVersion);
}

Outcome<Hello> read(const v1::Hello &in)
{
    Hello value;
    value.minVersion = in.min_version();
    value.maxVersion = in.max_version();
    if (value.minVersion < 1 || value.maxVersion < value.minVersion)
        return invalidFault("version range");
    KITH_TRY(value.features, readFeatures(in.features()));
    KITH_TRY(value.appVersion, readText(in.app_version(), 0, limits::appVersionBytes, "app version"));
    return value;
}

void write(const ServerHello &value, v1::ServerHello &out)
{
    out.set_version(value.version);
    for (const auto &feature : value.features)
        out.add_features(feature);
    out.set_server_id(toStd(value.serverId.view()));
    out.set_registration(static_cast<v1::RegistrationMode>(value.registration));
    out.set_lab(value.lab);
    auto &announced = *out.mutable_limits();
    announced.set_frame_bytes(value.limits.frameBytes);
    announced.set_content_bytes(value.limits.contentBytes);
    announced.set_text_bytes(value.limits.textBytes);
    announced.set_devices(value.limits.devices);
    announced.set_queue_messages(value.limits.queueMessages);
}

Outcome<ServerHello> read(const v1::ServerHello &in)
{
    ServerHello value;
    value.version = in.version();
    KITH_TRY(value.features, readFeatures(in.features()));
    KITH_TRY(value.serverId, readId<Sha256>(in.server_id(), "server id"));
    KITH_TRY(value.registration, readMode(in.registration()));
    value.lab = in.lab();
    value.limits = readLimits(in.limits());
    return value;
}

void write(const Challenge &value, v1::Challenge &out)
{
    out.set_nonce(toStd(value.nonce.view()));
    out.set_time_ms(static_cast<std::uint64_t>(toMs(value.time)));
}

Outcome<Challenge> read(const v1::Challenge &in)
{
    Challenge value;
    KITH_TRY(value.nonce, readId<Sha256>(in.nonce(), "nonce"));
    KITH_TRY(value.time, readTime(in.time_ms()));
    return value;
}

void write(const Register &value, v1::Register &out)
{
    out.set_name(value.name);
    out.set_invite(value.invite);
    out.set_account(toStd(value.account.view()));
    out.set_account_key(toStd(value.accountKey.view()));
    write(value.devices, *out.mutable_devices());
    out.set_registration_id(value.registrationId);
    write(value.signedPreKey, *out.mutable_signed_pre_key());
    for (const auto &key : value.preKeys)
        write(key, *out.add_pre_keys());
    out.set_login(toStd(value.login.view()));
}

Outcome<Register> read(const v1::Register &in)
{
    Register value;
    KITH_TRY(value.name, readText(in.name(), 1, limits::nameBytes, "name"));
    KITH_TRY(value.invite, readText(in.invite(), 0, limits::inviteBytes, "invite"));
    KITH_TRY(value.account, readId<AccountId>(in.account(), "account id"));
    KITH_TRY(value.accountKey, readId<Ed25519PublicKey>(in.account_key(), "account key"));
    KITH_TRY(value.devices, read(in.devices()));
    value.registrationId = in.registration_id();
    KITH_CHECK(readNumber(value.registrationId, 1, limits::maxRegistrationId, "registration id"));
    KITH_TRY(value.signedPreKey, read(in.signed_pre_key(), PreKeyKind::signedKey));
    KITH_TRY(value.preKeys, readOneTimeKeys(in.pre_keys()));
    KITH_TRY(value.login, readId<Ed25519Signature>(in.login(), "login signature"));
    return value;
}

void write(const Authenticate &value, v1::Authenticate &out)
{
    out.set_device(toStd(value.device.bytes()));
    out.set_login(toStd(value.login.view()));
}

Outcome<Authenticate> read(const v1::Authenticate &in)
{
    Authenticate value;
    KITH_TRY(value.device, readDevice(in.device()));
    KITH_TRY(value.login, readId<Ed25519Signature>(in.login(), "login signature"));
    return value;
}

void write(const Ready &value, v1::Ready &out)
{
    out.set_qepoch(value.qepoch.value);
    out.set_list_version(value.listVersion);
    out.set_pre_keys_left(value.preKeysLeft);
    out.set_send_counter(value.sendCounter);
    out.set_signed_pre_key_id(value.signedPreKeyId);
}

Outcome<Ready> read(const v1::Ready &in)
{
    Ready value;
    value.qepoch = Qepoch { in.qepoch() };
    value.listVersion = in.list_version();
    value.preKeysLeft = in.pre_keys_left();
    value.sendCounter = in.send_counter();
    value.signedPreKeyId = in.signed_pre_key_id();
    KITH_CHECK(readNumber(value.preKeysLeft, 0, limits::maxStock, "prekey count"));
    KITH_CHECK(readNumber(value.signedPreKeyId, 0, limits::maxAnyPreKeyId, "prekey id"));
    return value;
}

} // namespace kith::wire
