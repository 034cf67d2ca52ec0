// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/signed/device_list.h"

namespace kith::client {

/// wire::verifyDeviceList, and that every listed device agreed to belong to the account (security KEY3, C21).
/// Errors: invalid, untrusted, tooLarge.
Result<wire::DeviceList> verifyTrustedList(const wire::SignedDeviceList &signedList, const AccountId &account,
                                           const Ed25519PublicKey &accountKey);

/// Device numbers that `now` has and `before` had not, and the other way round; removed ones do not count as had.
struct DeviceChanges {
    std::vector<std::uint16_t> added, removed;
    bool isEmpty() const { return added.empty() && removed.empty(); }
};
DeviceChanges changesBetween(const wire::DeviceList &before, const wire::DeviceList &now);

} // namespace kith::client
