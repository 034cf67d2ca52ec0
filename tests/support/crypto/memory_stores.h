// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/crypto/session_cipher.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace kith::crypto {

/// Crypto stores of one account in memory, for tests: a snapshot plays the transaction, and any call can be made to
/// fail.
class MemoryStores {
public:
    /// Everything the stores hold; compares byte for byte.
    struct Content {
        std::map<DeviceId, QByteArray> sessions;
        std::map<DeviceId, QByteArray> identities;
        std::map<std::uint32_t, QByteArray> preKeys;
        std::map<std::uint32_t, QByteArray> signedPreKeys;
        std::map<std::pair<GroupId, DeviceId>, QByteArray> senderKeys;

        bool operator==(const Content &) const = default;
    };

    /// A fresh identity from `random`.
    explicit MemoryStores(Random &random);
    MemoryStores(const MemoryStores &) = delete;
    MemoryStores &operator=(const MemoryStores &) = delete;
    ~MemoryStores();

    Stores stores();
    const IdentityKeyPair &identity() const { return identity_; }
    std::uint32_t registrationId() const { return registrationId_; }

    Content snapshot() const { return content; }
    /// What ROLLBACK does.
    void restore(Content to) { content = std::move(to); }

    /// The call after `calls` further ones fails with ErrorCode::io; negative: none does.
    void failAfter(int calls) { countdown_ = calls; }
    /// Calls of any store since the last resetCalls().
    int calls() const { return calls_; }
    void resetCalls() { calls_ = 0; }
    /// How often `saveIdentity` ran.
    int identitiesSaved() const { return identitiesSaved_; }

    Content content;

private:
    class SessionTable;
    class IdentityTable;
    class PreKeyTable;
    class SignedPreKeyTable;
    class SenderKeyTable;

    Result<void> pass();

    IdentityKeyPair identity_;
    std::uint32_t registrationId_ = 0;
    int countdown_ = -1;
    int calls_ = 0;
    int identitiesSaved_ = 0;
    std::unique_ptr<SessionTable> sessions_;
    std::unique_ptr<IdentityTable> identities_;
    std::unique_ptr<PreKeyTable> preKeys_;
    std::unique_ptr<SignedPreKeyTable> signedPreKeys_;
    std::unique_ptr<SenderKeyTable> senderKeys_;
};

} // namespace kith::crypto
