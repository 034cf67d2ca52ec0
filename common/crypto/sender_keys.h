// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/crypto/decrypt_error.h"
#include "common/crypto/session_cipher.h"

#include <QByteArray>

#include <cstdint>

namespace kith::crypto {

/// What a distribution message or a group ciphertext says in clear.
struct SenderKeyHeader {
    std::uint32_t keyId = 0; ///< random, chosen by the sender at each rotation
    std::uint32_t iteration = 0; ///< position in the chain, from 0
};

/// Sender keys of groups (KEY4, C19). A group ciphertext names neither group nor epoch (TR19): the caller binds both
/// inside the plaintext (C17). Same thread and transaction rules as Sessions, whose context it shares.
class SenderKeys {
public:
    /// `sessions` outlives this.
    explicit SenderKeys(Sessions &sessions) : context_(*sessions.context_) { }

    /// Rotates: forgets our present key of `group`, makes a new one (TR10) and returns its distribution message.
    Result<QByteArray> rotate(const GroupId &group, const DeviceId &self);

    /// The distribution message of our present chain state, for a newcomer. Errors: notFound before the first rotate.
    Result<QByteArray> distribution(const GroupId &group, const DeviceId &self);

    /// Takes the key that `sender` distributes. False: the key id is held already, nothing was changed (TR11). The
    /// caller has checked membership and epoch (C19). Errors: invalid; unsupported; a store's own.
    Result<bool> accept(const GroupId &group, const DeviceId &sender, const QByteArray &distributionMessage);

    /// Whether a message of `sender` under `keyId` could be opened.
    Result<bool> holds(const GroupId &group, const DeviceId &sender, std::uint32_t keyId);

    /// Forgets all keys of `sender` in `group`. Absent is success.
    Result<void> remove(const GroupId &group, const DeviceId &sender);

    /// One step of our own chain. Errors: notFound before the first rotate; tooLarge; a store's own.
    Result<QByteArray> encrypt(const GroupId &group, const DeviceId &self, ByteView plaintext);

    /// As Sessions::decrypt; noSession also when the key id is unknown.
    Result<void, DecryptError> decrypt(const GroupId &group, const DeviceId &sender, const QByteArray &ciphertext,
                                       const OnPlaintext &onPlaintext);

    /// Errors: invalid; unsupported for a version other than 3.
    Result<SenderKeyHeader> peekMessage(const QByteArray &ciphertext) const;
    Result<SenderKeyHeader> peekDistribution(const QByteArray &distributionMessage) const;

private:
    LibraryContext &context_;
};

} // namespace kith::crypto
