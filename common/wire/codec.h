// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/frames.h"

namespace kith::wire {

/// The frame's bytes (protobuf, deterministic). One frame is one binary WebSocket message.
QByteArray encode(const ClientFrame &frame);
QByteArray encode(const ServerFrame &frame);

/// Reads a frame and checks every length, count, range and text (security S13). Errors: invalid, tooLarge (a count or
/// length over its limit), both before anything of that size was allocated; the id of the request is in `requestId` of
/// the failure's owner only if it could be read, see requestIdOf. A frame type of a newer version: invalid, "unknown
/// frame type".
Outcome<ClientFrame> decodeClientFrame(const QByteArray &bytes);
Outcome<ServerFrame> decodeServerFrame(const QByteArray &bytes);

/// The request id of bytes that decodeClientFrame refused, or 0: the error's address.
std::uint64_t requestIdOf(const QByteArray &bytes);

/// A short stable word per frame type ("send", "ack", ...), for metrics (server-ops 3.1, label kind).
const char *kindOf(const ClientBody &body);
const char *kindOf(const ServerBody &body);

/// What a login signature covers, context loginContext (security S2): server id, nonce, the server's time, account,
/// device, hash of the server's certificate (RFC 5929 tls-server-end-point) or empty on a plain socket.
constexpr const char *loginContext = "kith.login.v1";
QByteArray loginBytes(const Sha256 &serverId, const Challenge &challenge, const DeviceId &device,
                      const QByteArray &certificateHash);

} // namespace kith::wire
