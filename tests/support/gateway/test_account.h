// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/wire/frames.h"
#include "common/wire/signed/device_list.h"
#include "tests/support/gateway/signing_pair.h"

#include <map>
#include <string>

namespace kith::support {

/// An account as its own client would hold it: real Ed25519 keys, curve keys that only look like some.
class TestAccount {
public:
    /// With device 1.
    TestAccount(std::string name, Random &random, WallTime now);

    AccountId id() const { return id_; }
    const std::string &name() const { return name_; }
    DeviceId device(std::uint16_t number = 1) const { return { id_, number }; }
    const Ed25519PublicKey accountKey() const { return accountKey_.publicKey(); }
    std::uint64_t listVersion() const { return list_.version; }

    /// Changes the list and raises its version.
    void addDevice(std::uint16_t number);
    void removeDevice(std::uint16_t number, WallTime when);
    void setVersion(std::uint64_t version) { list_.version = version; }

    /// The list as it is now, signed by the account key, or by `signer`.
    wire::SignedDeviceList signedList() const { return signedBy(accountKey_); }
    wire::SignedDeviceList signedBy(const SigningPair &signer) const;

    /// The first registration, signed for this challenge.
    wire::Register registration(const Sha256 &serverId, const wire::Challenge &challenge,
                                const std::string &invite = {}, int preKeys = 100) const;
    wire::Authenticate login(const Sha256 &serverId, const wire::Challenge &challenge, std::uint16_t number = 1,
                             const QByteArray &certificateHash = {}) const;

    /// One-time prekeys with these ids; the same id gives the same bytes.
    std::vector<wire::PreKey> preKeys(std::uint32_t first, int count) const;
    wire::PreKey signedPreKey(std::uint32_t id) const;

private:
    QByteArray curveKey(const QByteArray &label) const;

    Random &random_;
    std::string name_;
    AccountId id_;
    SigningPair accountKey_;
    std::map<std::uint16_t, SigningPair> deviceKeys_;
    wire::DeviceList list_;
};

} // namespace kith::support
