// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/random.h"
#include "common/base/secret_bytes.h"

#include <QByteArray>

#include <cstdint>
#include <string>
#include <vector>

namespace kith::crypto {

/// How a slot is opened (L3). The numbers are stored.
enum class SlotKind : std::uint8_t {
    passphrase = 1, ///< Argon2id
    keyFile = 2, ///< the content of a file, at least 32 bytes; the hint is its path
    keyring = 3, ///< 32 bytes held by the desktop's keyring; the hint is its name there
    recovery = 4, ///< the 20 bytes (160 bits) of the recovery key
};

/// The file beside the database that holds its 256-bit key, wrapped once per slot. Any slot opens it.
///
/// Every slot's parameters are authenticated with its wrapped key, and all slots together by the database key, so that
/// neither a weakened parameter nor a removed or foreign slot goes unnoticed. Any thread, one at a time.
class KeySlots {
public:
    struct Slot {
        SlotKind kind = SlotKind::passphrase;
        std::string hint; ///< UTF-8, shown to the user; at most 1,024 bytes
    };

    static constexpr std::size_t keySize = 32;
    static constexpr std::size_t maxSlots = 8;
    static constexpr std::size_t maxHintSize = 1024;
    /// No encoded file is longer.
    static constexpr std::size_t maxEncodedSize = 16 * 1024;
    static constexpr std::uint64_t argonMemory = 64U * 1024U * 1024U; ///< bytes
    static constexpr std::uint32_t argonPasses = 3;

    /// No slots yet: the key is lost unless one is added. Errors: invalid for a key that is not 32 bytes.
    static Result<KeySlots> create(const SecretBytes &databaseKey);
    /// Reads encode()'s bytes. Errors: corrupt; tooLarge; unsupported for a newer version.
    static Result<KeySlots> decode(ByteView encoded);
    QByteArray encode() const;

    std::vector<Slot> list() const;
    bool has(SlotKind kind) const;

    /// Adds a slot, replacing one of the same kind. `databaseKey` is the one that the slots hold. Needs 64 MiB and
    /// about a third of a second. Errors: invalid for an empty passphrase; permission for another database key; full
    /// beyond maxSlots; internal when memory is short.
    Result<void> addPassphraseSlot(const SecretBytes &databaseKey, ByteView passphrase, Random &random);
    /// Adds a slot of another kind, replacing one of the same kind. `secret`: keyFile >= 32, keyring 32, recovery 20
    /// bytes. Errors: invalid; permission; full.
    Result<void> addSecretSlot(SlotKind kind, const SecretBytes &databaseKey, ByteView secret, std::string hint,
                               Random &random);
    /// Absent is success. Errors: permission for another database key.
    Result<void> removeSlot(SlotKind kind, const SecretBytes &databaseKey);

    /// The database key. Errors: notFound without such a slot; permission for a wrong secret (or a tampered slot, which
    /// looks the same); corrupt when the slot opened but the whole was tampered with.
    Result<SecretBytes> unlockWithPassphrase(ByteView passphrase) const;
    Result<SecretBytes> unlockWithSecret(SlotKind kind, ByteView secret) const;

private:
    struct Entry {
        SlotKind kind = SlotKind::passphrase;
        std::uint32_t passes = 0; ///< Argon2id only
        std::uint64_t memory = 0; ///< Argon2id only, bytes
        QByteArray salt;
        std::string hint;
        QByteArray wrapped; ///< nonce, ciphertext, tag
    };

    KeySlots() = default;
    Result<SecretBytes> open(const Entry &entry, const SecretBytes &wrappingKey) const;
    Result<void> put(Entry entry, const SecretBytes &wrappingKey, const SecretBytes &databaseKey, Random &random);
    Result<void> checkKey(const SecretBytes &databaseKey) const;
    Result<void> seal(const SecretBytes &databaseKey);
    Result<Sha256> mac(const SecretBytes &databaseKey) const;
    QByteArray encodedSlots() const;
    const Entry *find(SlotKind kind) const;
    static QByteArray parametersOf(const Entry &entry);

    std::vector<Entry> entries_;
    QByteArray mac_; ///< HMAC over all slots by the database key
};

} // namespace kith::crypto
