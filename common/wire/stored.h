// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/result.h"
#include "common/wire/frames.h"

#include <cstdint>
#include <string>
#include <vector>

/// The values of the server's durable tables as plain structs: one encode and one decode each (style 7.11, 7.18).
/// A decode of bytes that encode did not write gives `corrupt`. Fields are only ever added; an absent one is zero.
namespace kith::wire {

/// A row of a device's queue; its qseq is in the key.
struct StoredRow {
    Sid sid; ///< of the message; 0: an event
    WallTime time {}; ///< when it was queued: expiry counts from here
    QueueItem item;
    bool operator==(const StoredRow &) const = default;
};

/// The head of a device's queue (delivery ID3); stays as a closed mark when the device was removed.
struct StoredHead {
    Qepoch qepoch;
    Qseq last;
    bool closed = false;
    std::uint64_t messages = 0; ///< message rows
    std::uint64_t bytes = 0; ///< of their content
    std::uint64_t events = 0; ///< other rows
    std::uint64_t sendCounter = 0; ///< highest that arrived with a send (security C23)
    Qseq missed; ///< the Missed row that still counts up; 0: none
    WallTime due {}; ///< when the sweep looks at this queue; 0: it waits for nothing
    bool operator==(const StoredHead &) const = default;
};

/// Where a message is in a device's queue, by sender and mid; once acknowledged a tombstone (delivery ST17).
struct StoredMid {
    Qseq qseq;
    WallTime until {}; ///< the row means nothing after it
    bool settled = false; ///< acknowledged or expired: the queue row is gone
    bool operator==(const StoredMid &) const = default;
};

/// The idempotency row of a send (delivery AT2, ID7).
struct StoredHome {
    Sid sid;
    WallTime until {}; ///< the row means nothing after it
    std::uint64_t sendCounter = 0;
    bool operator==(const StoredHome &) const = default;
};

struct StoredPreKey {
    PreKey key; ///< one-time
    bool operator==(const StoredPreKey &) const = default;
};

struct StoredDeviceKeys {
    std::uint32_t registrationId = 0;
    PreKey signedPreKey;
    std::uint32_t oneTime = 0; ///< stored one-time keys
    bool operator==(const StoredDeviceKeys &) const = default;
};

struct StoredAccount {
    AccountId account;
    std::string name;
    Ed25519PublicKey accountKey;
    SignedDeviceList devices;
    std::uint64_t listVersion = 0;
    Profile profile; ///< version 0: none
    WallTime created {};
    bool removed = false; ///< tombstone: the account is gone, the id is not given again
    bool operator==(const StoredAccount &) const = default;
};

/// Who has a name; a removed account leaves it as a tombstone.
struct StoredName {
    AccountId account;
    bool removed = false;
    bool operator==(const StoredName &) const = default;
};

struct StoredInvite {
    std::string token;
    std::uint32_t usesLeft = 0;
    std::uint32_t used = 0;
    WallTime expires {};
    bool revoked = false;
    bool operator==(const StoredInvite &) const = default;
};

/// What an account decided about another, and while that is nothing, the messages admitted from it (LIM6).
struct StoredRelation {
    Relation relation = Relation::none;
    std::vector<Mid> strangerMids; ///< at most 1,024
    bool operator==(const StoredRelation &) const = default;
};

/// Counts over all relations of one account (LIM20, LIM6).
struct StoredRelations {
    std::uint64_t relations = 0;
    std::uint64_t pendingStrangers = 0;
    bool operator==(const StoredRelations &) const = default;
};

QByteArray encode(const StoredRow &row);
QByteArray encode(const StoredHead &head);
QByteArray encode(const StoredMid &mid);
QByteArray encode(const StoredHome &home);
QByteArray encode(const StoredPreKey &key);
QByteArray encode(const StoredDeviceKeys &keys);
QByteArray encode(const StoredAccount &account);
QByteArray encode(const StoredName &name);
QByteArray encode(const StoredInvite &invite);
QByteArray encode(const StoredRelation &relation);
QByteArray encode(const StoredRelations &relations);

Result<StoredRow> decodeStoredRow(ByteView bytes);
Result<StoredHead> decodeStoredHead(ByteView bytes);
Result<StoredMid> decodeStoredMid(ByteView bytes);
Result<StoredHome> decodeStoredHome(ByteView bytes);
Result<StoredPreKey> decodeStoredPreKey(ByteView bytes);
Result<StoredDeviceKeys> decodeStoredDeviceKeys(ByteView bytes);
Result<StoredAccount> decodeStoredAccount(ByteView bytes);
Result<StoredName> decodeStoredName(ByteView bytes);
Result<StoredInvite> decodeStoredInvite(ByteView bytes);
Result<StoredRelation> decodeStoredRelation(ByteView bytes);
Result<StoredRelations> decodeStoredRelations(ByteView bytes);

} // namespace kith::wire
