// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/trusted_list.h"

#include "common/crypto/identity_key.h"

#include <algorithm>
#include <iterator>

namespace kith::client {

Result<wire::DeviceList> verifyTrustedList(const wire::SignedDeviceList &signedList, const AccountId &account,
                                           const Ed25519PublicKey &accountKey)
{
    KITH_TRY(auto list, wire::verifyDeviceList(signedList, account, accountKey));
    for (const auto &device : list.devices) {
        KITH_CHECK(crypto::checkPublicKey(device.identityKey));
        const auto bytes = wire::counterSignatureBytes(account, accountKey, device);
        if (!crypto::verifyWithIdentity(device.identityKey, wire::counterSignatureContext, viewOf(bytes),
                                        device.counterSignature))
            return Error { ErrorCode::untrusted, "a device that did not agree to belong to the account" };
    }
    return list;
}

DeviceChanges changesBetween(const wire::DeviceList &before, const wire::DeviceList &now)
{
    const auto old = before.active();
    const auto present = now.active();
    DeviceChanges changes;
    std::set_difference(present.begin(), present.end(), old.begin(), old.end(), std::back_inserter(changes.added));
    std::set_difference(old.begin(), old.end(), present.begin(), present.end(), std::back_inserter(changes.removed));
    return changes;
}

} // namespace kith::client
