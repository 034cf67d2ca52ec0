// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/bytes.h"
#include "common/base/result.h"

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <vector>

namespace kith::crypto {

/// One chain of a session state, as stored by the library.
struct ChainView {
    ByteView ratchetKey; ///< 33 bytes
    std::uint32_t index = 0; ///< of the next message
    std::size_t skippedKeys = 0;
    std::uint32_t newestSkipped = 0; ///< index of the newest of them
};

/// One session state. The views point into the record.
struct StateView {
    ByteView bytes; ///< the whole serialised state
    ByteView remoteIdentity;
    ByteView baseKey;
    std::uint32_t remoteRegistrationId = 0;
    std::optional<ChainView> sender; ///< absent in a fresh state, which can neither send nor receive
    std::vector<ChainView> receivers; ///< oldest first
    bool unacknowledged = false;

    std::size_t skippedKeys() const;
    const ChainView *receiver(ByteView ratchetKey) const;
};

/// A session record read without the library: so that the costs of a message are known before the library pays them
/// (C9), and so that only the states that can open it are tried (TR3).
struct RecordView {
    std::optional<StateView> current;
    std::vector<StateView> previous; ///< newest first

    /// Errors: corrupt; tooLarge. `record` outlives the view.
    static Result<RecordView> read(ByteView record);
    /// Current first, then previous; fresh ones left out.
    std::vector<const StateView *> usable() const;
};

/// What one call lets the library see of a record, and what is put back when the library stores.
struct RecordSelection {
    std::optional<QByteArray> visible; ///< nothing: the library begins an empty record
    QByteArray withheldCurrent; ///< a serialised state; empty when it is visible, or when there was none
    std::vector<QByteArray> withheldPrevious; ///< serialised states, newest first
};

/// Splits `record` into the states of `chosen`, in that order, and the rest. The first of `chosen` becomes current.
RecordSelection select(const RecordView &record, const std::vector<const StateView *> &chosen);

/// What is to be stored after the library stored `fromLibrary`: the withheld states come back behind it, then the
/// limits of C9 and C11 are applied (archived states, skipped keys oldest first, size). Errors: corrupt; tooLarge.
Result<QByteArray> merge(ByteView fromLibrary, const RecordSelection &selection);

/// Something of a record that must not live for ever: an archived state, or the skipped keys of one chain (C9, C11).
struct AgingPart {
    QByteArray key; ///< 33 bytes: the state's base key, or the chain's ratchet key
    std::optional<std::uint32_t> through; ///< a chain's: up to this index; absent for a state

    auto operator<=>(const AgingPart &) const = default;
};

/// What ages in a record.
std::vector<AgingPart> agingParts(const RecordView &record);
/// The record without `parts`; those that are gone already change nothing. Errors: corrupt; tooLarge.
Result<QByteArray> without(ByteView record, const std::vector<AgingPart> &parts);

/// The record with its current state moved to the archive and no current one. Errors: corrupt; tooLarge.
Result<QByteArray> archived(ByteView record);

} // namespace kith::crypto
