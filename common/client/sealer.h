// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/client/failure.h"
#include "common/client/store/contact_table.h"
#include "common/client/store/outbox_table.h"
#include "common/wire/signed/device_list.h"

#include <map>
#include <set>
#include <vector>

namespace kith::client {

struct Parts;

/// Turns a letter into one ciphertext per target device (CT1). Only behind the trust gate (security C7), only for
/// devices of a verified list (C21). Every call belongs to the caller's transaction.
class Sealer {
public:
    explicit Sealer(Parts &parts) : parts_(parts) { }

    enum class Outcome {
        sealed, ///< every target device has its ciphertext
        needsSessions, ///< nothing was encrypted: a list or a session is missing
        held, ///< the recipient's identity wants a person's eye first
        nobody, ///< the recipient has no device left
    };
    /// Encrypts for the devices that have no ciphertext yet; those that have keep theirs (security C5).
    Result<Outcome> seal(const store::OutboxRow &letter);

    /// Devices of `account` without a session.
    Result<std::vector<std::uint16_t>> withoutSession(const AccountId &account);
    /// The server no longer serves `device`, although the signed list still has it: not a target of this letter.
    void exclude(std::int64_t letter, std::uint16_t device) { excluded_[letter].insert(device); }
    void forget(std::int64_t letter) { excluded_.erase(letter); }

private:
    Result<std::optional<store::CipherRow>> encrypt(const DeviceId &device, const QByteArray &padded,
                                                    const wire::DeviceEntry &entry, std::uint64_t listVersion);

    Parts &parts_;
    std::map<std::int64_t, std::set<std::uint16_t>> excluded_;
};

} // namespace kith::client
