// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/crypto/decrypt_error.h"
#include "common/crypto/pre_key_bundle.h"
#include "common/crypto/session_record.h"
#include "common/crypto/stores.h"

#include <QByteArray>

#include <cstdint>
#include <memory>
#include <optional>

namespace kith::crypto {

class LibraryContext;

enum class CiphertextType : std::uint8_t {
    message = 2, ///< within an acknowledged session
    preKey = 3, ///< also carries what begins a session
};

struct Ciphertext {
    CiphertextType type = CiphertextType::message;
    QByteArray bytes;

    bool operator==(const Ciphertext &) const = default;
};

/// What a ciphertext says in clear. Nothing of it is authentic before decrypt succeeded.
struct CiphertextHeader {
    std::uint32_t counter = 0; ///< position in the sending chain, from 0
    QByteArray ratchetKey; ///< 33 bytes
    // Only in a preKey ciphertext:
    QByteArray identityKey; ///< 33 bytes
    QByteArray baseKey; ///< 33 bytes: names the session
    std::uint32_t registrationId = 0;
    std::optional<std::uint32_t> preKeyId; ///< absent: made without one-time key
    std::optional<std::uint32_t> signedPreKeyId;
};

/// What the stored state of one device says (C7, C10).
struct SessionInfo {
    QByteArray remoteIdentityKey; ///< 33 bytes; empty when the current state was archived
    std::uint32_t remoteRegistrationId = 0;
    std::uint32_t sendingCounter = 0; ///< messages sent in the present sending chain
    std::uint32_t receivingCounter = 0; ///< messages received or skipped in the newest receiving chain
    bool unacknowledged = false; ///< our messages still carry the prekey part: nothing has come back yet
    std::size_t archivedStates = 0;
    std::size_t skippedKeys = 0; ///< message keys kept for late messages, all states together
};

/// The limits of C9 and C11.
inline constexpr std::uint32_t maxCounterOfUnknownChain = 256;
inline constexpr std::uint32_t maxJump = 500;
inline constexpr std::size_t maxArchivedStates = 5;
inline constexpr std::size_t maxSkippedKeys = 1000;
inline constexpr std::size_t maxSessionRecordSize = 256 * 1024;

/// Pairwise sessions of one account on this device: X3DH and Double Ratchet of libsignal-protocol-c.
///
/// Everything is synchronous. State is read from and written to the stores within the call; nothing is kept here.
/// Owner: the engine's thread (other threads are serialised by a lock). Neither copied nor moved.
class Sessions {
public:
    /// Errors: internal when the library cannot be set up. `stores` and `random` outlive the result.
    static Result<std::unique_ptr<Sessions>> open(const Stores &stores, Random &random);
    ~Sessions();
    Sessions(const Sessions &) = delete;
    Sessions &operator=(const Sessions &) = delete;

    /// Validates `bundle` (C6), then begins a session with it; an existing one is archived, not lost.
    /// Errors: as validate; a store's own; internal.
    Result<void> establish(const PreKeyBundle &bundle, const QByteArray &expectedIdentityKey);

    /// Whether encrypt would find a usable session (an archived one is not usable).
    Result<bool> hasSession(const DeviceId &device);

    /// One ratchet step. A retry sends the stored bytes again, never a second encrypt (C5).
    /// When `expectedIdentityKey` is given, the session's must equal it.
    /// Errors: notFound without session (TR8); untrusted; tooLarge beyond 96 KiB + padding; a store's own; internal.
    Result<Ciphertext> encrypt(const DeviceId &device, ByteView plaintext, const QByteArray &expectedIdentityKey = {});

    /// Opens `ciphertext` of `sender`, whose identity key in the signed device list is `expectedIdentityKey`.
    /// `onPlaintext` runs once, before the new state and the used prekey's removal are stored; its error makes decrypt
    /// fail with that same error. `knownGap` raises maxJump by messages that are known to be missing.
    /// Any failure: roll back all that the stores wrote (TR1, TR21).
    Result<void, DecryptError> decrypt(const DeviceId &sender, const Ciphertext &ciphertext,
                                       const QByteArray &expectedIdentityKey, const OnPlaintext &onPlaintext,
                                       std::uint32_t knownGap = 0);

    /// Retires the current state so that the next send begins a new session; late messages still open (C8).
    /// A record that cannot be parsed is replaced by an empty one (TR17). Absent is success. Errors: a store's own.
    Result<void> archiveSession(const DeviceId &device);

    /// What of the stored state must not live for ever; nothing when there is no record, or one that does not parse.
    /// Errors: a store's own.
    Result<std::vector<AgingPart>> agingParts(const DeviceId &device);
    /// Drops those parts (C9, C11). Errors: corrupt; a store's own.
    Result<void> drop(const DeviceId &device, const std::vector<AgingPart> &parts);

    /// Reads the clear part without touching any state. Errors: invalid; unsupported for a version other than 3.
    Result<CiphertextHeader> peek(const Ciphertext &ciphertext) const;

    /// Nothing when there is no record. Errors: corrupt; a store's own.
    Result<std::optional<SessionInfo>> sessionInfo(const DeviceId &device);

private:
    friend class SenderKeys;
    explicit Sessions(std::unique_ptr<LibraryContext> context);

    std::unique_ptr<LibraryContext> context_;
};

} // namespace kith::crypto
