// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/crypto/identity_key.h"

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <vector>

namespace kith::crypto {

/// The five stores below hold what the library remembers. They are synchronous and called on the engine's thread, from
/// inside Sessions and SenderKeys. All of them write into the caller's open transaction, which the caller rolls back
/// after any error (C4): an implementation never commits by itself, waits for a front end or touches the network (C3).
/// Records are opaque and secret; an error is passed through to whoever called Sessions.

/// Ratchet states, one record per remote device.
class SessionStore {
public:
    virtual ~SessionStore() = default;
    virtual Result<std::optional<QByteArray>> load(const DeviceId &device) = 0;
    virtual Result<void> store(const DeviceId &device, const QByteArray &record) = 0;
    virtual Result<bool> contains(const DeviceId &device) = 0;
    /// Absent is success.
    virtual Result<void> remove(const DeviceId &device) = 0;
    /// The device numbers of `account` that have a record, in any order.
    virtual Result<std::vector<std::uint16_t>> devicesOf(const AccountId &account) = 0;
};

/// Our own identity, and the identity key last seen of every remote device.
class IdentityStore {
public:
    virtual ~IdentityStore() = default;
    virtual Result<IdentityKeyPair> ownKeyPair() = 0;
    virtual Result<std::uint32_t> registrationId() = 0;
    /// Replaces what was kept for `device`; 33 bytes.
    virtual Result<void> saveIdentity(const DeviceId &device, const QByteArray &publicKey) = 0;
    virtual Result<std::optional<QByteArray>> loadIdentity(const DeviceId &device) = 0;
};

/// Private halves of one-time keys.
class PreKeyStore {
public:
    virtual ~PreKeyStore() = default;
    virtual Result<std::optional<QByteArray>> load(std::uint32_t id) = 0;
    virtual Result<void> store(std::uint32_t id, const QByteArray &record) = 0;
    virtual Result<bool> contains(std::uint32_t id) = 0;
    /// Absent is success.
    virtual Result<void> remove(std::uint32_t id) = 0;
};

/// Private halves of signed prekeys.
class SignedPreKeyStore {
public:
    virtual ~SignedPreKeyStore() = default;
    virtual Result<std::optional<QByteArray>> load(std::uint32_t id) = 0;
    virtual Result<void> store(std::uint32_t id, const QByteArray &record) = 0;
    virtual Result<bool> contains(std::uint32_t id) = 0;
    /// Absent is success.
    virtual Result<void> remove(std::uint32_t id) = 0;
};

/// Sender keys, one record per group and sending device (our own included).
class SenderKeyStore {
public:
    virtual ~SenderKeyStore() = default;
    virtual Result<std::optional<QByteArray>> load(const GroupId &group, const DeviceId &sender) = 0;
    virtual Result<void> store(const GroupId &group, const DeviceId &sender, const QByteArray &record) = 0;
    /// Absent is success.
    virtual Result<void> remove(const GroupId &group, const DeviceId &sender) = 0;
};

/// The stores of one account. They outlive every Sessions built from them.
struct Stores {
    SessionStore &sessions;
    IdentityStore &identity;
    PreKeyStore &preKeys;
    SignedPreKeyStore &signedPreKeys;
    SenderKeyStore &senderKeys;
};

} // namespace kith::crypto
