// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/result.h"
#include "common/wire/frames.h"

#include <cstdint>
#include <optional>
#include <vector>

/// What the account key signs, and the pure checks that client and server share (security 3.0, C21).
namespace kith::wire {

constexpr const char *deviceListContext = "kith.devices.v1";
constexpr const char *certificateContext = "kith.device.v1";
constexpr const char *counterSignatureContext = "kith.belongs.v1";
constexpr milliseconds deviceListLifetime { 60LL * 24 * 3600 * 1000 }; ///< a warning after it, not a stop
constexpr milliseconds deviceListRenewal { 7LL * 24 * 3600 * 1000 }; ///< the primary re-signs when older

/// One device as the account key certified it.
struct DeviceEntry {
    std::uint16_t number = 0;
    QByteArray identityKey; ///< KEY3: 33 B, first byte 0x05
    Ed25519PublicKey signingKey; ///< KEY2
    WallTime added {};
    std::optional<WallTime> removed; ///< set: keeps its place for 60 days, gets no message
    Ed25519Signature certificate; ///< by KEY1 over certificateBytes()
    QByteArray counterSignature; ///< 64 B, XEdDSA by KEY3 over counterSignatureBytes()
    std::uint32_t capabilities = 0;
    bool operator==(const DeviceEntry &) const = default;
};

struct DeviceList {
    AccountId account;
    std::uint64_t version = 0;
    WallTime issued {};
    WallTime expires {};
    std::vector<DeviceEntry> devices; ///< ascending number; at most LIM7 not removed, 64 in all

    /// The device that `number` names, removed or not; null when the list does not know it.
    const DeviceEntry *find(std::uint16_t number) const;
    /// Numbers of the devices that get messages.
    std::vector<std::uint16_t> active() const;
    bool operator==(const DeviceList &) const = default;
};

/// Exact bytes of a certificate and of a counter-signature: fixed-width fields, PROTOCOL.md section Signatures.
QByteArray certificateBytes(const AccountId &account, const DeviceEntry &device);
QByteArray counterSignatureBytes(const AccountId &account, const Ed25519PublicKey &accountKey,
                                 const DeviceEntry &device);

/// The bytes to sign in deviceListContext. Encoded once, then carried as bytes.
QByteArray encodeDeviceList(const DeviceList &list);

/// Verifies the list's signature and every certificate under `accountKey`, the account, and all limits and orders. The
/// XEdDSA counter-signatures need the Signal library and are checked by clients (common/client).
/// Errors: invalid (malformed), untrusted (a signature), tooLarge.
Result<DeviceList> verifyDeviceList(const SignedDeviceList &signedList, const AccountId &account,
                                    const Ed25519PublicKey &accountKey);

} // namespace kith::wire
