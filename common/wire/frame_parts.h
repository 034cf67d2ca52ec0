// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/frame.pb.h"
#include "common/wire/frames.h"

/// One pair per message: `write` fills the generated class, `read` takes a parsed one and checks every length, count,
/// range and text. Room-private: only files of common/wire include it.
namespace kith::wire {

void write(const PreKey &value, v1::PreKey &out);
void write(const SignedDeviceList &value, v1::SignedDeviceList &out);
void write(const Envelope &value, v1::Envelope &out);
void write(const Hello &value, v1::Hello &out);
void write(const Register &value, v1::Register &out);
void write(const Authenticate &value, v1::Authenticate &out);
void write(const Lookup &value, v1::Lookup &out);
void write(const LookupAccount &value, v1::LookupAccount &out);
void write(const SetRelation &value, v1::SetRelation &out);
void write(const SetProfile &value, v1::SetProfile &out);
void write(const FetchProfile &value, v1::FetchProfile &out);
void write(const DeleteAccount &value, v1::DeleteAccount &out);
void write(const PublishDeviceList &value, v1::PublishDeviceList &out);
void write(const PublishPreKeys &value, v1::PublishPreKeys &out);
void write(const CountPreKeys &value, v1::CountPreKeys &out);
void write(const FetchBundles &value, v1::FetchBundles &out);
void write(const SendMessage &value, v1::SendMessage &out);
void write(const Ack &value, v1::Ack &out);
void write(const Heartbeat &value, v1::Heartbeat &out);
void write(const Ephemeral &value, v1::Ephemeral &out);
void write(const ServerHello &value, v1::ServerHello &out);
void write(const Challenge &value, v1::Challenge &out);
void write(const Ready &value, v1::Ready &out);
void write(const AccountInfo &value, v1::AccountInfo &out);
void write(const Profile &value, v1::Profile &out);
void write(const PreKeyCount &value, v1::PreKeyCount &out);
void write(const Bundles &value, v1::Bundles &out);
void write(const Accepted &value, v1::Accepted &out);
void write(const DeviceMismatch &value, v1::DeviceMismatch &out);
void write(const Deliver &value, v1::Deliver &out);
void write(const Drained &value, v1::Drained &out);
void write(const PreKeysLow &value, v1::PreKeysLow &out);
void write(const GoAway &value, v1::GoAway &out);
void write(const Done &value, v1::Done &out);
void write(const Fault &value, v1::Fault &out);
void write(const QueueItem &item, v1::Deliver &out); ///< the oneof alone

Outcome<SignedDeviceList> read(const v1::SignedDeviceList &in);
Outcome<Envelope> read(const v1::Envelope &in);
Outcome<Hello> read(const v1::Hello &in);
Outcome<Register> read(const v1::Register &in);
Outcome<Authenticate> read(const v1::Authenticate &in);
Outcome<Lookup> read(const v1::Lookup &in);
Outcome<LookupAccount> read(const v1::LookupAccount &in);
Outcome<SetRelation> read(const v1::SetRelation &in);
Outcome<SetProfile> read(const v1::SetProfile &in);
Outcome<FetchProfile> read(const v1::FetchProfile &in);
Outcome<DeleteAccount> read(const v1::DeleteAccount &in);
Outcome<PublishDeviceList> read(const v1::PublishDeviceList &in);
Outcome<PublishPreKeys> read(const v1::PublishPreKeys &in);
Outcome<CountPreKeys> read(const v1::CountPreKeys &in);
Outcome<FetchBundles> read(const v1::FetchBundles &in);
Outcome<SendMessage> read(const v1::SendMessage &in);
Outcome<Ack> read(const v1::Ack &in);
Outcome<Heartbeat> read(const v1::Heartbeat &in);
Outcome<Ephemeral> read(const v1::Ephemeral &in);
Outcome<ServerHello> read(const v1::ServerHello &in);
Outcome<Challenge> read(const v1::Challenge &in);
Outcome<Ready> read(const v1::Ready &in);
Outcome<AccountInfo> read(const v1::AccountInfo &in);
Outcome<Profile> read(const v1::Profile &in);
Outcome<PreKeyCount> read(const v1::PreKeyCount &in);
Outcome<Bundles> read(const v1::Bundles &in);
Outcome<Accepted> read(const v1::Accepted &in);
Outcome<DeviceMismatch> read(const v1::DeviceMismatch &in);
Outcome<Drained> read(const v1::Drained &in);
Outcome<PreKeysLow> read(const v1::PreKeysLow &in);
Outcome<GoAway> read(const v1::GoAway &in);
Outcome<Done> read(const v1::Done &in);
Outcome<Deliver> read(const v1::Deliver &in);
Outcome<QueueItem> readItem(const v1::Deliver &in);
/// A one-time key has no signature, a signed one has 64 B of it.
enum class PreKeyKind { oneTime, signedKey };
Outcome<PreKey> read(const v1::PreKey &in, PreKeyKind kind);
/// At most 100, no id twice.
Outcome<std::vector<PreKey>> readOneTimeKeys(const google::protobuf::RepeatedPtrField<v1::PreKey> &in);
Outcome<Relation> readRelation(v1::Relation relation);
/// At most 64, each 1 to 1023, none twice.
Outcome<std::vector<std::uint16_t>> readDeviceNumbers(const google::protobuf::RepeatedField<std::uint32_t> &in);
/// A Fault is value and refusal alike, which Outcome cannot tell apart.
Outcome<void> read(const v1::Fault &in, Fault &out);

} // namespace kith::wire
