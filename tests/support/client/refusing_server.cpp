// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/client/refusing_server.h"

#include "common/wire/codec.h"

#include <set>

namespace kith::support {

void refuse(Citizen &person, std::function<bool(const wire::ClientBody &)> picks, const wire::Fault &fault)
{
    const auto refused = std::make_shared<std::set<std::uint64_t>>(); // shared by the two directions
    person.network->toServer().alter = [refused, picks = std::move(picks)](const QByteArray &bytes) {
        const auto frame = wire::decodeClientFrame(bytes);
        if (!frame || !picks(frame->body))
            return bytes;
        refused->insert(frame->requestId);
        return wire::encode(wire::ClientFrame { frame->requestId, wire::Heartbeat {} }); // has an answer, does nothing
    };
    person.network->toClient().alter = [refused, fault](const QByteArray &bytes) {
        const auto frame = wire::decodeServerFrame(bytes);
        if (!frame || refused->erase(frame->requestId) == 0)
            return bytes;
        return wire::encode(wire::ServerFrame { frame->requestId, fault });
    };
}

void refuseNothing(Citizen &person)
{
    person.network->toServer().alter = {};
    person.network->toClient().alter = {};
}

} // namespace kith::support
