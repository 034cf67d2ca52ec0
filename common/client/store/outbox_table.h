// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/sql/connection.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kith::client::store {

/// A content that the server has not accepted yet.
struct OutboxRow {
    std::int64_t id = 0; ///< grows in the order of composing
    Mid mid;
    AccountId chat;
    bool counted = true;
    QByteArray content; ///< encoded Content
    bool sealed = false; ///< false: composed only (CT0); true: its ciphertexts are there (CT1)
    std::uint64_t bytes = 0;
    WallTime created {}, due {}, expires {};
    int tries = 0;
    bool held = false; ///< the identity changed (security C7)
};

/// One target device's ciphertext; a retry sends these bytes again (security C5).
struct CipherRow {
    DeviceId device;
    std::uint64_t listVersion = 0;
    int type = 0; ///< wire::EnvelopeType as on the wire
    QByteArray bytes;
};

struct OutboxTotals {
    std::int64_t entries = 0;
    std::int64_t bytes = 0;
};

class OutboxTable {
public:
    explicit OutboxTable(sql::Connection &sql) : sql_(sql) { }

    /// Returns its id; the row's own is not used. Errors also: exists for a mid that is here.
    Result<std::int64_t> add(const OutboxRow &row);
    Result<void> remove(std::int64_t id);
    Result<void> removeChat(const AccountId &chat);
    Result<std::optional<OutboxRow>> find(std::int64_t id);
    Result<std::optional<OutboxRow>> find(const Mid &mid);

    /// Replaces the ciphertexts and marks the entry as sealed; none: back to composed.
    Result<void> seal(std::int64_t id, const std::vector<CipherRow> &ciphers);
    /// Adds or replaces some, leaves the others (delivery ST6).
    Result<void> putCiphers(std::int64_t id, const std::vector<CipherRow> &ciphers);
    Result<void> dropCipher(std::int64_t id, const DeviceId &device);
    Result<std::vector<CipherRow>> ciphers(std::int64_t id);
    Result<void> setContent(std::int64_t id, const QByteArray &content);

    /// Puts the entry's ciphertexts aside: the message failed, and a retry sends the same bytes (delivery ID7). The
    /// newest `most` of all entries stay.
    Result<void> setAside(std::int64_t id, std::int64_t most);
    /// The entry gets back what was put aside for its mid; it stays composed.
    Result<void> takeBack(std::int64_t id);
    /// What was put aside for devices of the account is of no use any more.
    Result<void> dropAside(const AccountId &account);
    /// The message will not be tried again.
    Result<void> dropAside(const Mid &mid);
    Result<void> dropAsideOfChat(const AccountId &chat);

    /// Sealed, due, not held, and every earlier entry of its chat likewise, but that uncounted ones may come due later:
    /// what may be written now, oldest first.
    /// Entries in flight are included; whoever sends keeps track of them.
    Result<std::vector<OutboxRow>> ready(WallTime now, int limit);
    /// Composed only, not held: wait for lists or bundles (CT0 -> CT1), oldest first.
    Result<std::vector<OutboxRow>> composed(int limit);
    /// All of one chat in order.
    Result<std::vector<OutboxRow>> ofChat(const AccountId &chat);
    /// Entries whose time is over (delivery ID7).
    Result<std::vector<OutboxRow>> expired(WallTime now, int limit);
    /// When the next sealed entry that is not held comes due; nothing without one.
    Result<std::optional<WallTime>> nextDue();
    Result<std::optional<WallTime>> oldest();

    Result<void> defer(std::int64_t id, WallTime due, int tries);
    /// Nothing of the chat goes before `due` (ERR7 stops that chat only).
    Result<void> deferChat(const AccountId &chat, WallTime due);
    Result<void> setHeld(const AccountId &chat, bool held);
    /// Everything is due now: the connection is back.
    Result<void> makeDue(WallTime now);
    Result<OutboxTotals> totals();

private:
    sql::Connection &sql_;
};

} // namespace kith::client::store
