// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/crypto/pre_keys.h"
#include "common/crypto/session_cipher.h"
#include "common/crypto/signing_key.h"
#include "common/wire/frames.h"
#include "common/wire/signed/device_list.h"
#include "tests/support/client/town.h"
#include "tests/support/crypto/memory_stores.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace kith::support {

/// Real keys of an account in the hands of a test: an attacker's self-consistent ones, or a person's own account key,
/// which certifies devices that the test plays.
class KeyHolder {
public:
    /// A fresh account key that claims to be `account`, with device 1.
    KeyHolder(Town &town, const AccountId &account);
    /// The person's own account key and device list.
    KeyHolder(Town &town, Citizen &person);

    /// A device of ours, certified and agreeing, in the next version of the list.
    void addDevice(std::uint16_t number);
    /// Stays listed as removed, in the next version.
    void removeDevice(std::uint16_t number);
    wire::SignedDeviceList signedList() const;
    /// The server takes the list over, and the prekeys of the devices that are ours.
    void publish(const AccountId &account) const;

    /// What a server says of this account, bundles of the devices that are ours.
    wire::AccountInfo info(const std::string &name) const;
    wire::AccountBundles bundles() const;

    /// Encrypts to device 1 of a person as our device 1 would; its bundle comes from the server.
    crypto::Ciphertext seal(Citizen &to, const QByteArray &content);
    /// The unpadded content of a ciphertext for our device; nothing when it does not open.
    std::optional<QByteArray> open(std::uint16_t number, const DeviceId &from, const QByteArray &identityKey,
                                   const wire::DeviceCiphertext &ciphertext);

    wire::DeviceList list;

private:
    struct Device {
        explicit Device(Random &random);
        crypto::MemoryStores stores;
        std::unique_ptr<crypto::Sessions> sessions;
        crypto::SignedPreKey signedPreKey;
        crypto::OneTimePreKey oneTime;
    };
    wire::DeviceBundle bundle(std::uint16_t number) const;

    Town &town_;
    SystemRandom random_;
    crypto::SigningKey accountKey_;
    std::map<std::uint16_t, std::unique_ptr<Device>> devices_;
};

/// Rewrites what the server answers to one person from now on; the switch of a lying server. Without `change`: honest.
void lie(Citizen &victim, std::function<void(wire::ServerBody &)> change);
/// Everything that a person sends from now on, as it leaves; the returned list grows.
std::shared_ptr<std::vector<wire::SendMessage>> recordSends(Citizen &person);

} // namespace kith::support
