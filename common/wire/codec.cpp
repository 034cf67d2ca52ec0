// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/codec.h"

#include "common/wire/check.h"
#include "common/wire/frame_bodies.h"
#include "common/wire/frame_parts.h"
#include "common/wire/limits.h"
#include "common/wire/protobuf_io.h"
#include "common/wire/wire_fields.h"

#include <QtEndian>

namespace kith::wire {

namespace {

constexpr std::uint32_t firstBody = 2; // field numbers of both oneofs, frame.proto
constexpr std::uint32_t lastClientBody = 18;
constexpr std::uint32_t lastServerBody = 17;
constexpr std::uint32_t deliverBody = 11;
constexpr std::uint32_t lastRow = 6;

template <class Schema, class Frame>
QByteArray encodeFrame(const Frame &frame)
{
    Schema message;
    message.set_request_id(frame.requestId);
    std::visit([&](const auto &body) { write(body, bodyOf(message, body)); }, frame.body);
    return serialize(message);
}

template <class Body, class T>
Outcome<Body> asBody(Outcome<T> part)
{
    if (!part)
        return std::move(part).error();
    return Body { std::move(part).value() };
}

Outcome<ClientBody> readBody(const v1::ClientFrame &frame)
{
    switch (frame.body_case()) {
    case v1::ClientFrame::kHello:
        return asBody<ClientBody>(read(frame.hello()));
    case v1::ClientFrame::kRegister:
        return asBody<ClientBody>(read(frame.register_()));
    case v1::ClientFrame::kAuthenticate:
        return asBody<ClientBody>(read(frame.authenticate()));
    case v1::ClientFrame::kLookup:
        return asBody<ClientBody>(read(frame.lookup()));
    case v1::ClientFrame::kLookupAccount:
        return asBody<ClientBody>(read(frame.lookup_account()));
    case v1::ClientFrame::kSetRelation:
        return asBody<ClientBody>(read(frame.set_relation()));
    case v1::ClientFrame::kSetProfile:
        return asBody<ClientBody>(read(frame.set_profile()));
    case v1::ClientFrame::kFetchProfile:
        return asBody<ClientBody>(read(frame.fetch_profile()));
    case v1::ClientFrame::kDeleteAccount:
        return asBody<ClientBody>(read(frame.delete_account()));
    case v1::ClientFrame::kPublishDeviceList:
        return asBody<ClientBody>(read(frame.publish_device_list()));
    case v1::ClientFrame::kPublishPreKeys:
        return asBody<ClientBody>(read(frame.publish_pre_keys()));
    case v1::ClientFrame::kCountPreKeys:
        return asBody<ClientBody>(read(frame.count_pre_keys()));
    case v1::ClientFrame::kFetchBundles:
        return asBody<ClientBody>(read(frame.fetch_bundles()));
    case v1::ClientFrame::kSendMessage:
        return asBody<ClientBody>(read(frame.send_message()));
    case v1::ClientFrame::kAck:
        return asBody<ClientBody>(read(frame.ack()));
    case v1::ClientFrame::kHeartbeat:
        return asBody<ClientBody>(read(frame.heartbeat()));
    case v1::ClientFrame::kEphemeral:
        return asBody<ClientBody>(read(frame.ephemeral()));
    case v1::ClientFrame::BODY_NOT_SET:
        break;
    }
    return invalidFault("frame");
}

Outcome<ServerBody> readBody(const v1::ServerFrame &frame)
{
    switch (frame.body_case()) {
    case v1::ServerFrame::kHello:
        return asBody<ServerBody>(read(frame.hello()));
    case v1::ServerFrame::kChallenge:
        return asBody<ServerBody>(read(frame.challenge()));
    case v1::ServerFrame::kReady:
        return asBody<ServerBody>(read(frame.ready()));
    case v1::ServerFrame::kAccountInfo:
        return asBody<ServerBody>(read(frame.account_info()));
    case v1::ServerFrame::kProfile:
        return asBody<ServerBody>(read(frame.profile()));
    case v1::ServerFrame::kPreKeyCount:
        return asBody<ServerBody>(read(frame.pre_key_count()));
    case v1::ServerFrame::kBundles:
        return asBody<ServerBody>(read(frame.bundles()));
    case v1::ServerFrame::kAccepted:
        return asBody<ServerBody>(read(frame.accepted()));
    case v1::ServerFrame::kDeviceMismatch:
        return asBody<ServerBody>(read(frame.device_mismatch()));
    case v1::ServerFrame::kDeliver:
        return asBody<ServerBody>(read(frame.deliver()));
    case v1::ServerFrame::kDrained:
        return asBody<ServerBody>(read(frame.drained()));
    case v1::ServerFrame::kEphemeral:
        return asBody<ServerBody>(read(frame.ephemeral()));
    case v1::ServerFrame::kPreKeysLow:
        return asBody<ServerBody>(read(frame.pre_keys_low()));
    case v1::ServerFrame::kGoAway:
        return asBody<ServerBody>(read(frame.go_away()));
    case v1::ServerFrame::kDone:
        return asBody<ServerBody>(read(frame.done()));
    case v1::ServerFrame::kFault: {
        Fault fault;
        KITH_CHECK(read(frame.fault(), fault));
        return ServerBody { std::move(fault) };
    }
    case v1::ServerFrame::BODY_NOT_SET:
        break;
    }
    return invalidFault("frame");
}

/// What the parser would not tell: two bodies, two request ids, a body that this build does not know.
Outcome<void> checkShape(ByteView bytes, std::uint32_t lastBody)
{
    const auto scan = scanOneof(bytes, firstBody, lastBody);
    if (scan.broken)
        return invalidFault("bytes");
    if (scan.members == 0 && scan.unknown > 0) {
        Fault fault;
        fault.code = ErrorCode::invalid;
        fault.detail = "unknown frame type";
        return fault;
    }
    if (scan.members != 1)
        return invalidFault("frame: not exactly one body");
    if (repeatsBeyond(scan.value, limits::repeatedFields))
        return tooLargeFault("repeated field");
    int ids = 0;
    WireFields fields(bytes);
    while (const auto field = fields.next())
        ids += field->number == 1 ? 1 : 0;
    if (ids > 1)
        return invalidFault("frame: two request ids");
    return {};
}

Outcome<void> checkRequestId(const ClientFrame &frame)
{
    const bool unanswered = std::holds_alternative<Ack>(frame.body) || std::holds_alternative<Ephemeral>(frame.body);
    if (unanswered != (frame.requestId == 0))
        return invalidFault("request id");
    return {};
}

Outcome<void> checkRequestId(const ServerFrame &frame)
{
    struct Rule {
        bool operator()(const Challenge &) const { return id == 0; }
        bool operator()(const Deliver &) const { return id == 0; }
        bool operator()(const Drained &) const { return id == 0; }
        bool operator()(const Ephemeral &) const { return id == 0; }
        bool operator()(const PreKeysLow &) const { return id == 0; }
        bool operator()(const GoAway &) const { return id == 0; }
        bool operator()(const ServerHello &) const { return true; } // a server may greet before it read a Hello
        bool operator()(const Fault &) const { return true; } // 0: the request's id could not be read
        bool operator()(const Ready &) const { return id != 0; }
        bool operator()(const AccountInfo &) const { return id != 0; }
        bool operator()(const Profile &) const { return id != 0; }
        bool operator()(const PreKeyCount &) const { return id != 0; }
        bool operator()(const Bundles &) const { return id != 0; }
        bool operator()(const Accepted &) const { return id != 0; }
        bool operator()(const DeviceMismatch &) const { return id != 0; }
        bool operator()(const Done &) const { return id != 0; }
        std::uint64_t id;
    };
    if (!std::visit(Rule { frame.requestId }, frame.body))
        return invalidFault("request id");
    return {};
}

template <class Frame, class Schema>
Outcome<Frame> decodeFrame(const QByteArray &bytes, std::size_t limit, std::uint32_t lastBody)
{
    KITH_CHECK(checkSize(static_cast<std::size_t>(bytes.size()), 1, limit, "frame"));
    KITH_CHECK(checkShape(viewOf(bytes), lastBody));
    Schema message;
    KITH_CHECK(parse(viewOf(bytes), message));
    KITH_TRY(auto body, readBody(message));
    Frame frame { message.request_id(), std::move(body) };
    KITH_CHECK(checkRequestId(frame));
    return frame;
}

/// The row inside a Deliver: exactly one kind (a pushed row of a newer kind is no row of this version).
Outcome<void> checkRow(ByteView bytes)
{
    WireFields fields(bytes);
    while (const auto field = fields.next()) {
        if (field->number != deliverBody)
            continue;
        if (const auto row = scanOneof(field->bytes, firstBody, lastRow); row.broken || row.members != 1)
            return invalidFault("queue row");
    }
    return {};
}

} // namespace

QByteArray encode(const ClientFrame &frame)
{
    return encodeFrame<v1::ClientFrame>(frame);
}

QByteArray encode(const ServerFrame &frame)
{
    return encodeFrame<v1::ServerFrame>(frame);
}

Outcome<ClientFrame> decodeClientFrame(const QByteArray &bytes)
{
    auto frame = decodeFrame<ClientFrame, v1::ClientFrame>(bytes, limits::frameBytes, lastClientBody);
    if (frame) {
        if (const auto *ephemeral = std::get_if<Ephemeral>(&frame->body); ephemeral && ephemeral->device != 0)
            return invalidFault("device number"); // the server stamps it (security S3)
    }
    return frame;
}

Outcome<ServerFrame> decodeServerFrame(const QByteArray &bytes)
{
    auto frame = decodeFrame<ServerFrame, v1::ServerFrame>(bytes, limits::clientFrameBytes, lastServerBody);
    if (frame) {
        if (std::holds_alternative<Deliver>(frame->body))
            KITH_CHECK(checkRow(viewOf(bytes)));
        if (const auto *ephemeral = std::get_if<Ephemeral>(&frame->body); ephemeral && ephemeral->device == 0)
            return invalidFault("device number");
    }
    return frame;
}

std::uint64_t requestIdOf(const QByteArray &bytes)
{
    if (static_cast<std::size_t>(bytes.size()) > limits::frameBytes)
        return 0;
    WireFields fields(viewOf(bytes));
    while (const auto field = fields.next()) {
        if (field->number == 1 && field->isVarint)
            return field->varint;
    }
    return 0;
}

QByteArray loginBytes(const Sha256 &serverId, const Challenge &challenge, const DeviceId &device,
                      const QByteArray &certificateHash)
{
    char time[8];
    qToBigEndian(toMs(challenge.time), time);
    return serverId.bytes() + challenge.nonce.bytes() + QByteArray(time, sizeof time) + device.bytes()
        + certificateHash;
}

} // namespace kith::wire
