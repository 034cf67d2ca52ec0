// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

namespace kith::server::embedded {

/// One column family each. The comment is its key (keys.h) and its value (stored.proto, or as said).
enum class Table {
    meta, ///< text -> number: format, commit, sid (see meta.h)
    queue, ///< device, qseq -> StoredRow. Put once, then SingleDelete or a range delete, nothing else
    missed, ///< device, qseq of a Missed row -> number: its count
    queueHead, ///< device -> StoredHead
    queueMid, ///< device, sender, mid -> StoredMid; dies with its time in compactions
    sentMid, ///< sender device, mid -> StoredHome; dies with its time in compactions
    preKeys, ///< device, id -> StoredPreKey
    takenKeys, ///< device, id of a key that was handed out -> SHA-256 of its public half
    deviceKeys, ///< device -> StoredDeviceKeys
    records, ///< kind, account -> StoredAccount, StoredRelations
    names, ///< name -> StoredName
    invites, ///< SHA-256 of the token -> StoredInvite
    inviteUse, ///< SHA-256 of the token, account -> empty
    relation, ///< account, other -> StoredRelation
    expiry, ///< time, device -> empty: when the sweep should look at a queue
};

constexpr std::array tableNames { "default",  "queue",   "missed",     "queue_head",  "queue_mid",
                                  "sent_mid", "prekeys", "taken_keys", "device_keys", "records",
                                  "names",    "invites", "invite_use", "relation",    "expiry" };
constexpr std::size_t tableCount = tableNames.size();

constexpr std::size_t indexOf(Table table)
{
    return static_cast<std::size_t>(table);
}

} // namespace kith::server::embedded
