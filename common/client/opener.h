// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/client/arrivals.h"
#include "common/client/decrypt_budget.h"
#include "common/client/store/contact_table.h"
#include "common/client/store/parked_table.h"
#include "common/crypto/session_cipher.h"
#include "common/wire/frames.h"
#include "common/wire/signed/device_list.h"

#include <map>

namespace kith::client {

struct Parts;

/// Why an envelope waits in the database.
enum class ParkReason {
    unknownDevice = 1, ///< no verified list names the sender's device and key (delivery ST15)
    costly = 2, ///< its sender spent this device's budget of failed decryptions (security C9)
    changedIdentity = 3, ///< the sender's account key changed and a person has to look first (security C7)
};

/// Opens one envelope: known? sender's device in a verified list? decrypt, check, effects (delivery CT3, ST12-ST15).
/// Every call belongs to the caller's transaction and undoes what a failure left (security C4).
class Opener {
public:
    static constexpr std::int64_t parkedPerPeer = 200, parkedBytesPerPeer = 4LL << 20; // LIM18
    static constexpr std::int64_t parkedInAll = 2'000, parkedBytesInAll = 64LL << 20; // LIM18

    explicit Opener(Parts &parts) : parts_(parts), arrivals_(parts) { }

    struct Verdict {
        bool receipt = false; ///< flag of the acknowledgement
        bool parked = false; ///< it waits; the reason says for what
        ParkReason reason {};
    };
    /// `fresh`: the sender's list was just fetched, so what it does not name is refused; and the envelope was
    /// acknowledged before. Errors: the store's alone; then nothing of the transaction may be acknowledged.
    Result<Verdict> open(const wire::Envelope &envelope, bool fresh);
    /// A parked envelope's time is over (LIM18).
    Result<void> giveUp(const wire::Envelope &envelope) { return arrivals_.placeholder(envelope); }

private:
    struct Device {
        wire::DeviceEntry entry; // a copy: the list's cache may move while effects run
        bool underNewKey = false; ///< of a changed account key that nobody accepted yet
    };

    std::vector<Device> devicesOf(const wire::Envelope &envelope, const store::ContactRow &row,
                                  const QByteArray &identityKey);
    Result<Verdict> decrypt(const wire::Envelope &envelope, const std::vector<Device> &devices,
                            const crypto::CiphertextHeader &header, bool late);
    Result<void, crypto::DecryptError> unseal(const wire::Envelope &envelope, const QByteArray &identityKey,
                                              QByteArray &bytes, wire::Content &content);
    Result<void> settle(const wire::Envelope &envelope, const crypto::CiphertextHeader &header,
                        const wire::ContentBody &body, bool receipt);
    Result<Verdict> failed(const wire::Envelope &envelope, const crypto::DecryptError &error);
    Result<Verdict> undecryptable(const wire::Envelope &envelope, crypto::DecryptFailure failure);
    Result<Verdict> strange(const wire::Envelope &envelope, const store::ContactRow &row, bool fresh);
    Result<Verdict> park(const wire::Envelope &envelope, ParkReason reason);
    Result<void> keepAlive(const wire::Envelope &envelope, const crypto::CiphertextHeader &header,
                           const wire::ContentBody &body);

    Parts &parts_;
    Arrivals arrivals_;
    DecryptBudget budget_;
    std::map<DeviceId, QByteArray> answered_; ///< which chain or session a keep-alive answered last
};

} // namespace kith::client
