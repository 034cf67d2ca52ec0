// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/stored.h"

#include "common/wire/check.h"
#include "common/wire/frame_parts.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"
#include "common/wire/stored.pb.h"

namespace kith::wire {

namespace {

constexpr std::size_t maxRowBytes = limits::clientFrameBytes; // no row is larger than a frame

std::uint64_t msOf(WallTime time)
{
    return static_cast<std::uint64_t>(toMs(time));
}

Outcome<StoredRow> read(const v1::StoredRow &in)
{
    StoredRow row;
    KITH_TRY(const auto sid, readNumber(in.sid(), 0, INT64_MAX, "sid"));
    row.sid = Sid { sid };
    KITH_TRY(row.time, readTime(in.time_ms()));
    KITH_TRY(row.item, readItem(in.item()));
    return row;
}

Outcome<StoredHead> read(const v1::StoredHead &in)
{
    StoredHead head;
    head.qepoch = Qepoch { in.qepoch() };
    head.last = Qseq { in.last() };
    head.closed = in.closed();
    head.messages = in.messages();
    head.bytes = in.bytes();
    head.events = in.events();
    head.sendCounter = in.send_counter();
    head.missed = Qseq { in.missed() };
    KITH_TRY(head.due, readTime(in.due_ms()));
    if (head.missed > head.last)
        return invalidFault("queue head");
    return head;
}

Outcome<StoredMid> read(const v1::StoredMid &in)
{
    StoredMid mid;
    mid.qseq = Qseq { in.qseq() };
    KITH_TRY(mid.until, readTime(in.until_ms()));
    mid.settled = in.settled();
    return mid;
}

Outcome<StoredHome> read(const v1::StoredHome &in)
{
    StoredHome home;
    KITH_TRY(home.sid, readSid(in.sid()));
    KITH_TRY(home.until, readTime(in.until_ms()));
    home.sendCounter = in.send_counter();
    return home;
}

Outcome<StoredPreKey> read(const v1::StoredPreKey &in)
{
    StoredPreKey row;
    KITH_TRY(row.key, wire::read(in.key(), PreKeyKind::oneTime));
    return row;
}

Outcome<StoredDeviceKeys> read(const v1::StoredDeviceKeys &in)
{
    StoredDeviceKeys keys;
    keys.registrationId = in.registration_id();
    KITH_CHECK(readNumber(keys.registrationId, 1, limits::maxRegistrationId, "registration id"));
    KITH_TRY(keys.signedPreKey, wire::read(in.signed_pre_key(), PreKeyKind::signedKey));
    keys.oneTime = in.one_time();
    return keys;
}

Outcome<StoredAccount> read(const v1::StoredAccount &in)
{
    StoredAccount row;
    KITH_TRY(row.account, readId<AccountId>(in.account(), "account id"));
    KITH_TRY(row.name, readText(in.name(), 1, limits::nameBytes, "name"));
    row.removed = in.removed();
    KITH_TRY(row.created, readTime(in.created_ms()));
    row.listVersion = in.list_version();
    KITH_TRY(row.accountKey, readId<Ed25519PublicKey>(in.account_key(), "account key"));
    KITH_TRY(row.devices, wire::read(in.devices()));
    KITH_TRY(row.profile, wire::read(in.profile()));
    return row;
}

Outcome<StoredName> read(const v1::StoredName &in)
{
    StoredName name;
    KITH_TRY(name.account, readId<AccountId>(in.account(), "account id"));
    name.removed = in.removed();
    return name;
}

Outcome<StoredInvite> read(const v1::StoredInvite &in)
{
    StoredInvite invite;
    KITH_TRY(invite.token, readText(in.token(), 1, limits::inviteBytes, "invite"));
    invite.usesLeft = in.uses_left();
    invite.used = in.used();
    KITH_TRY(invite.expires, readTime(in.expires_ms()));
    invite.revoked = in.revoked();
    return invite;
}

Outcome<StoredRelation> read(const v1::StoredRelation &in)
{
    StoredRelation row;
    KITH_TRY(row.relation, readRelation(in.relation()));
    const auto count = static_cast<std::size_t>(in.stranger_mids_size());
    KITH_CHECK(checkSize(count, 0, limits::storedStrangerMids, "mids"));
    for (const auto &item : in.stranger_mids()) {
        KITH_TRY(const auto mid, readId<Mid>(item, "mid"));
        row.strangerMids.push_back(mid);
    }
    return row;
}

Outcome<StoredRelations> read(const v1::StoredRelations &in)
{
    return StoredRelations { in.relations(), in.pending_strangers() };
}

template <class Row, class Schema>
Result<Row> decode(ByteView bytes)
{
    Schema message;
    Outcome<Row> row = Row {};
    if (auto sized = checkSize(bytes.size(), 0, maxRowBytes, "row"); !sized)
        row = std::move(sized).error();
    else if (auto parsed = parse(bytes, message); !parsed)
        row = std::move(parsed).error();
    else
        row = read(message);
    if (!row)
        return Error { kith::ErrorCode::corrupt, row.error().detail + " in a stored row" };
    return std::move(row).value();
}

} // namespace

QByteArray encode(const StoredRow &row)
{
    v1::StoredRow out;
    out.set_sid(row.sid.value);
    out.set_time_ms(msOf(row.time));
    write(row.item, *out.mutable_item());
    return serialize(out);
}

QByteArray encode(const StoredHead &head)
{
    v1::StoredHead out;
    out.set_qepoch(head.qepoch.value);
    out.set_last(head.last.value);
    out.set_closed(head.closed);
    out.set_messages(head.messages);
    out.set_bytes(head.bytes);
    out.set_events(head.events);
    out.set_send_counter(head.sendCounter);
    out.set_missed(head.missed.value);
    out.set_due_ms(msOf(head.due));
    return serialize(out);
}

QByteArray encode(const StoredMid &mid)
{
    v1::StoredMid out;
    out.set_qseq(mid.qseq.value);
    out.set_until_ms(msOf(mid.until));
    out.set_settled(mid.settled);
    return serialize(out);
}

QByteArray encode(const StoredHome &home)
{
    v1::StoredHome out;
    out.set_sid(home.sid.value);
    out.set_until_ms(msOf(home.until));
    out.set_send_counter(home.sendCounter);
    return serialize(out);
}

QByteArray encode(const StoredPreKey &key)
{
    v1::StoredPreKey out;
    write(key.key, *out.mutable_key());
    return serialize(out);
}

QByteArray encode(const StoredDeviceKeys &keys)
{
    v1::StoredDeviceKeys out;
    out.set_registration_id(keys.registrationId);
    write(keys.signedPreKey, *out.mutable_signed_pre_key());
    out.set_one_time(keys.oneTime);
    return serialize(out);
}

QByteArray encode(const StoredAccount &account)
{
    v1::StoredAccount out;
    out.set_account(toStd(account.account.view()));
    out.set_name(account.name);
    out.set_account_key(toStd(account.accountKey.view()));
    write(account.devices, *out.mutable_devices());
    out.set_list_version(account.listVersion);
    write(account.profile, *out.mutable_profile());
    out.set_created_ms(msOf(account.created));
    out.set_removed(account.removed);
    return serialize(out);
}

QByteArray encode(const StoredName &name)
{
    v1::StoredName out;
    out.set_account(toStd(name.account.view()));
    out.set_removed(name.removed);
    return serialize(out);
}

QByteArray encode(const StoredInvite &invite)
{
    v1::StoredInvite out;
    out.set_token(invite.token);
    out.set_uses_left(invite.usesLeft);
    out.set_used(invite.used);
    out.set_expires_ms(msOf(invite.expires));
    out.set_revoked(invite.revoked);
    return serialize(out);
}

QByteArray encode(const StoredRelation &relation)
{
    v1::StoredRelation out;
    out.set_relation(static_cast<v1::Relation>(relation.relation));
    for (const auto &mid : relation.strangerMids)
        out.add_stranger_mids(toStd(mid.view()));
    return serialize(out);
}

QByteArray encode(const StoredRelations &relations)
{
    v1::StoredRelations out;
    out.set_relations(relations.relations);
    out.set_pending_strangers(relations.pendingStrangers);
    return serialize(out);
}

Result<StoredRow> decodeStoredRow(ByteView bytes)
{
    return decode<StoredRow, v1::StoredRow>(bytes);
}

Result<StoredHead> decodeStoredHead(ByteView bytes)
{
    return decode<StoredHead, v1::StoredHead>(bytes);
}

Result<StoredMid> decodeStoredMid(ByteView bytes)
{
    return decode<StoredMid, v1::StoredMid>(bytes);
}

Result<StoredHome> decodeStoredHome(ByteView bytes)
{
    return decode<StoredHome, v1::StoredHome>(bytes);
}

Result<StoredPreKey> decodeStoredPreKey(ByteView bytes)
{
    return decode<StoredPreKey, v1::StoredPreKey>(bytes);
}

Result<StoredDeviceKeys> decodeStoredDeviceKeys(ByteView bytes)
{
    return decode<StoredDeviceKeys, v1::StoredDeviceKeys>(bytes);
}

Result<StoredAccount> decodeStoredAccount(ByteView bytes)
{
    return decode<StoredAccount, v1::StoredAccount>(bytes);
}

Result<StoredName> decodeStoredName(ByteView bytes)
{
    return decode<StoredName, v1::StoredName>(bytes);
}

Result<StoredInvite> decodeStoredInvite(ByteView bytes)
{
    return decode<StoredInvite, v1::StoredInvite>(bytes);
}

Result<StoredRelation> decodeStoredRelation(ByteView bytes)
{
    return decode<StoredRelation, v1::StoredRelation>(bytes);
}

Result<StoredRelations> decodeStoredRelations(ByteView bytes)
{
    return decode<StoredRelations, v1::StoredRelations>(bytes);
}

} // namespace kith::wire
