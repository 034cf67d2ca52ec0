// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/content/content.h"

#include "common/wire/check.h"
#include "common/wire/content/content_bodies.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"
#include "common/wire/wire_fields.h"

namespace kith::wire {

namespace {

constexpr std::uint32_t firstBody = 20; // field numbers of the oneof, content.proto
constexpr std::uint32_t lastBody = 26;
constexpr std::uint32_t lastCommonField = 19;
constexpr std::size_t keyBytes = 32;

void write(const ContentHeader &header, v1::ContentHeader &out)
{
    out.set_sender(toStd(header.sender.bytes()));
    out.set_recipient(toStd(header.recipient.view()));
    out.mutable_pair()->set_low(toStd(header.chat.low.view()));
    out.mutable_pair()->set_high(toStd(header.chat.high.view()));
    out.set_mid(toStd(header.mid.view()));
    out.set_client_time_ms(static_cast<std::uint64_t>(toMs(header.clientTime)));
    if (header.n)
        out.set_n(*header.n);
    if (header.previous)
        out.set_previous(toStd(header.previous->view()));
    for (const auto number : header.voided)
        out.add_voided(number);
}

Outcome<PairChat> read(const v1::PairChat &in)
{
    PairChat chat;
    KITH_TRY(chat.low, readId<AccountId>(in.low(), "account id"));
    KITH_TRY(chat.high, readId<AccountId>(in.high(), "account id"));
    if (chat.high < chat.low)
        return invalidFault("order of a pair");
    return chat;
}

Outcome<ContentHeader> read(const v1::ContentHeader &in)
{
    ContentHeader header;
    KITH_TRY(header.sender, readDevice(in.sender()));
    KITH_TRY(header.recipient, readId<AccountId>(in.recipient(), "account id"));
    KITH_TRY(header.chat, read(in.pair()));
    KITH_TRY(header.mid, readId<Mid>(in.mid(), "mid"));
    KITH_TRY(header.clientTime, readTime(in.client_time_ms()));
    if (in.has_n()) {
        KITH_TRY(header.n, readNumber(in.n(), 1, INT64_MAX, "number"));
    }
    if (in.has_previous()) {
        KITH_TRY(header.previous, readId<Sha256>(in.previous(), "hash"));
    }
    KITH_CHECK(checkSize(static_cast<std::size_t>(in.voided_size()), 0, limits::voidedNumbers, "voided numbers"));
    for (const auto number : in.voided()) {
        KITH_CHECK(readNumber(number, 1, INT64_MAX, "number"));
        header.voided.push_back(number);
    }
    return header;
}

Outcome<std::vector<ReceivedThrough>> readReceived(const v1::Content &in)
{
    const auto count = static_cast<std::size_t>(in.received_through_size());
    KITH_CHECK(checkSize(count, 0, limits::listedDevices, "received_through"));
    std::vector<ReceivedThrough> entries;
    for (const auto &item : in.received_through()) {
        KITH_TRY(const auto device, readDeviceNumber(item.device()));
        KITH_TRY(const auto n, readNumber(item.n(), 0, INT64_MAX, "number"));
        entries.push_back({ device, n });
    }
    return entries;
}

/// A counted body has its number, and a hash of the one before unless it is the first; an uncounted one has neither.
Outcome<void> checkNumber(const Content &content)
{
    if (std::holds_alternative<UnknownBody>(content.body))
        return {};
    const auto &header = content.header;
    if (isCounted(content.body) != header.n.has_value())
        return invalidFault("number");
    if (header.previous && (!header.n || *header.n == 1))
        return invalidFault("hash of the content before");
    return {};
}

struct BodyScan {
    bool broken = false;
    int known = 0;
    int unknown = 0;
};

BodyScan scanBodies(ByteView bytes)
{
    BodyScan scan;
    WireFields fields(bytes);
    while (const auto field = fields.next()) {
        if (field->number >= firstBody && field->number <= lastBody)
            ++scan.known;
        else if (field->number > lastCommonField)
            ++scan.unknown;
    }
    scan.broken = fields.broken();
    return scan;
}

Outcome<Content> read(const v1::Content &in, const BodyScan &scan)
{
    Content content;
    content.version = in.version();
    KITH_CHECK(readNumber(content.version, 1, UINT32_MAX, "content version"));
    KITH_TRY(content.header, read(in.header()));
    if (in.has_profile_key()) {
        KITH_TRY(content.profileKey, readExact(in.profile_key(), keyBytes, "profile key"));
    }
    if (in.has_profile_version())
        content.profileVersion = in.profile_version();
    if (in.has_ephemeral_key()) {
        KITH_TRY(content.ephemeralKey, readExact(in.ephemeral_key(), keyBytes, "ephemeral key"));
    }
    KITH_TRY(content.receivedThrough, readReceived(in));
    if (content.version > contentVersion || (scan.known == 0 && scan.unknown > 0)) {
        content.body = UnknownBody {};
    } else {
        if (scan.known != 1)
            return invalidFault("content: not exactly one body");
        KITH_TRY(content.body, readBody(in));
    }
    KITH_CHECK(checkNumber(content));
    return content;
}

Outcome<Content> decode(const QByteArray &bytes)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(bytes.size()), 1, limits::contentBytes, "content"));
    const auto scan = scanBodies(viewOf(bytes));
    if (scan.broken)
        return invalidFault("bytes");
    v1::Content message;
    KITH_CHECK(parse(viewOf(bytes), message));
    return read(message, scan);
}

Outcome<ProfileContent> readProfile(const QByteArray &bytes)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(bytes.size()), 0, limits::profileBytes, "profile"));
    v1::ProfileContent message;
    KITH_CHECK(parse(viewOf(bytes), message));
    ProfileContent profile;
    KITH_TRY(profile.displayName, readText(message.display_name(), 0, limits::displayNameBytes, "display name"));
    KITH_TRY(profile.about, readText(message.about(), 0, limits::aboutBytes, "about"));
    KITH_TRY(profile.avatar, readBytes(message.avatar(), 0, limits::avatarBytes, "avatar"));
    return profile;
}

template <class T>
Result<T> asResult(Outcome<T> outcome)
{
    if (!outcome)
        return toError(outcome.error());
    return std::move(outcome).value();
}

} // namespace

PairChat PairChat::of(const AccountId &a, const AccountId &b)
{
    return a < b ? PairChat { a, b } : PairChat { b, a };
}

bool isCounted(const ContentBody &body)
{
    return std::holds_alternative<Text>(body);
}

QByteArray encode(const Content &content)
{
    v1::Content out;
    out.set_version(content.version);
    write(content.header, *out.mutable_header());
    if (content.profileKey)
        out.set_profile_key(toStd(*content.profileKey));
    if (content.profileVersion)
        out.set_profile_version(*content.profileVersion);
    if (content.ephemeralKey)
        out.set_ephemeral_key(toStd(*content.ephemeralKey));
    for (const auto &entry : content.receivedThrough) {
        auto &item = *out.add_received_through();
        item.set_device(entry.device);
        item.set_n(entry.n);
    }
    writeBody(content.body, out);
    return serialize(out);
}

Result<Content> decodeContent(const QByteArray &bytes)
{
    return asResult(decode(bytes));
}

QByteArray encode(const ProfileContent &profile)
{
    v1::ProfileContent out;
    out.set_display_name(profile.displayName);
    out.set_about(profile.about);
    out.set_avatar(toStd(profile.avatar));
    return serialize(out);
}

Result<ProfileContent> decodeProfile(const QByteArray &bytes)
{
    return asResult(readProfile(bytes));
}

} // namespace kith::wire
