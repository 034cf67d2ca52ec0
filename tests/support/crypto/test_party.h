// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/crypto/pre_keys.h"
#include "common/crypto/session_cipher.h"
#include "tests/support/crypto/memory_stores.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace kith::crypto {

/// Two letters of an account, for tests.
AccountId testAccount(std::uint8_t letter);

/// One device with stores, keys and sessions, for tests. Publishes signed prekey 1 and one-time keys 1..10.
class TestParty {
public:
    TestParty(std::uint8_t letter, Random &random);

    /// With the given one-time key, or without any for 0.
    PreKeyBundle bundle(std::uint32_t oneTimeKeyId) const;
    const QByteArray &identityKey() const { return stores.identity().publicKey; }

    /// Encrypts to `other`; nothing after an error.
    std::optional<Ciphertext> send(const TestParty &other, const QByteArray &text);
    /// Decrypts in a transaction: rolls back after an error. The failure of the last call is in lastFailure.
    std::optional<QByteArray> receive(const TestParty &from, const Ciphertext &ciphertext);
    /// establish() with other's bundle.
    bool meet(const TestParty &other, std::uint32_t oneTimeKeyId);

    DeviceId device;
    MemoryStores stores;
    std::unique_ptr<Sessions> sessions;
    SignedPreKey signedPreKey;
    std::optional<DecryptError> lastFailure;
};

} // namespace kith::crypto
