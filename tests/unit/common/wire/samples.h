// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/content/content.h"
#include "common/wire/frames.h"
#include "common/wire/signed/device_list.h"
#include "common/wire/stored.h"

#include <string>
#include <utility>
#include <vector>

/// One fixed value of every message, the same in each run: for round trips, golden bytes and mutations.
namespace kith::wire::samples {

template <class T>
using Named = std::vector<std::pair<std::string, T>>;

Named<ClientFrame> clientFrames();
Named<ServerFrame> serverFrames();
Named<Content> contents();
ProfileContent profile();

/// An Ed25519 key whose seed is 32 times `fill` (RFC 8032 signatures are the same in each run).
struct FixedKey {
    explicit FixedKey(std::uint8_t fill);
    std::array<std::uint8_t, 32> seed {};
    Ed25519PublicKey publicKey;
    Ed25519Signature sign(const char *context, const QByteArray &message) const;
};
AccountId account(std::uint8_t fill);
Mid mid(std::uint8_t fill);
Sha256 hash(std::uint8_t fill);
PreKey oneTimeKey(std::uint32_t id);
PreKey signedKey(std::uint32_t id);

/// Two devices, one of them removed; certified by FixedKey(0x11). Account account(0xA1).
DeviceList deviceList();
DeviceEntry deviceEntry(std::uint16_t number);
/// Certificates made anew under `accountKey`, then signed.
SignedDeviceList signList(DeviceList list, const FixedKey &accountKey);

/// Every stored row, encoded, by its name in the golden folder.
Named<QByteArray> storedRows();
/// Decodes the row of that name and encodes it again; an error when it is refused.
Result<QByteArray> recodeStored(const std::string &name, const QByteArray &bytes);

} // namespace kith::wire::samples
