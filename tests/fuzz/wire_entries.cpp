// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/wire_entries.h"

#include "common/wire/codec.h"
#include "common/wire/content/content.h"
#include "common/wire/signed/device_list.h"
#include "common/wire/stored.h"
#include "tests/unit/common/wire/samples.h"

#include <cstdio>
#include <cstdlib>

namespace kith::fuzz {

namespace {

void require(bool holds, const char *promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

QByteArray bytesOf(const std::uint8_t *data, std::size_t size)
{
    return toByteArray({ data, size });
}

template <class Decode>
void roundTrip(const QByteArray &bytes, Decode decode, const char *promise)
{
    const auto value = decode(bytes);
    if (!value) {
        require(!value.error().detail.empty(), "a refusal says why");
        return;
    }
    const auto again = decode(wire::encode(*value));
    require(again.ok() && *again == *value, promise);
}

template <class Row>
void storedRow(ByteView bytes, Result<Row> (*decode)(ByteView))
{
    const auto row = decode(bytes);
    if (!row)
        return;
    const auto again = decode(viewOf(wire::encode(*row)));
    require(again.ok() && *again == *row, "stored row");
}

} // namespace

void frames(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = bytesOf(data, size);
    wire::requestIdOf(bytes);
    roundTrip(bytes, wire::decodeClientFrame, "client frame");
    // A code of a newer server is read as unknown and written as 0, which is read as unknown too.
    roundTrip(bytes, wire::decodeServerFrame, "server frame");
}

void contents(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = bytesOf(data, size);
    const auto content = wire::decodeContent(bytes);
    // An unknown body is kept as the bytes that came, never encoded again.
    if (content && !std::holds_alternative<wire::UnknownBody>(content->body))
        roundTrip(bytes, wire::decodeContent, "content");
    roundTrip(bytes, wire::decodeProfile, "profile");
}

void deviceLists(const std::uint8_t *data, std::size_t size)
{
    static const wire::samples::FixedKey key(0x11);
    const auto account = wire::samples::account(0xA1);
    const auto bytes = bytesOf(data, size);
    const auto unsignedList = wire::verifyDeviceList({ bytes, {} }, account, key.publicKey);
    require(!unsignedList.ok(), "an unsigned list is refused");
    const auto list =
        wire::verifyDeviceList({ bytes, key.sign(wire::deviceListContext, bytes) }, account, key.publicKey);
    if (!list)
        return;
    require(list->account == account && !list->active().empty(), "a verified list has its account and a device");
}

void storedRows(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    storedRow(bytes, wire::decodeStoredRow);
    storedRow(bytes, wire::decodeStoredHead);
    storedRow(bytes, wire::decodeStoredMid);
    storedRow(bytes, wire::decodeStoredHome);
    storedRow(bytes, wire::decodeStoredPreKey);
    storedRow(bytes, wire::decodeStoredDeviceKeys);
    storedRow(bytes, wire::decodeStoredAccount);
    storedRow(bytes, wire::decodeStoredName);
    storedRow(bytes, wire::decodeStoredInvite);
    storedRow(bytes, wire::decodeStoredRelation);
    storedRow(bytes, wire::decodeStoredRelations);
}

} // namespace kith::fuzz
