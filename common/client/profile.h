// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/durable_file.h"
#include "common/base/random.h"
#include "common/base/task.h"
#include "common/client/keyring.h"
#include "common/crypto/key_slots.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith::client {

namespace store {
class Database;
}

/// What opens a slot: a passphrase or recovery key, the path of a key file, or nothing for the keyring.
struct SlotSecret {
    crypto::SlotKind kind = crypto::SlotKind::keyring;
    SecretBytes secret; ///< passphrase and recovery only
    std::string path; ///< keyFile: absolute; empty means the one that the slot names
};

/// A profile's folder: its lock, its key slots and its encrypted database (security L3, L5). Owns the database key
/// while it is open. One thread.
///
/// Nothing is made before create(), and what create() did not finish is taken away at the next look(). A damaged or
/// full store is reported, never replaced.
class Profile final : public QObject {
    Q_OBJECT
public:
    using Opened = Result<std::unique_ptr<store::Database>>;

    /// `folder` is absolute; `name` appears in the keyring. All references outlive this.
    Profile(std::string folder, std::string name, Keyring &keyring, Random &random);
    ~Profile() override;

    /// Takes the profile's lock and reads its slots, if there is a profile. Errors: busy (detail = pid of the holder);
    /// permission for a symlink, another owner; corrupt, unsupported for the slots.
    Result<void> look();
    /// Whether there is a profile.
    bool exists() const { return slots_.has_value(); }
    bool isOpen() const { return !key_.isEmpty(); }
    std::vector<crypto::KeySlots::Slot> slotList() const;
    const std::string &folder() const { return folder_; }
    /// Where a copy of the profile's send counter goes (security C23): null unless the keyring opens a slot already, so
    /// that it asks nobody anew.
    Keyring *counterKeyring() const { return slots_ && slots_->has(crypto::SlotKind::keyring) ? &keyring_ : nullptr; }
    std::string counterEntry() const { return hintOf(crypto::SlotKind::keyring) + ".counter"; }
    std::string databasePath() const { return folder_ + "/kith.db"; }
    std::string slotsPath() const { return folder_ + "/keyslots"; }

    /// Makes the folder, a random key, one slot and an empty database. A key file that does not exist is made, 0600,
    /// with 32 random bytes. Errors: exists; permission; unsupported without a keyring; invalid for a bad secret; full,
    /// io; busy.
    Task<Opened> create(SlotSecret slot);
    /// Takes away everything that create() made; the profile is gone. Its database must be closed.
    void discard();

    /// Errors: permission for a wrong secret; notFound without such a slot or file; corrupt, full, io of the store;
    /// unsupported for a newer one.
    Task<Opened> unlock(SlotSecret slot);
    /// Opens with a slot that asks nobody: the key file, else the keyring. Errors: locked when none does; as unlock.
    Task<Opened> unlockAlone();
    /// Wipes the key. The database must be closed before (security B5).
    void lock();

    /// While it is open. Replaces a slot of the same kind. Errors: locked; as create.
    Task<Result<void>> addSlot(SlotSecret slot);
    /// Errors: locked; conflict for the last slot; notFound.
    Result<void> removeSlot(crypto::SlotKind kind);

private:
    enum class Missing { fail, make };

    std::string markerPath() const { return folder_ + "/unfinished"; }
    void removeFiles();
    Task<Result<void>> putSlot(SlotSecret slot);
    Result<void> putKnownSlot(crypto::SlotKind kind, ByteView secret, const std::string &hint);
    Result<SecretBytes> readKeyFile(const std::string &path, Missing missing);
    Task<Result<SecretBytes>> keyFrom(SlotSecret slot);
    std::string hintOf(crypto::SlotKind kind) const;
    Opened openWith(Result<SecretBytes> key, bool isNew);
    Result<void> finish();

    std::string folder_;
    std::string name_;
    Keyring &keyring_;
    Random &random_;
    std::optional<FileLock> lock_;
    std::optional<crypto::KeySlots> slots_;
    SecretBytes key_;
};

} // namespace kith::client
